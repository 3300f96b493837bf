/** Fused convolutions, where TensorFlow.js lets them be replaced and where it does not. */
import { build, stop } from "esbuild";
import assert from "node:assert/strict";
import { filterGradient } from "./dilated_filter.ts";

Deno.test("tf.fused.conv2d() has a gradient at dilations above 1", () => {
  assert.deepEqual(filterGradient(1), [1 + 2 + 3 + 4, 2 + 3 + 4 + 5]);
  assert.deepEqual(filterGradient(2), [1 + 2 + 3, 3 + 4 + 5]);
});

Deno.test("tf.fused.conv2d() stays that of TensorFlow.js in a bundle of modules, which loads all the same", async () => {
  const bundle = await Deno.makeTempFile({ suffix: ".mjs" });
  try {
    await build({
      entryPoints: [decodeURIComponent(new URL("./dilated_filter.ts", import.meta.url).pathname)],
      outfile: bundle,
      allowOverwrite: true,
      bundle: true,
      format: "esm",
      platform: "node",
      // Modules, where each package of TensorFlow.js would be loaded as one file.
      mainFields: ["module", "main"],
      // TensorFlow.js requires what Node has.
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: ["run", "-A", bundle] })
      .output();
    const [printed, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.equal(printed, "[10,14]\n", said);
    assert.match(said, /dilation rates greater than 1 are not yet supported/);
  } finally {
    await stop();
    await Deno.remove(bundle);
  }
});
