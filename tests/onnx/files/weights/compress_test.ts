import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { exportOnnx, readOnnx } from "../../../../src/onnx/files/export.ts";
import { exportModel } from "../../../../src/onnx/files/export_model.ts";
import { nameLayers } from "../../../../src/onnx/files/layer_names.ts";
import { compressOnnx } from "../../../../src/onnx/files/weights/compress.ts";
import type { WeightFormat } from "../../../../src/onnx/files/weights/formats.ts";
import { openSession } from "../../../../src/onnx/runtime/session.ts";
import { floatsOf } from "../../reference.ts";
import { fill, inputsOf, ZOO } from "../../zoo/zoo.ts";
import { checkModels, hasChecker } from "../checker.ts";

const FORMATS = ["float16", "int8"] as const;

/** x W + b, with a constant that is no weight. */
function product(kernel: ArrayLike<number>, shape: [number, number] = [8, 8]): Uint8Array {
  const weights = {
    "dense/kernel": tf.variable(tf.tensor2d(Float32Array.from(kernel), shape)),
    "dense/bias": tf.variable(tf.tensor1d(new Float32Array(shape[1]).fill(0.1))),
  };
  const far = tf.tensor2d(floatsOf({ shape: [8, shape[1]], from: -1e6, to: 1e6 }), [8, shape[1]]);
  const bytes = exportOnnx(({ x }) => {
    const y = tf.add(
      tf.matMul(x as tf.Tensor2D, weights["dense/kernel"] as tf.Variable<tf.Rank.R2>),
      weights["dense/bias"],
    );
    return { y, far: tf.matMul(x as tf.Tensor2D, far) };
  }, { inputs: { x: [null, shape[0]] }, weights });
  for (const weight of [...Object.values(weights), far]) weight.dispose();
  return bytes;
}

const spread = (count: number, limit = 1) => floatsOf({ shape: [count], from: -limit, to: limit });

Deno.test("compressOnnx() rounds to the nearest half-precision number, ties to even, and leaves small weights and constants", () => {
  // IEEE 754: 11 significant bits; 1 + 2^-11 lies between 1 and 1 + 2^-10, 2^-25 between 0 and the smallest, 2^-24.
  const given = [1.1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 1.5 * 2 ** -24, 65519, -65504, 1e-9];
  const rounded = [1.099609375, 1, 1 + 2 ** -9, 0, 2 ** -23, 65504, -65504, 0];
  const bytes = product([...given, ...new Float32Array(56)]),
    small = compressOnnx(bytes, { weights: "float16" });
  const { weights, metadata } = readOnnx(small);
  assert.equal(metadata.weights, "float16");
  assert.deepEqual([...weights["dense/kernel"].values.slice(0, 8)], rounded);
  assert.deepEqual(Object.values(weights).map(({ format }) => format).sort(), [
    "float16",
    "float32",
    "float32",
  ]);
  assert.deepEqual(compressOnnx(bytes, { weights: "float16" }), small);
});

Deno.test("compressOnnx() gives each column of a kernel a scale of its own", () => {
  const kernel = spread(64).map((value, place) => value * 10 ** (place % 8 - 4));
  const { weights } = readOnnx(compressOnnx(product(kernel), { weights: "int8" }));
  const { values, format } = weights["dense/kernel"];
  assert.equal(format, "int8");
  for (const [place, value] of values.entries()) {
    const column = [...kernel].filter((_, index) => index % 8 === place % 8);
    const scale = Math.max(...column.map(Math.abs)) / 127;
    assert.ok(Math.abs(value - kernel[place]) <= scale / 2 * 1.0001, `${value} for ${kernel[place]}`);
  }
  assert.equal(weights["dense/bias"].format, "float32");
});

Deno.test("compressOnnx() leaves a file that has the format as it is", () => {
  const bytes = product(spread(64));
  assert.equal(compressOnnx(bytes, { weights: "float32" }), bytes);
  const int8 = compressOnnx(bytes, { weights: "int8" });
  assert.equal(compressOnnx(int8, { weights: "int8" }), int8);
});

for (const weights of FORMATS) {
  for (const [name, { build }] of Object.entries(ZOO)) {
    Deno.test(`compressOnnx() writes ${name} with ${weights} weights so that it computes with the rounded ones in float32`, async () => {
      const model = fill(build());
      if (
        !model.weights.some(({ shape }) => shape.length > 1 && tf.util.sizeFromShape(shape as number[]) >= 64)
      ) return;
      const small = exportModel(model, { weights }), rounded = readOnnx(small).weights;
      for (const [name, variable] of Object.entries(nameLayers(model).weights)) {
        const { shape, values } = rounded[name];
        tf.tidy(() => variable.assign(tf.tensor(values, shape)));
      }
      assert.deepEqual(await resultsOf(small, model), await resultsOf(exportModel(model), model));
    });
  }
}

/** What a file gives for two rows. */
async function resultsOf(bytes: Uint8Array, model: tf.LayersModel) {
  const session = await openSession(bytes);
  const feeds = inputsOf(model, 2).map((
    { shape, values },
    index,
  ) => [session.inputNames[index], { shape, values }]);
  const results = await session.run(Object.fromEntries(feeds));
  await session.dispose();
  return results;
}

Deno.test("compressOnnx() halves the published network, or quarters it", () => {
  const model = fill(ZOO["the published network"].build()),
    sizes = Object.fromEntries(
      (["float32", ...FORMATS] as const).map((weights) => [weights, exportModel(model, { weights }).length]),
    );
  assert.ok(Math.abs(sizes.float16 / sizes.float32 - 1 / 2) < 0.01, JSON.stringify(sizes));
  assert.ok(Math.abs(sizes.int8 / sizes.float32 - 1 / 4) < 0.02, JSON.stringify(sizes));
});

Deno.test({
  name: "compressOnnx() writes every model of the zoo as onnx.checker accepts it",
  ignore: !hasChecker("compressOnnx() against onnx.checker"),
  fn() {
    const models = Object.entries(ZOO).flatMap(([name, { build }]) => {
      const bytes = exportModel(fill(build()));
      return FORMATS.flatMap((weights) => {
        const size = Math.max(...Object.values(readOnnx(bytes).weights).map(({ values }) => values.length));
        return size < 64 ? [] : [[`${name} ${weights}`, compressOnnx(bytes, { weights })]];
      });
    });
    const found = checkModels(Object.fromEntries(models));
    for (const [name, { nodes }] of Object.entries(found)) {
      assert.equal(new Set(nodes).size, nodes.length, name);
      assert.ok(nodes.some((node) => /\/float32\/(Cast|Mul)$/.test(node)), name);
    }
  },
});

const refusals: [string, () => unknown, RegExp][] = [
  [
    "a weight above what half precision holds",
    () => compressOnnx(product([65520, ...spread(63)]), { weights: "float16" }),
    /the weight "dense\/kernel" as float16: its numbers must lie within 65504, got 65520/,
  ],
  [
    "a weight that is not finite",
    () => compressOnnx(product([NaN, ...spread(63)]), { weights: "int8" }),
    /Cannot quantize the weight "dense\/kernel": its numbers must be finite, got NaN/,
  ],
  [
    "a model of small weights",
    () => compressOnnx(product(spread(32), [8, 4]), { weights: "int8" }),
    /it must have weights of at least 64 numbers and two axes, got none/,
  ],
  [
    "a file that has another format",
    () => compressOnnx(compressOnnx(product(spread(64)), { weights: "float16" }), { weights: "int8" }),
    /its weights must be float32, got float16/,
  ],
  [
    "an unknown format",
    () => compressOnnx(product(spread(64)), { weights: "int4" as WeightFormat }),
    /weights must be float32, float16, int8, got int4/,
  ],
];

for (const [what, attempt, message] of refusals) {
  Deno.test(`compressOnnx() refuses ${what}`, () => {
    assert.throws(attempt, { name: "RangeError", message });
  });
}

Deno.test("compressOnnx() keeps what a product gives within what its rounding allows", async () => {
  const kernel = spread(64), x = spread(16, 2), bytes = product(kernel);
  for (const [weights, relative] of [["float16", 2 ** -11], ["int8", 1 / 254]] as const) {
    const session = await openSession(compressOnnx(bytes, { weights }));
    const { y } = await session.run({ x: { values: x, shape: [2, 8] } });
    await session.dispose();
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 8; column++) {
        const terms = Array.from(
          { length: 8 },
          (_, index) => [x[row * 8 + index], kernel[index * 8 + column]],
        );
        const exact = terms.reduce((sum, [left, right]) => sum + left * right, 0.1);
        const most = terms.reduce((sum, [left]) => sum + Math.abs(left) * relative, 1e-6);
        assert.ok(Math.abs(Number(y.values[row * 8 + column]) - exact) <= most);
      }
    }
  }
});
