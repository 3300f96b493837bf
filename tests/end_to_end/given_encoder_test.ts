/** A pretrained encoder travels as a file: what one run exported, another begins with. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readCsv } from "../../src/formats/csv.ts";
import { sha256 } from "../../src/manifest/canonical.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { call, writeManifest } from "../cli/program.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";

const LINES = {
  "split:": "split: {kind: predefined, test: [p007, p008]}",
  "arms:": "arms: {frozen: {}, finetuned: {}}",
  "transfer:": "transfer: {head: [16], fit: {minSteps: 30, maxEpochs: 4, patience: 2}}",
  "hypotheses:": "",
};
/** What its pretext says stands on four lines. */
const GIVEN = { "pretext:": "", "  kind:": "", "  transformations:": "", "  fit:": "" };
const given = (file: string, more = "") => ({
  ...LINES,
  ...GIVEN,
  "pretext:": `pretext: {kind: given, encoder: ${file}${more}}`,
});

Deno.test("an encoder that one run pretrained, and another begins with", async (test) => {
  await using folder = await temporaryFolder();
  const results = join(folder.path, "results"), data = join(folder.path, "data");
  const options = { cwd: folder.path, env: { EINTHOVEN_DATA: data, NO_COLOR: "1" } };
  const write = async (name: string, lines: Readonly<Record<string, string>>) => {
    await Deno.rename(await writeManifest(folder.path, lines), join(folder.path, `${name}.yaml`));
  };
  const run = (name: string, ...args: string[]) =>
    call([`${name}.yaml`, "--results", results, ...args], options);
  const read = (...path: string[]) => Deno.readTextFile(join(results, ...path));
  await Deno.mkdir(data);
  await write("here", LINES);
  const pretrained = await run("here");
  assert.deepEqual([pretrained.code, pretrained.problems], [0, ""]);

  await test.step("is exported with all that is known of its pretraining, and the line for a manifest", async () => {
    const args = ["export", "here", "--encoder", "--arm", "frozen", "--results", results];
    const { code, out, problems } = await call([...args, "--output", "data/encoder.onnx"], options);
    assert.deepEqual([code, problems], [0, ""]);
    assert.match(out, /^encoder of frozen {2}of here: [\d.]+ kB, pretrained on 5 subjects of synthetic\n/);
    assert.match(out, /\nin a manifest {2}pretext: \{ kind: given, encoder: "encoder\.onnx" \}\n$/);
    const { metadata, outputs } = readOnnx(await Deno.readFile(join(data, "encoder.onnx")));
    assert.deepEqual(outputs, { features: ["batch", 8] });
    const { folds } = JSON.parse(await read("here", "split.json"));
    const train = [...new Set(folds[0].train.map((id: string) => id.split("/")[1]))].sort();
    assert.deepEqual(JSON.parse(metadata.pretrainingSubjects), train);
    assert.deepEqual([metadata.pretrainingDataset, metadata.pretrainingExposure], [
      "synthetic",
      "training-fold",
    ]);
    assert.equal(JSON.parse(metadata.signal).resample, 64);
    const elsewhere = await call([...args, "--output", "encoder.onnx", "--json"], options);
    assert.deepEqual(JSON.parse(elsewhere.out).pretext, {
      kind: "given",
      encoder: join(folder.path, "encoder.onnx"),
    });
  });

  await test.step("is planned without pretraining", async () => {
    await write("there", given("encoder.onnx"));
    const { code, out } = await run("there", "--plan", "--json");
    const stages: { stage: string; total: number; inStore: number }[] = JSON.parse(out).stages;
    assert.equal(code, 0);
    assert.ok(!stages.some(({ stage }) => stage === "pretrain"));
    const [file] = stages.filter(({ stage }) => stage === "given-encoder");
    assert.deepEqual([file.total, file.inStore], [1, 0]);
  });

  await test.step("gives the bits that it gave where it was pretrained", async () => {
    const { code, problems } = await run("there");
    assert.deepEqual([code, problems], [0, ""]);
    for (const name of ["cells.csv", "subjects.csv", "predictions.csv"]) {
      assert.equal(await read("there", name), await read("here", name), name);
    }
    const rows = readCsv(await read("there", "predictions.csv"));
    assert.ok(
      new Set(rows.map((row) => row["probability:stress"])).size > rows.length / 4,
      "no constant scores",
    );
  });

  await test.step("is recorded in the run's folder, in its models, and in the report", async () => {
    const hash = sha256(await Deno.readFile(join(data, "encoder.onnx")));
    const [{ encoder, origin }] = JSON.parse(await read("there", "encoders.json"));
    assert.deepEqual([encoder, origin.sha256, origin.arm, origin.left], ["encoder.onnx", hash, null, []]);
    assert.match(origin.cell, /^frozen budget=all /);
    const { metadata } = readOnnx(await Deno.readFile(join(results, "there", "models", "finetuned.onnx")));
    const known = readOnnx(await Deno.readFile(join(results, "here", "models", "finetuned.onnx"))).metadata;
    assert.equal(metadata.pretrainingSubjects, known.pretrainingSubjects);
    assert.equal(JSON.parse(metadata.givenEncoder).sha256, hash);
    assert.equal(known.givenEncoder, undefined);
    const { checks } = JSON.parse(await read("there", "split.json"));
    assert.deepEqual(checks.at(-1).name, "encoder-apart");
    const page = await read("there", "report.html"), file = `encoder.onnx (SHA-256 ${hash.slice(0, 12)})`;
    for (
      const text of [
        `Nothing was pretrained for arms that begin with ${file}: they take an encoder alone. It has seen 5 subjects of synthetic without labels.`,
        "Nothing was pretrained here: there are no pretext scores.",
        "encoder out of encoder.onnx, head trained on its features",
        `${file}: 5 subjects of synthetic without labels`,
        hash,
      ]
    ) assert.ok(page.includes(text), text);
    assert.doesNotMatch(page, /pretext_scores|pretext_losses/);
    assert.match(await read("here", "report.html"), /pretext_scores/);
    assert.match(
      await read("there", "manifest.yaml"),
      /\npretext:\n {2}kind: given\n {2}encoder: encoder\.onnx\n/,
    );
  });

  await test.step("computes nothing anew when it is called again, or the file is renamed", async () => {
    const computed = async () => {
      const text = await read("there", "timings.csv");
      return readCsv(text).map(({ stage, id, seconds }) => `${stage} ${id} ${seconds}`);
    };
    const before = await computed();
    await Deno.rename(join(data, "encoder.onnx"), join(data, "renamed.onnx"));
    await write("there", given("renamed.onnx"));
    assert.equal((await run("there")).code, 0);
    assert.deepEqual(await computed(), before);
  });

  await test.step("is verified with its file, and with no other", async () => {
    const verify = () => call(["verify", "there", "--cells", "1", "--results", results], options);
    const same = await verify();
    assert.equal(same.code, 0, same.out + same.problems);
    assert.match(same.out, /\ngiven-encoder +1 +2 +2\n/);
    const file = join(data, "renamed.onnx"), bytes = await Deno.readFile(file);
    await Deno.copyFile(join(results, "here", "models", "finetuned.onnx"), file);
    const other = await verify();
    assert.deepEqual([other.code, other.out], [2, ""]);
    assert.equal(
      other.problems,
      "Cannot verify there: the file of the given encoder is no longer that of the run (its SHA-256)\n",
    );
    await Deno.writeFile(file, bytes);
  });

  await test.step("is shown by inspect without transformations, and is exported on", async () => {
    assert.equal((await call(["inspect", "there.yaml", "--results", results], options)).code, 0);
    const args = ["export", "there", "--encoder", "--output", "data/again.onnx", "--results", results];
    const { code, out } = await call([...args, "--json"], options);
    assert.deepEqual([code, JSON.parse(out).dataset], [0, "synthetic"]);
    const before = readOnnx(await Deno.readFile(join(data, "renamed.onnx")));
    const after = readOnnx(await Deno.readFile(join(data, "again.onnx")));
    assert.deepEqual(after.weights, before.weights);
    assert.deepEqual(
      JSON.parse(after.metadata.givenEncoder).saw[0].subjects,
      JSON.parse(before.metadata.pretrainingSubjects),
    );
  });

  await test.step("is refused where a person whom it has seen is tested", async () => {
    await write("leaks", { ...given("renamed.onnx"), "split:": "split: {kind: group-k-fold, folds: 2}" });
    const { code, problems } = await run("leaks");
    assert.equal(code, 3);
    assert.match(
      problems,
      /\n {2}encoder-apart: 5 of 5 subjects whom the given encoder has seen are tested: p0/,
    );
  });

  await test.step("is refused as another network, or as a file that is not there, before anything is computed", async () => {
    const none = join(folder.path, "none"), file = join(data, "renamed.onnx");
    const refused = async (lines: Readonly<Record<string, string>>, message: RegExp) => {
      await write("other", lines);
      const { code, problems } = await call(["other.yaml", "--results", none], options);
      assert.equal(code, 2);
      assert.match(problems, message);
      assert.equal(problems.split("\n").length, 2, problems);
      const stages = await Array.fromAsync(Deno.readDir(none)).then((entries) =>
        entries.some(({ name }) => name === "store") ? Array.fromAsync(Deno.readDir(join(none, "store"))) : []
      );
      assert.deepEqual(stages.filter(({ name }) => !name.startsWith(".")), []);
    };
    const blocks = "[{filters: 4, kernel: 8, layers: 1}, {filters: 16, kernel: 4, layers: 1}]";
    await refused(
      { ...given("renamed.onnx"), "encoder:": `encoder: {kind: cnn, blocks: ${blocks}}` },
      /renamed\.onnx: Cannot use the encoder: its weight block2_conv1\/kernel must be there with the shape \[4, 4, 16\] .*, got \[4, 4, 8\]; 2 of 4/,
    );
    await refused(
      given("gone.onnx"),
      /gone\.onnx: Cannot use the encoder: the file must exist, got none; relative paths start from the data folder, /,
    );
    assert.ok((await Deno.stat(file)).isFile);
  });

  await test.step("out of a model that learned labels is said to have done so", async () => {
    const model = join(results, "here", "models", "finetuned.onnx");
    await write("labels", given(JSON.stringify(model)));
    assert.equal((await run("labels")).code, 0);
    const page = await read("labels", "report.html");
    for (
      const text of [
        "they take the encoder of a model of finetuned",
        "5 subjects of synthetic without labels and 5 subjects of synthetic with their labels",
        "It learned labels that no budget counts: what it saves is not self-supervision",
      ]
    ) assert.ok(page.includes(text), text);
    assert.doesNotMatch(page, /Self-supervision (did not win|wins)/);
  });
});

Deno.test("export refuses an encoder of arms that begin otherwise, and one in less room", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, { "arms:": "arms: {majority: {}}", "sweep:": "", "hypotheses:": "" });
  const results = join(folder.path, "results"), options = { cwd: folder.path };
  assert.equal((await call(["tiny.yaml", "--results", results], options)).code, 0);
  const refused = async (args: readonly string[], message: RegExp) => {
    const { code, problems } = await call(
      ["export", "tiny", "--encoder", ...args, "--results", results],
      options,
    );
    assert.equal(code, 2);
    assert.match(problems, message);
  };
  await refused(
    [],
    /^Cannot export an encoder of tiny: an arm must have begun with a pretrained one, got majority\n$/,
  );
  await refused(["--weights", "int8"], /option '--encoder' cannot be used with option '--weights <format>'/);
});
