/** The execution provider webgpu on a device in software. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { call, writeManifest } from "../../cli/program.ts";
import { temporaryFolder } from "../../pipeline/temporary.ts";
import type { Agreement } from "./agreement.ts";
import { deviceTest } from "./device.ts";

deviceTest(
  "compile() on webgpu agrees with the cpu backend of TensorFlow.js, and leaves to the processor what goes wrong there",
  async (env) => {
    const program = new URL("agreement.ts", import.meta.url).pathname;
    const which = Deno.env.get("EINTHOVEN_KERNELS") ?? "published";
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-lock", "--no-check", program, which],
      env,
    }).output();
    const problems = new TextDecoder().decode(stderr);
    assert.equal(code, 0, problems);
    const { count, disagreements }: Agreement = JSON.parse(new TextDecoder().decode(stdout));
    assert.ok(count > 30, `${count}`);
    assert.deepEqual(disagreements, []);
  },
);

deviceTest("a manifest runs on webgpu, and its results say so", async (env) => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, {
    "arms:": "arms: {random-frozen: {}}",
    "split:": "split: {kind: group-k-fold, folds: 2}",
    "sweep:": "sweep: {labels.fraction: [1]}",
    "hypotheses:": "hypotheses: []\ncompute: {provider: webgpu}",
  });
  const options = { cwd: folder.path, env };
  const { code, problems } = await call(["tiny.yaml", "--results", "results", "--workers", "1"], options);
  assert.deepEqual([code, problems], [0, ""]);
  const run = join(folder.path, "results", "tiny");
  assert.match(
    Deno.readTextFileSync(join(run, "report.html")),
    /Execution provider<\/[^>]+>\s*<[^>]+>webgpu/,
  );
});
