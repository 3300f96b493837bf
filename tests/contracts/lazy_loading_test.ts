/** Neither TensorFlow.js nor ONNX Runtime is loaded before something is computed: in their place lies a module that throws. */
import assert from "node:assert/strict";
import { join } from "node:path";
import config from "../../deno.json" with { type: "json" };
import { temporaryFolder } from "../pipeline/temporary.ts";
import { TINY } from "../pipeline/tiny.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const SESSION = new URL("../../src/onnx/runtime/session.ts", import.meta.url).pathname;
const NETWORK = new URL("../../src/models/cnn.ts", import.meta.url).pathname;
const THROWS = 'data:text/javascript,throw new Error("a heavy package was loaded")';

/** Runs a module of the project in which heavy packages can't be loaded. */
async function runLight(folder: string, args: readonly string[]) {
  const map = join(folder, "imports.json"), manifest = join(folder, "tiny.yaml");
  const parts = Object.entries(config.imports).map((
    [name, npm],
  ) => [`${name}/`, `${npm.replace("npm:", "npm:/")}/`]);
  const heavy = { "@tensorflow/tfjs": THROWS, "onnxruntime-node": THROWS };
  const imports = { ...config.imports, ...Object.fromEntries(parts), ...heavy };
  await Deno.writeTextFile(map, JSON.stringify({ imports }));
  await Deno.writeTextFile(manifest, TINY);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", "--no-check", `--import-map=${map}`, ...args],
    cwd: folder,
    // A task tells where its caller stands, and these tests may be run by one.
    env: { NO_COLOR: "1", INIT_CWD: folder },
  }).output();
  const [out, problems] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, problems };
}

const CALLS: Record<string, [string[], RegExp]> = {
  "--help": [["--help"], /^Usage: einthoven/],
  "run --help": [["run", "--help"], /--set <path=value>/],
  "run --plan": [["run", "tiny.yaml", "--plan", "--results", "results"], /^tiny: 8 cells\n/],
  "run of a wrong manifest": [["run", "tiny.yaml", "--set", "seeds=[a]"], /^$/],
  status: [["status", "--results", "results"], /^no runs in /],
};

for (const [call, [args, expected]] of Object.entries(CALLS)) {
  Deno.test(`${call} loads neither TensorFlow.js nor ONNX Runtime`, async () => {
    await using folder = await temporaryFolder();
    const { code, out, problems } = await runLight(folder.path, [MAIN, ...args]);
    assert.doesNotMatch(problems, /a heavy package was loaded/);
    assert.match(out, expected, problems);
    assert.equal(code, call.includes("wrong") ? 2 : 0, problems);
  });
}

Deno.test("what computes can't run without them, so the calls above prove something", async () => {
  await using folder = await temporaryFolder();
  for (const module of [SESSION, NETWORK]) {
    const { code, problems } = await runLight(folder.path, [module]);
    assert.notEqual(code, 0, module);
    assert.match(problems, /a heavy package was loaded|does not provide an export/, module);
  }
});
