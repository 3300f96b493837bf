/** Layers on the `cpu` backend of TensorFlow.js, beside what the compiled program gives. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../../src/onnx/programs/compile.ts";
import { assertClose, floatsOf } from "../../reference.ts";

/** What a stack of layers is run on. */
export interface LayerCase {
  readonly name: string;
  readonly layers: () => tf.layers.Layer[];
  /** `[batch, ...]` */
  readonly inputShape: readonly number[];
  /** The largest relative difference where it is not 1e-4. */
  readonly relative?: number;
}

/** Sets weights to numbers that depend on their shapes alone, and gives the variables. */
function fixed(model: tf.LayersModel): tf.Variable[] {
  return model.weights.map((weight) => {
    const variable = weight.read() as tf.Variable;
    const from = weight.originalName.includes("variance") ? 0.5 : -0.7;
    variable.assign(tf.tensor(floatsOf({ shape: variable.shape, from, to: 1 }), variable.shape));
    return variable;
  });
}

/** Throws unless values, gradients in training, and what training changes agree with the `cpu` backend. */
export async function assertLayersAgree(
  { name, layers, inputShape, relative }: LayerCase,
  { training }: { readonly training: boolean },
): Promise<void> {
  const shape = [...inputShape];
  const model = tf.sequential({ layers: layers() });
  const variables = fixed(model);
  const trainable = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const fn = ({ x }: Record<string, tf.Tensor>) => {
    const value = (x: tf.Tensor) => model.apply(x, { training }) as tf.Tensor;
    const y = value(x);
    if (!training) return { y };
    const weights = tf.tensor(floatsOf({ shape: y.shape }), y.shape);
    const gradients = tf.engine().gradients(() => tf.sum(tf.mul(weights, value(x))) as tf.Scalar, [
      x,
      ...trainable,
    ]).grads;
    return {
      y,
      ...Object.fromEntries(gradients.map((gradient, index) => [`gradient ${index}`, gradient])),
    };
  };
  const x = floatsOf({ shape });
  const program = await compile(fn, { inputs: { x: shape } });
  const actual = await program.run({ x });
  await program.dispose();
  const carried = variables.map((variable) => variable.dataSync());
  fixed(model);
  tf.tidy(() => {
    for (const [output, tensor] of Object.entries(fn({ x: tf.tensor(x, shape) }))) {
      assertClose(actual[output], tensor.dataSync(), { relative, what: `${name}, ${output}` });
    }
  });
  // Moving averages of a normalization change in training.
  variables.forEach((variable, index) =>
    assertClose(carried[index], variable.dataSync(), { what: `${name}, weight ${index}` })
  );
  for (const variable of variables) variable.dispose();
}
