/** What was computed can be computed again: every byte of a run is the same, and what is not is found. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Difference } from "../../src/pipeline/verify/difference.ts";
import { begin, call, hasEscapes, writeManifest } from "../cli/program.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { hashes } from "./results.ts";
import { until } from "./waiting.ts";

const CELL = "frozen budget=all draw=1 fold=1 seed=1";

Deno.test("verify computes cells of a run again", async (test) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path);
  const options = { cwd: folder.path }, results = join(folder.path, "results"), run = join(results, "tiny");
  assert.equal((await call(["tiny.yaml", "--results", "results"], options)).code, 0);
  const before = hashes(results);
  const verify = (...args: string[]) => call(["verify", "tiny", "--results", "results", ...args], options);
  /** Changes a file, calls, and mends it. */
  const withChanged = async <T>(
    path: string,
    change: (bytes: Uint8Array) => Uint8Array,
    then: () => Promise<T>,
  ) => {
    const bytes = Deno.readFileSync(path), changed = change(bytes.slice());
    assert.notDeepEqual(changed, bytes);
    Deno.writeFileSync(path, changed);
    const result = await then();
    Deno.writeFileSync(path, bytes);
    return result;
  };

  await test.step("three at random, of both arms: the time it takes, the tables, and that every byte is the same", async () => {
    const { code, out, problems } = await verify("--workers", "2");
    assert.deepEqual([code, problems], [0, ""]);
    assert.ok(!hasEscapes(out));
    const [head, ...lines] = out.split("\n"), chosen = lines.slice(0, 3).map((line) => line.trim());
    assert.equal(head, "tiny  3 of 8 cells");
    assert.deepEqual([...new Set(chosen.map((cell) => cell.split(" ")[0]))].sort(), ["frozen", "supervised"]);
    assert.match(out, /\n\d+ stages, about \d+:\d\d with 2 workers, from how long they took in the run\n/);
    assert.match(out, /\nstage +computed again +files +same\nwindows +1 +(\d+) +\1\n/);
    assert.match(out, /\npredictions\.csv +3 +3\n/);
    assert.match(out, /\n3 cells, \d+ stages, \d+ files: every byte is the same\n$/);
    assert.deepEqual(hashes(results), before, "nothing is left behind, and nothing is touched");
  });

  await test.step("one by its name, by the run's path, with the model that was made of it, and keeps what it is told to", async () => {
    const { cell } = JSON.parse(Deno.readTextFileSync(join(run, "models", "frozen.json")));
    const { code, out, problems } = await call(["verify", run, "--cell", cell, "--json", "--keep"], options);
    assert.deepEqual([code, problems, out.split("\n").length], [0, "", 2]);
    const { changes: _changes, kept, ...found } = JSON.parse(out), own = hashes(kept);
    const names = Object.keys(own).filter((name) => !name.endsWith("stage.json") && !name.startsWith("."));
    for (const name of names) assert.equal(own[name], before[join("store", name)], name);
    assert.deepEqual(found, {
      run: "tiny",
      cells: [cell],
      // Windows, labels, split, both kinds of labels, pretraining, features, fit, score and certificate.
      stages: 10,
      // Three tables, the model and its certificate are the run's.
      files: names.length + 5,
      same: true,
      differences: [],
    });
    Deno.removeSync(kept, { recursive: true });
  });

  await test.step("and finds one bit of the store that was flipped, with the hashes and what it keeps to compare", async () => {
    const windows = join(results, "store", "windows"), [{ name: id }] = [...Deno.readDirSync(windows)];
    const { code, out, problems } = await withChanged(
      join(windows, id, "windows.f32"),
      (bytes) => bytes.with(100, bytes[100] ^ 1),
      () => verify("--cell", CELL),
    );
    assert.deepEqual([code, problems], [1, ""]);
    const was = before[join("store", "windows", id, "windows.f32")];
    const [, is, again] = new RegExp(
      `\nchanged since it was computed: store/windows/${id}/windows\\.f32 \\(windows\\)\n` +
        `  stage\\.json +${was}\n  on disk +([0-9a-f]{64})\n  computed again +([0-9a-f]{64})\n`,
    ).exec(out) ?? assert.fail(out);
    assert.ok(is !== was && again === was);
    assert.match(out, /\n1 cell, 10 stages, \d+ files: 1 difference\n/);
    const [, kept] = /\nwhat was computed again is kept in (.*)\n$/.exec(out) ?? assert.fail(out);
    assert.equal(hashes(kept)[join("windows", id, "windows.f32")], was);
    Deno.removeSync(kept, { recursive: true });
  });

  await test.step("and finds a number of cells.csv that was changed", async () => {
    const change = (text: string) => text.replace(new RegExp(`^(${CELL},.*),[^,]*\n`, "m"), "$1,0.123\n");
    const { code, out, problems } = await withChanged(
      join(run, "cells.csv"),
      (bytes) => new TextEncoder().encode(change(new TextDecoder().decode(bytes))),
      () => verify("--cell", CELL, "--json"),
    );
    const { same, differences, kept } = JSON.parse(out);
    assert.deepEqual([code, problems, same, differences.length], [1, "", false, 1]);
    const [{ kind, file, of, detail }]: Difference[] = differences;
    assert.deepEqual([kind, file, of], ["changed", "tiny/cells.csv", CELL]);
    assert.match(detail, /^line \d: [\w-]+ is "0\.123", computed again "0?\.?\d+"$/);
    Deno.removeSync(kept, { recursive: true });
  });

  await test.step("and refuses an unknown cell with the nearest, and cells that the store no longer holds", async () => {
    const unknown = await verify("--cell", CELL.replace("frozen", "frosen"));
    assert.deepEqual([unknown.code, unknown.out], [2, ""]);
    assert.match(unknown.problems, new RegExp(`; did you mean "${CELL}"\\?\n$`));
    const score = join(results, "store", "score"), aside = join(folder.path, "aside");
    Deno.renameSync(score, aside);
    const missing = await verify("--all");
    assert.equal(missing.code, 2);
    assert.match(
      missing.problems,
      /^Cannot verify tiny: the store must hold every stage of the chosen cells, got none for score /,
    );
    Deno.renameSync(aside, score);
  });

  await test.step("and leaves nothing behind when it is interrupted", async () => {
    const running = begin(["verify", "tiny", "--results", "results", "--all"], options);
    const folders = () =>
      [...Deno.readDirSync(results)].filter(({ name }) => name.startsWith(".verify-tiny-"));
    await until(() => folders().length > 0, { what: "a store of its own", of: running.end });
    running.signalGroup("SIGINT");
    const { code, problems } = await running.end;
    assert.deepEqual([code, problems.trim()], [130, "Interrupted. Nothing has been compared."]);
    assert.deepEqual(hashes(results), before);
  });
});
