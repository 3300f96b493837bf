import assert from "node:assert/strict";
import { encode } from "../../../src/onnx/files/encode.ts";
import { Graph } from "../../../src/onnx/graph/graph.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";

function doubling(): Uint8Array {
  const graph = new Graph();
  const x = graph.input("float32", [2]);
  const y = graph.emit("Add", [x, x], { shape: [2] });
  return encode(graph.nodes, { inputs: [{ name: "x", value: x }], outputs: [{ name: "y", value: y }] });
}

Deno.test("openSession() runs a model from its bytes", async () => {
  const session = await openSession(doubling(), { threads: 2 });
  assert.deepEqual([session.inputNames, session.outputNames], [["x"], ["y"]]);
  const { y } = await session.run({ x: { values: Float32Array.of(1, 2), shape: [2] } });
  assert.deepEqual([y.values, y.shape], [Float32Array.of(2, 4), [2]]);
  await session.dispose();
});

Deno.test("openSession() refuses a thread count that is none, and bytes that are no model", async () => {
  await assert.rejects(openSession(doubling(), { threads: 0 }), {
    name: "RangeError",
    message: /from 1 up, got 0/,
  });
  await assert.rejects(openSession(doubling().subarray(0, 40)));
});

Deno.test("OnnxSession.run() names an input that is missing or of another type or size, and refuses after dispose", async () => {
  const session = await openSession(doubling());
  await assert.rejects(
    session.run({ z: { values: Float32Array.of(1, 2), shape: [2] } }),
    /the input "x" must be given, got z/,
  );
  await assert.rejects(session.run({ x: { values: Int32Array.of(1, 2), shape: [2] } }), {
    name: "TypeError",
    message: /the input "x" must hold float32, got int32 \(Int32Array\)/,
  });
  await assert.rejects(session.run({ x: { values: Float32Array.of(1, 2, 3), shape: [2] } }), {
    name: "TypeError",
    message: /the input "x" of shape \[2\] must have 2 elements, got 3/,
  });
  await session.dispose();
  await session.dispose();
  await assert.rejects(
    session.run({ x: { values: Float32Array.of(1, 2), shape: [2] } }),
    /must not be disposed/,
  );
});

Deno.test("OnnxSession.run() tells of what fails by its error alone", async () => {
  const program = new URL("run_out_of_bounds.ts", import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", "--no-check", program],
  }).output();
  const texts = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.match(texts[0], /out of data bounds, idx=9/);
  assert.equal(texts[1], "");
});
