/** Prints the error of a position that is none; the runtime's own messages would go to stderr. */
import { encode } from "../../../src/onnx/files/encode.ts";
import { Graph } from "../../../src/onnx/graph/graph.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";

const graph = new Graph();
const elements = graph.input("float32", [2]), position = graph.input("int32", []);
const element = graph.emit("Gather", [elements, position], { shape: [] });
const session = await openSession(encode(graph.nodes, {
  inputs: [{ name: "elements", value: elements }, { name: "position", value: position }],
  outputs: [{ name: "element", value: element }],
}));
const feeds = {
  elements: { values: Float32Array.of(1, 2), shape: [2] },
  position: { values: Int32Array.of(9), shape: [] },
};
const message = await session.run(feeds).then(() => "none", (error: Error) => error.message);
await Deno.stdout.write(new TextEncoder().encode(message));
