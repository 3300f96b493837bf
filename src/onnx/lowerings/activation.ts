/**
 * Activation functions.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast, pointwise } from "../graph/arrange.ts";
import { elementwise, mapValue, numeric } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { type Call, type Operand, plain, plainValue } from "../graph/operand.ts";
import { direct } from "./mathematics.ts";

/** `x` above 0, else `alpha x`. */
export function leakyRelu({ graph, inputs: { x }, attributes: { alpha } }: Call<tf.LeakyReluAttrs>): Operand {
  return mapValue(
    graph,
    x,
    (value) => pointwise(graph, "LeakyRelu", [cast(graph, value, "float32")], { attributes: { alpha } }),
  );
}

/** `x` above 0, else `alpha x` with a tensor of slopes. */
export function prelu({ graph, inputs: { x, alpha } }: Call): Operand {
  return elementwise(graph, [x, alpha], ([given, slope]) => {
    const value = cast(graph, given, "float32");
    const negative = pointwise(graph, "Less", [value, graph.scalar(0)], { type: "bool" });
    const scaled = pointwise(graph, "Mul", [value, cast(graph, slope, "float32")]);
    return pointwise(graph, "Where", [negative, scaled, value], { type: "float32" });
  });
}

/** `x` between 0 and 6. */
export function relu6({ graph, inputs: { x } }: Call): Operand {
  return clipped(graph, x, [0, 6]);
}

/** `x` between two limits. */
export function clip({ graph, inputs: { x }, attributes }: Call<tf.ClipByValueAttrs>): Operand {
  return clipped(graph, x, [attributes.clipValueMin, attributes.clipValueMax]);
}

function clipped(graph: Graph, x: Operand, limits: readonly number[]): Operand {
  return mapValue(graph, x, (given) => {
    const value = numeric(graph, given), { type } = value;
    const result = pointwise(graph, "Clip", [value, ...limits.map((limit) => graph.scalar(limit, type))]);
    return cast(graph, result, given.type);
  });
}

/** 1 above 0, else `alpha`. */
export function step({ graph, inputs: { x }, attributes: { alpha } }: Call<tf.StepAttrs>): Operand {
  return mapValue(graph, x, (given) => {
    const value = numeric(graph, given), { type } = value;
    const positive = pointwise(graph, "Greater", [value, graph.scalar(0, type)], { type: "bool" });
    const steps = [graph.scalar(1, type), graph.scalar(alpha, type)];
    return cast(graph, pointwise(graph, "Where", [positive, ...steps], { type }), given.type);
  });
}

/** The gradient of the exponential linear unit from its output: `dy` from 0 up, else `dy (y + 1)`. */
export function eluGradient({ graph, inputs: { dy, y } }: Call): Operand {
  return elementwise(graph, [dy, y], ([gradient, output]) => {
    const positive = pointwise(graph, "GreaterOrEqual", [output, graph.scalar(0)], { type: "bool" });
    const slope = pointwise(graph, "Add", [output, graph.scalar(1)]);
    const scaled = pointwise(graph, "Mul", [gradient, slope]);
    return pointwise(graph, "Where", [positive, gradient, scaled], { type: "float32" });
  });
}

/** `exp(x) / sum(exp(x))` along an axis. */
export function softmax({ graph, inputs: { logits }, attributes: { dim } }: Call<tf.SoftmaxAttrs>): Operand {
  const value = plainValue(graph, logits);
  return plain(graph.emit("Softmax", [value], { shape: value.shape, attributes: { axis: dim } }));
}

/** An activation by the name that fused kernels give it. Throws RangeError for an unknown one. */
export function activate(
  call: Call<{ activation?: string; leakyreluAlpha?: number }>,
  x: Operand,
): Operand {
  const { graph, attributes: { activation = "linear", leakyreluAlpha: alpha = 0 } } = call;
  if (activation === "linear") return x;
  if (activation === "leakyrelu") return leakyRelu({ graph, inputs: { x }, attributes: { alpha } });
  if (activation === "prelu") {
    return prelu({ graph, inputs: { x, alpha: call.inputs.preluActivationWeights }, attributes: {} });
  }
  if (activation === "relu6") return relu6({ graph, inputs: { x }, attributes: {} });
  const operators: Record<string, string> = { relu: "Relu", elu: "Elu", sigmoid: "Sigmoid" };
  if (!(activation in operators)) {
    throw new RangeError(
      `Cannot record an activation: it must be linear, relu, relu6, elu, sigmoid, leakyrelu or prelu, got ${activation}`,
    );
  }
  return direct(operators[activation])({ graph, inputs: { x }, attributes: {} });
}
