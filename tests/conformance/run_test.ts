import assert from "node:assert/strict";
import { runFile } from "../../conformance/run.ts";

Deno.test("runFile() runs the other specs of a file whose process breaks off", async () => {
  const outcomes = await runFile("ops/add_test", {
    bundled: {
      program: import.meta.resolve("./breaking_program.ts"),
      jasmineUtil: "",
      tests: new Map([["ops/add_test", ""]]),
    },
    backend: "cpu",
    containing: "",
  });
  assert.deepEqual(outcomes.map(({ name, passed, messages }) => ({ name, passed, messages })), [
    { name: "adds", passed: true, messages: [] },
    { name: "divides", passed: false, messages: ["the process ended early (code 7): divided by zero"] },
    { name: "adds (2)", passed: true, messages: [] },
    { name: "writes", passed: true, messages: [] },
  ]);
  assert.ok(outcomes.every(({ file }) => file === "ops/add_test"));
});
