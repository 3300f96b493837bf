/** Same manifest, same bits: with another number of workers, after interrupts and kills at any moment, and on a second call. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { openModel } from "../../src/onnx/inference/open_model.ts";
import { predictRows } from "../../src/onnx/inference/predict.ts";
import { openWindows } from "../../src/pipeline/stages/folders.ts";
import { Store } from "../../src/pipeline/store.ts";
import { stream } from "../../src/random/stream.ts";
import { begin, call, type Ended, hasEscapes, writeManifest } from "../cli/program.ts";
import { CAN_LIST, processesWith } from "../pipeline/launchers/processes.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { computedAt, hashes, promised, stagesWithout } from "./results.ts";
import { pause, until } from "./waiting.ts";

const SEED = 1;
/** What help takes, so often, is about two seconds on an ordinary machine. */
const MOST_HELPS = 8;

Deno.test("an experiment gives the same bytes however it comes to its end", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path);
  const options = { cwd: folder.path };
  const [one, two, broken] = ["one", "two", "broken"].map((name) => join(folder.path, name));
  const args = (results: string, ...more: string[]) => ["tiny.yaml", "--results", results, ...more];
  const stagesIn = (results: string) => {
    try {
      return Object.keys(computedAt(join(results, "store"))).length;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return 0;
      throw error;
    }
  };

  await test.step("with one worker, telling it in plain lines", async () => {
    const { code, out, problems } = await call(args(one, "--workers", "1"), options);
    assert.deepEqual([code, problems], [0, ""]);
    assert.match(out, /^tiny {2}Does a tiny experiment run from end to end\?\n.*; 1 worker\n/);
    assert.match(out, /\nreport {2}.*one\/tiny\/report\.html\n$/);
    assert.ok(!hasEscapes(out));
  });
  const expected = promised(join(one, "tiny"));

  await test.step("which has every file that a run is to have", () => {
    const files = Object.keys(hashes(join(one, "tiny"))).filter((path) => !/^(figures|tables)\//.test(path));
    assert.deepEqual(files, [
      ".lock",
      "cells.csv",
      "environment.json",
      "manifest.yaml",
      "models/frozen.json",
      "models/frozen.onnx",
      "models/supervised.json",
      "models/supervised.onnx",
      "predictions.csv",
      "report.html",
      "split.json",
      "subjects.csv",
      "summary.json",
      "timings.csv",
    ]);
    const cells = readCsv(Deno.readTextFileSync(join(one, "tiny", "cells.csv")));
    assert.deepEqual(cells.map(({ arm, budget, fold, status }) => [arm, budget, fold, status]), [
      ["supervised", "0.5", "1", "done"],
      ["supervised", "0.5", "2", "done"],
      ["frozen", "0.5", "1", "done"],
      ["frozen", "0.5", "2", "done"],
      ["supervised", "all", "1", "done"],
      ["supervised", "all", "2", "done"],
      ["frozen", "all", "1", "done"],
      ["frozen", "all", "2", "done"],
    ]);
  });

  await test.step("with two workers and one line of JSON, beside a process that computes the same stages", async () => {
    const beside = begin(args(two, "--workers", "1", "--set", "question=What else?"), options);
    const { code, out, problems } = await call(args(two, "--workers", "2", "--json"), options);
    assert.deepEqual([code, problems], [0, ""]);
    const ended = await beside.end;
    assert.deepEqual([ended.code, ended.problems], [0, ""]);
    const [, name] = /^(tiny--[0-9a-f]{8}) {2}What else\?/.exec(ended.out) ?? [];
    const others = promised(join(two, name));
    for (const file of ["cells.csv", "predictions.csv"]) assert.equal(others[file], expected[file], file);
    assert.equal(out.split("\n").length, 2, "one line and its end");
    const run = join(two, "tiny");
    assert.deepEqual(JSON.parse(out), {
      run: "tiny",
      folder: run,
      cells: 8,
      failed: 0,
      uncertified: [],
      report: join(run, "report.html"),
      summary: join(run, "summary.json"),
    });
    assert.deepEqual(promised(run), expected);
  });

  await test.step("on a second call, which computes nothing", async () => {
    const before = computedAt(join(two, "store"));
    assert.equal((await call(args(two), options)).code, 0);
    assert.deepEqual(computedAt(join(two, "store")), before);
    assert.deepEqual(promised(join(two, "tiny")), expected);
  });

  await test.step("whose model files give the predictions of predictions.csv, to the last bit", async () => {
    const rows = readCsv(Deno.readTextFileSync(join(two, "tiny", "predictions.csv")));
    const [id] = [...Deno.readDirSync(join(two, "store", "windows"))].map(({ name }) => name);
    const windows = openWindows(join(two, "store", "windows", id));
    for (const arm of ["supervised", "frozen"]) {
      const { cell } = JSON.parse(Deno.readTextFileSync(join(two, "tiny", "models", `${arm}.json`)));
      const own = rows.filter((row) => row.cell === cell);
      assert.ok(cell.startsWith(`${arm} budget=all`) && own.length > 0, cell);
      const model = await openModel(Deno.readFileSync(join(two, "tiny", "models", `${arm}.onnx`)));
      const predicted: number[] = [];
      for await (
        const { values } of predictRows(model, windows.rows(null), {
          positions: own.map(({ window }) => windows.position(window)),
          rowShape: [windows.facts.samples, 1],
          input: "windows",
          output: "probabilities",
        })
      ) predicted.push(...values);
      await model.dispose();
      const written = own.flatMap((
        row,
      ) => [Number(row["probability:calm"]), Number(row["probability:stress"])]);
      assert.deepEqual(predicted, written);
    }
  });

  await test.step("of which status and plan say that it is done", async () => {
    const status = await call(["status", "tiny", "--results", two], options);
    assert.deepEqual([status.code, status.out], [0, "tiny  done  8/8 cells done, 0 missing, 0 failed\n"]);
    const { out } = await call(args(two, "--plan", "--json"), options);
    const { cells, openFolds, stages } = JSON.parse(out);
    assert.deepEqual([cells, openFolds], [8, false]);
    for (const { stage, total, inStore } of stages) assert.equal(inStore, total, stage);
  });

  await test.step("of which plan says before that nothing is done, and does nothing", async () => {
    const { code, out } = await call(args(broken, "--plan"), options);
    assert.equal(code, 0);
    assert.match(out, /^tiny: 8 cells\n.*windows +1 to compute, 0 in the store\n/s);
    await assert.rejects(Deno.stat(broken), Deno.errors.NotFound);
  });

  /** Keeps the first stage of a kind from every run, so that none comes to its end, however fast it is. */
  async function keep(kind: string) {
    const [{ name: id }] = [...Deno.readDirSync(join(one, "store", kind))];
    const lease = await new Store(join(broken, "store")).lease(kind, id) ?? assert.fail(`${kind} is taken`);
    return { lease, open: stagesWithout(`${kind}/${id}`, join(one, "store")).length };
  }
  /** Waits until a run has computed so many stages more, or all that are open to it. */
  async function computed(more: number, { open, run }: { open: number; run: Promise<Ended> }): Promise<void> {
    const aim = Math.min(stagesIn(broken) + more, open);
    await until(() => stagesIn(broken) >= aim, { what: `${aim} stages`, of: run });
  }

  for (const [times, what] of [[1, "Ctrl-C"], [2, "Ctrl-C that comes twice, as under npx"]] as const) {
    await test.step(`after ${what}: it ends within two seconds, says how to go on and leaves no process`, async () => {
      const { open, lease } = await keep("pretrain");
      const run = begin(args(broken, "--workers", "2"), options);
      await computed(2, { open, run: run.end });
      const status = await call(["status", "--results", broken], options);
      assert.match(status.out, /^tiny {2}running {2}\d\/8 cells done, \d missing, 0 failed\n$/);
      for (let time = 0; time < times; time++) {
        if (time > 0) await pause(5);
        run.signalGroup("SIGINT");
      }
      const start = performance.now();
      const milliseconds = () => performance.now() - start;
      const help = call(["--help"], options).then(milliseconds);
      const { code, out, problems } = await run.end;
      const took = milliseconds();
      if (CAN_LIST) assert.deepEqual(processesWith(broken), []);
      // A machine on which help takes long is slow, or has much else to do.
      const most = Math.max(2000, MOST_HELPS * await help);
      assert.ok(took < most, `${took} ms, of at most ${most}`);
      assert.equal(code, 130);
      assert.equal(
        problems.trim(),
        "Interrupted. What is finished is kept: the same command goes on from here.",
      );
      assert.doesNotMatch(out, /failed/);
      const after = await call(["status", "--results", broken], options);
      assert.match(after.out, /^tiny {2}stopped {2}\d\/8 cells done, \d missing, 0 failed\n$/);
      await lease.abandon();
    });
  }

  await test.step(`after two kills at random moments (seed ${SEED})`, async () => {
    const draw = stream(SEED, "kills");
    const { open, lease } = await keep("score");
    for (const more of [1, 3]) {
      const before = computedAt(join(broken, "store")), run = begin(args(broken, "--workers", "2"), options);
      await computed(more, { open, run: run.end });
      await pause(draw.integer(500));
      run.kill();
      await run.end;
      const kept = computedAt(join(broken, "store"));
      for (const [stage, at] of Object.entries(before)) {
        assert.equal(kept[stage], at, "what was finished stays");
      }
      // They end by themselves.
      while (CAN_LIST && processesWith(broken).length > 0) await pause(20);
    }
    await lease.abandon();
  });

  await test.step("when it then goes on to its end", async () => {
    const before = computedAt(join(broken, "store"));
    const { code, problems } = await call(args(broken), options);
    assert.deepEqual([code, problems], [0, ""]);
    assert.deepEqual(promised(join(broken, "tiny")), expected);
    const after = computedAt(join(broken, "store"));
    for (const [stage, at] of Object.entries(before)) {
      assert.equal(after[stage], at, "nothing is computed again");
    }
    assert.deepEqual(Object.keys(after).sort(), Object.keys(computedAt(join(one, "store"))).sort());
    assert.deepEqual([...Deno.readDirSync(join(broken, "store", ".writing"))], []);
  });
});
