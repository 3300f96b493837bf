/** Every kernel of TensorFlow.js is either lowered or listed with a reason; what is listed is refused by its name. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { LOWERINGS } from "../../../src/onnx/lowerings/table.ts";
import { UNSUPPORTED } from "../../../src/onnx/lowerings/unsupported.ts";
import { compile } from "../../../src/onnx/programs/compile.ts";

/** TensorFlow.js exports the name of each kernel as a text. */
const KERNELS = Object.values<unknown>(tf).filter((value): value is string =>
  typeof value === "string" && /^_?[A-Z]/.test(value)
);

Deno.test("each kernel of TensorFlow.js is lowered or listed as unsupported, and none is both", () => {
  assert.ok(KERNELS.length >= 180, `TensorFlow.js must name its kernels, got ${KERNELS.length}`);
  // Multinomial draws from the program's generator, which no lowering of the table knows.
  const lowered = new Set([...Object.keys(LOWERINGS), tf.Multinomial]);
  const count = (kernel: string) => Number(lowered.has(kernel)) + Number(kernel in UNSUPPORTED);
  assert.deepEqual(KERNELS.filter((kernel) => count(kernel) !== 1), []);
});

Deno.test("UNSUPPORTED lists kernels of TensorFlow.js alone, each with a reason and an alternative", () => {
  for (const [kernel, { reason, instead }] of Object.entries(UNSUPPORTED)) {
    assert.ok(KERNELS.includes(kernel), kernel);
    assert.ok(reason.length > 10 && instead.length > 10, kernel);
  }
});

Deno.test("compile() names the kernel, the operation, the layer and an alternative for what is listed", async () => {
  class Classes extends tf.layers.Layer {
    static className = "Classes";
    override call(inputs: tf.Tensor | tf.Tensor[]) {
      return tf.unique(tf.reshape([inputs].flat()[0], [-1])).values;
    }
  }
  const layer = new Classes({ name: "classes" });
  await assert.rejects(
    compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), { inputs: { x: [2, 3] } }),
    {
      name: "RangeError",
      message:
        'Cannot record the kernel Unique in unique of the layer "classes": the shape of its result depends on numbers, ' +
        "and the shapes of a program are fixed; return the tensor, and call tf.unique on it; known classes are counted by tf.bincount",
    },
  );
});

for (
  const [what, layer] of [
    ["long", tf.layers.lstm({ units: 2, name: "long" })],
    [
      "both",
      tf.layers.bidirectional({
        layer: tf.layers.gru({ units: 2 }) as tf.RNN,
        mergeMode: "concat",
        name: "both",
      }),
    ],
    ["each", tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }), name: "each" })],
  ] as const
) {
  Deno.test(`compile() refuses the layer "${what}" on more than 256 steps and names it`, async () => {
    layer.build([1, 257, 3]);
    await assert.rejects(
      compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), { inputs: { x: [1, 257, 3] } }),
      {
        name: "RangeError",
        message: new RegExp(`Cannot record the layer "${what}": .* at most 256 steps, got 257; `),
      },
    );
  });
}
