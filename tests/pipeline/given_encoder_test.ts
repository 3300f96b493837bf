/** An encoder out of a file in place of pretraining: in manifests, plans and stages. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ManifestError } from "../../src/manifest/problem.ts";
import {
  LeakError,
  planCells,
  PreparationError,
  prepare,
  preparedFromStore,
} from "../../src/pipeline/run.ts";
import { readJson } from "../../src/pipeline/stages/folders.ts";
import type { Exposure } from "../../src/pipeline/stages/folders.ts";
import { launcherHere, options, optionsIn } from "./fake_launcher.ts";
import { temporaryFolder } from "./temporary.ts";
import { openTiny, TINY } from "./tiny.ts";

/** The tiny experiment's network; it says that it saw a and b of the dataset "elsewhere". */
const ENCODER = Deno.readFileSync(new URL("../golden/pipeline/encoder.onnx", import.meta.url));
const GIVEN = "pretext={kind: given, encoder: encoder.onnx}";

async function stagesOf(set: readonly string[], dataFolder: string, text = TINY) {
  const prepared = await preparedFromStore(openTiny({ set, text }).points, {
    store: options(dataFolder).store,
    context: { dataFolder },
  });
  return planCells(prepared).plan.stages;
}

Deno.test("a given encoder is one stage for all folds and seeds, and nothing is pretrained", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "encoder.onnx"), ENCODER);
  const arms = ["arms={frozen: {}, finetuned: {}}", "hypotheses=[]"];
  const stages = await stagesOf([GIVEN, "seeds=[1, 2]", ...arms], folder.path);
  const count = (name: string) => stages.filter(({ stage }) => stage === name).length;
  assert.deepEqual([count("given-encoder"), count("pretrain"), count("initialize")], [1, 0, 0]);
  assert.equal(count("features"), 1, "the same features for both folds and seeds");
  const ofFit = stages.filter(({ stage }) => stage === "fit").map(({ inputs }) => inputs.encoder?.stage);
  assert.deepEqual([...new Set(ofFit)], ["given-encoder"]);
});

Deno.test("the content of the file is the identity, and not its name", async () => {
  await using folder = await temporaryFolder();
  const ids = async (name: string, bytes: Uint8Array) => {
    await Deno.writeFile(join(folder.path, name), bytes);
    const stages = await stagesOf([`pretext={kind: given, encoder: ${JSON.stringify(name)}}`], folder.path);
    return stages.map(({ stage, id }) => `${stage} ${id}`).filter((name) =>
      /^(given|features|fit)/.test(name)
    );
  };
  const here = await ids("encoder.onnx", ENCODER), moved = await ids("moved, and renamed.onnx", ENCODER);
  assert.deepEqual(here, moved);
  const other = await ids("encoder.onnx", Uint8Array.of(...ENCODER, 0));
  assert.ok(other.filter((id) => id.startsWith("given")).every((id) => !here.includes(id)));
});

Deno.test("stages that begin with no pretrained encoder are those of a run that pretrains", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "encoder.onnx"), ENCODER);
  const arms = "arms={supervised: {}, supervised-augmented: {}, frozen: {}}";
  const given = "pretext={kind: given, encoder: encoder.onnx, transformations: {noise: {}, negate: {}}}";
  const fits = (stages: Awaited<ReturnType<typeof stagesOf>>) =>
    new Set(
      stages.filter(({ stage, label }) => stage === "fit" && label.startsWith("supervised")).map(({ id }) =>
        id
      ),
    );
  const own = fits(await stagesOf([arms], folder.path));
  assert.ok(own.size > 0);
  assert.deepEqual(fits(await stagesOf([arms, given], folder.path)), own);
});

Deno.test("encoders out of files and pretraining here can be swept", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "encoder.onnx"), ENCODER);
  const kinds =
    "[{kind: given, encoder: encoder.onnx}, {kind: transformation-recognition, fit: {epochs: 1}}]";
  const text = TINY.replace("sweep: {", `sweep: {pretext: ${kinds}, `);
  const stages = await stagesOf([], folder.path, text);
  const count = (name: string) => stages.filter(({ stage }) => stage === name).length;
  assert.deepEqual([count("given-encoder"), count("pretrain")], [1, 2]);
});

Deno.test("a manifest with a given encoder is refused where no arm begins with it, or one lacks transformations", () => {
  const refused = (set: readonly string[], expected: RegExp) =>
    assert.throws(() => openTiny({ set: [GIVEN, "hypotheses=[]", ...set] }), (error: Error) => {
      assert.ok(error instanceof ManifestError);
      assert.match(error.message, expected);
      return true;
    });
  refused(
    ["arms={supervised: {}}"],
    /pretext\.encoder: .*must be what an arm begins with \(frozen, finetuned\), which none here does, got "encoder\.onnx"/,
  );
  refused(
    ["arms={supervised-augmented: {}, frozen: {}}"],
    /pretext\.transformations: .*must name the transformations that supervised-augmented applies/,
  );
  refused(
    ["pretext.fit={epochs: 3}"],
    /pretext\.fit: Cannot use this key: .*belongs to kind = transformation-recognition/,
  );
  refused(["pretext.sha256=abc"], /pretext\.sha256: .*64 hexadecimal digits/);
});

Deno.test("a file that is missing, or another than asked for, is told before anything is planned", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "encoder.onnx");
  await assert.rejects(stagesOf([GIVEN], folder.path), {
    name: "RangeError",
    message:
      `${file}: Cannot use the encoder: the file must exist, got none; relative paths start from the data folder, ` +
      `${folder.path}, which is set by the environment variable EINTHOVEN_DATA or else is data/ beside deno.json`,
  });
  await Deno.writeFile(file, ENCODER);
  const sha256 = createHash("sha256").update(ENCODER).digest("hex"), other = "0".repeat(64);
  await stagesOf([GIVEN, `pretext.sha256="${sha256}"`], folder.path);
  await assert.rejects(stagesOf([GIVEN, `pretext.sha256="${other}"`], folder.path), {
    message:
      `${file}: Cannot use the encoder: the file must have the SHA-256 of pretext.sha256, ${other}, got ${sha256}`,
  });
});

Deno.test("preparing takes the encoder out of the file, and tells of whom it has seen", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "encoder.onnx"), ENCODER);
  const run = optionsIn(folder.path),
    [{ checks, preparation: { given } }] = await prepare(
      openTiny({ set: [GIVEN] }).points,
      run,
    );
  assert.deepEqual(checks.at(-1), {
    name: "encoder-apart",
    outcome: "pass",
    evidence:
      "2 subjects of elsewhere whom the given encoder has seen, none of whom is tested, by their names",
  });
  const exposure = readJson<Exposure>(run.store.folder("given-encoder", given?.id ?? ""), "exposure.json");
  assert.deepEqual([exposure.corpus, exposure.subjects], ["elsewhere", ["a", "b"]]);
  assert.deepEqual(exposure.given?.left, []);
});

Deno.test("an encoder that has seen a tested person by name ends the run, unless that is allowed", async () => {
  await using folder = await temporaryFolder();
  // Texts of equal length leave the lengths in the file as they are.
  const said = Buffer.from(ENCODER).toString("latin1").replace("elsewhere", "synthetic").replace(
    '["a","b"]',
    '["p001"] ',
  );
  await Deno.writeFile(join(folder.path, "encoder.onnx"), Buffer.from(said, "latin1"));
  const { points } = openTiny({ set: [GIVEN] });
  await assert.rejects(prepare(points, optionsIn(folder.path)), (error: Error) => {
    assert.ok(error instanceof LeakError);
    assert.match(
      error.message,
      /encoder-apart: 1 of 1 subject whom the given encoder has seen is tested: p001 in fold [12]/,
    );
    return true;
  });
  const [{ checks }] = await prepare(points, { ...optionsIn(folder.path), allowLeak: "a test" });
  assert.equal(checks.at(-1)?.outcome, "fail");
});

Deno.test("a file with another network ends the run before any window is cut", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeFile(join(folder.path, "encoder.onnx"), ENCODER);
  const begun: string[] = [];
  const blocks = "encoder.blocks=[{filters: 4, kernel: 8, layers: 1}, {filters: 6, kernel: 4, layers: 1}]";
  const run = { ...optionsIn(folder.path), launcher: launcherHere((stage) => begun.push(stage)) };
  await assert.rejects(prepare(openTiny({ set: [GIVEN, blocks] }).points, run), (error: Error) => {
    assert.ok(error instanceof PreparationError);
    assert.ok(
      error.message.startsWith(`${join(folder.path, "encoder.onnx")}: Cannot use the encoder: its weight `),
    );
    assert.match(error.message, /block2_conv1\/kernel .* shape \[4, 4, 6\] .*, got \[4, 4, 8\]/);
    return true;
  });
  assert.deepEqual(begun, ["given-encoder"]);
});
