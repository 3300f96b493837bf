/** Convolutions, poolings and resizing against PyTorch: the `cpu` backend of TensorFlow.js lacks some gradients and has others wrong. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../src/onnx/programs/compile.ts";
import golden from "../../golden/onnx/convolution.json" with { type: "json" };
import { assertClose } from "../reference.ts";

interface Numbers {
  readonly shape: number[];
  readonly values: number[];
}

interface Golden {
  readonly inputs: Record<string, Numbers>;
  readonly weights: Numbers;
  readonly y: Numbers;
  readonly gradients: Record<string, Numbers>;
}

type Run = (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor;

const image = (rates: [number, number], pad: number | "valid"): Run => (x, filter) =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, pad, "NHWC", rates);
const resize = (run: typeof tf.image.resizeBilinear, size: [number, number], align: boolean): Run => (x) =>
  run(x as tf.Tensor4D, size, align, !align);

/** Each by its name in the golden file; the reason where the gradient of the `cpu` backend is wrong. */
const CASES: Record<keyof typeof golden.cases, { readonly run: Run; readonly cpuIsWrong?: string }> = {
  "dilated image": { run: image([2, 3], "valid") },
  "dilated and padded image": { run: image([2, 2], 2) },
  "dilated and causal signal": {
    run: (x, filter) => {
      const padded = tf.pad(x, [[0, 0], [8, 0], [0, 0]]) as tf.Tensor3D;
      return tf.conv1d(padded, filter as tf.Tensor3D, 1, "valid", "NWC", 4);
    },
  },
  "dilated and depthwise": {
    run: (x, filter) =>
      tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "valid", "NHWC", [3, 2]),
  },
  "dilated volume": {
    run: (x, filter) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, 1, "valid", "NDHWC", [2, 1, 3]),
  },
  "transposed image": {
    run: (x, filter) =>
      tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 9, 9, 4], [3, 2], "valid"),
  },
  "transposed volume": {
    run: (x, filter) =>
      tf.conv3dTranspose(x as tf.Tensor5D, filter as tf.Tensor5D, [2, 6, 5, 6, 3], 2, "valid"),
  },
  "max-pooling of a volume": {
    run: (x) => tf.maxPool3d(x as tf.Tensor5D, [2, 3, 2], [1, 2, 2], "valid"),
    cpuIsWrong: "it counts positions in a window by its height in place of its width",
  },
  "average-pooling of a padded volume": {
    run: (x) => tf.avgPool3d(x as tf.Tensor5D, 3, 1, "same"),
    cpuIsWrong: "it divides by the whole window at the border",
  },
  "bilinear": {
    run: resize(tf.image.resizeBilinear, [7, 9], false),
    cpuIsWrong: "it takes no half pixels, and turns rectangles over",
  },
  "bilinear with corners": {
    run: resize(tf.image.resizeBilinear, [7, 2], true),
    cpuIsWrong: "it turns rectangles over",
  },
  "nearest": {
    run: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [6, 12]),
    cpuIsWrong: "it mixes the images of a batch up",
  },
  "nearest to the middle": {
    run: resize(tf.image.resizeNearestNeighbor, [7, 3], false),
    cpuIsWrong: "it takes no half pixels",
  },
};

const tensorOf = ({ shape, values }: Numbers) => tf.tensor(values, shape);

for (const [name, { run, cpuIsWrong }] of Object.entries(CASES)) {
  const { inputs, weights, y, gradients }: Golden = golden.cases[name as keyof typeof golden.cases];
  const names = Object.keys(inputs);
  const program = (points: Record<string, tf.Tensor>) => {
    const value = (...moved: tf.Tensor[]) => run(moved[0], moved[1]);
    const loss = (...moved: tf.Tensor[]) => tf.sum(tf.mul(tensorOf(weights), value(...moved))) as tf.Tensor;
    const values = names.map((input) => points[input]);
    const slopes = tf.grads(loss)(values);
    return {
      y: value(...values),
      ...Object.fromEntries(slopes.map((slope, index) => [names[index], slope])),
    };
  };

  Deno.test(`compile() gives ${name} the value and the gradients that PyTorch gives`, async () => {
    const shapes = Object.entries(inputs).map(([input, { shape }]) => [input, shape]);
    const compiled = await compile(program, { inputs: Object.fromEntries(shapes) });
    const feeds = Object.entries(inputs).map(([input, { values }]) => [input, Float32Array.from(values)]);
    const actual = await compiled.run(Object.fromEntries(feeds));
    await compiled.dispose();
    assertClose(actual.y, y.values, { what: `${name}, value` });
    for (const input of names) {
      assertClose(actual[input], gradients[input].values, { what: `${name}, ${input}` });
    }
  });

  if (cpuIsWrong !== undefined) continue;
  Deno.test(`the cpu backend has the gradients of PyTorch for ${name}`, () => {
    tf.tidy(() => {
      const points = Object.entries(inputs).map(([input, numbers]) => [input, tensorOf(numbers)]);
      const actual: Record<string, tf.Tensor> = program(Object.fromEntries(points));
      for (const input of names) {
        assertClose(actual[input].dataSync(), gradients[input].values, { what: `${name}, ${input}` });
      }
    });
  });
}

const CONVOLUTIONS: Record<keyof typeof golden.penalties, Run> = {
  image: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, "valid"),
  volume: (x, filter) => tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, 1, "valid"),
  depthwise: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "valid"),
};

for (const [name, convolve] of Object.entries(CONVOLUTIONS)) {
  Deno.test(`compile() differentiates the gradients of a convolution (${name}) as PyTorch does`, async () => {
    const { inputs, value, gradients } = golden.penalties[name as keyof typeof golden.penalties];
    // Not tanh, say: TensorFlow.js has no second derivative of what saves its output.
    const slopes = tf.grads((x, filter) => tf.sum(tf.square(convolve(x, filter))) as tf.Tensor);
    const penalty = (x: tf.Tensor, filter: tf.Tensor) => {
      const [first, second] = slopes([x, filter]);
      return tf.add(tf.sum(tf.square(first)), tf.sum(tf.square(second))) as tf.Tensor;
    };
    const compiled = await compile(({ x, filter }) => {
      const [ofX, ofFilter] = tf.grads(penalty)([x, filter]);
      return { value: penalty(x, filter), x: ofX, filter: ofFilter };
    }, { inputs: { x: inputs.x.shape, filter: inputs.filter.shape } });
    const actual = await compiled.run({
      x: Float32Array.from(inputs.x.values),
      filter: Float32Array.from(inputs.filter.values),
    });
    await compiled.dispose();
    assertClose(actual.value, [value], { what: "value" });
    assertClose(actual.x, gradients.x.values, { what: "gradient of the input" });
    assertClose(actual.filter, gradients.filter.values, { what: "gradient of the filter" });
  });
}
