/** What mod.ts exports is documented, as `deno doc --lint` sees it. */
import assert from "node:assert/strict";

const module = new URL("../../mod.ts", import.meta.url).pathname;

Deno.test("the exports of mod.ts are documented, and so is every type that they name", async () => {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    // Types of TensorFlow.js are documented by their own package.
    args: ["doc", "--lint", "--no-npm", module],
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  const lines = new TextDecoder().decode(stderr).split("\n");
  const errors = lines.filter((line) => /^error\[/.test(line));
  // Nothing at all would mean that the linter did not run.
  assert.ok(
    lines.some((line) => /Checked|documentation lint error/.test(line)),
    lines.slice(0, 5).join("\n"),
  );
  assert.deepEqual(errors, []);
});
