/**
 * The angle of a point.
 *
 * @module
 */
import { cast, pointwise } from "../graph/arrange.ts";
import { elementwise } from "../graph/elementwise.ts";
import type { Call, Operand } from "../graph/operand.ts";

/**
 * The angle between the first axis and the point `(b, a)`, from -pi to pi; 0 for the origin.
 *
 * ONNX has only the arctangent of one number: it is taken of the smaller over the larger of the two lengths, which keeps the digits, and
 * turned into the quadrant.
 */
export function angle({ graph, inputs: { a, b } }: Call): Operand {
  return elementwise(graph, [a, b], (values) => {
    const [y, x] = values.map((value) => cast(graph, value, "float32"));
    const [height, width] = [y, x].map((value) => pointwise(graph, "Abs", [value]));
    const zero = graph.scalar(0);
    const float = (condition: typeof y) => cast(graph, condition, "float32");
    const ratio = pointwise(graph, "Div", [
      pointwise(graph, "Min", [height, width]),
      pointwise(graph, "Max", [height, width]),
    ]);
    // Equal lengths are 1 apart even if infinite, and 0 at the origin.
    const equal = pointwise(graph, "Equal", [height, width], { type: "bool" });
    const positive = float(pointwise(graph, "Greater", [height, zero], { type: "bool" }));
    const tangent = pointwise(graph, "Where", [equal, positive, ratio], { type: "float32" });
    const flat = pointwise(graph, "Atan", [tangent]);
    const steep = pointwise(graph, "Greater", [height, width], { type: "bool" });
    const quadrant = turned(flat, steep, Math.PI / 2);
    const half = turned(quadrant, pointwise(graph, "Less", [x, zero], { type: "bool" }), Math.PI);
    const below = pointwise(graph, "Less", [y, zero], { type: "bool" });
    const result = turned(half, below, 0);
    return cast(graph, result, a.dtype);

    function turned(value: typeof y, where: typeof y, from: number) {
      const mirrored = from === 0
        ? pointwise(graph, "Neg", [value])
        : pointwise(graph, "Sub", [graph.scalar(from), value]);
      return pointwise(graph, "Where", [where, mirrored, value], { type: "float32" });
    }
  });
}
