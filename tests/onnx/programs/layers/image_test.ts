/** Convolution-like and image-like layers of TensorFlow.js as programs: value and gradients against the `cpu` backend. */
import * as tf from "@tensorflow/tfjs";
import { assertClose, type Case, compiled, eager } from "../../reference.ts";
import { assertLayersAgree, type LayerCase } from "./layer_reference.ts";

const { layers } = tf;
const SIGNAL = [2, 12, 3], IMAGE = [2, 8, 7, 3], VOLUME = [2, 5, 6, 4, 2];
/** Channels before rows and columns. */
const FIRST = [2, 3, 8, 7], VOLUME_FIRST = [2, 2, 5, 6, 4];
const FILM = [2, 3, 5, 4, 2], FILM_FIRST = [2, 3, 2, 5, 4];
const channelsFirst = { dataFormat: "channelsFirst" } as const;

/** The gradient through the gates of several steps is what is left of terms that cancel. */
const RECURRENT = 1e-3;

const CASES: LayerCase[] = [
  {
    name: "conv1d, dilated",
    layers: () => [
      layers.conv1d({
        filters: 4,
        kernelSize: 3,
        dilationRate: 2,
        padding: "same",
        inputShape: SIGNAL.slice(1),
      }),
      layers.conv1d({ filters: 2, kernelSize: 3, dilationRate: 4, activation: "relu" }),
    ],
    inputShape: SIGNAL,
  },
  {
    name: "conv1d, causal and dilated, as in a temporal convolutional network",
    layers: () =>
      [1, 2, 4].flatMap((dilationRate, index) => [
        layers.reshape({ targetShape: [12, 1, 3], ...(index === 0 && { inputShape: SIGNAL.slice(1) }) }),
        layers.zeroPadding2d({ padding: [[2 * dilationRate, 0], [0, 0]] }),
        layers.reshape({ targetShape: [12 + 2 * dilationRate, 3] }),
        layers.conv1d({ filters: 3, kernelSize: 3, dilationRate, activation: "elu" }),
      ]),
    inputShape: SIGNAL,
  },
  {
    name: "conv2d, dilated, linear",
    layers: () => [
      layers.conv2d({ filters: 4, kernelSize: [3, 2], dilationRate: 2, inputShape: IMAGE.slice(1) }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "conv2d, dilated, relu",
    layers: () => [
      layers.conv2d({
        filters: 4,
        kernelSize: 3,
        dilationRate: [2, 1],
        padding: "same",
        activation: "relu",
        inputShape: IMAGE.slice(1),
      }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "conv2d, channels first",
    layers: () => [
      layers.conv2d({ filters: 4, kernelSize: 3, ...channelsFirst, inputShape: FIRST.slice(1) }),
      layers.maxPooling2d({ poolSize: 2, ...channelsFirst }),
    ],
    inputShape: FIRST,
  },
  {
    name: "conv3d",
    layers: () => [
      layers.conv3d({ filters: 3, kernelSize: 2, activation: "relu", inputShape: VOLUME.slice(1) }),
      layers.conv3d({ filters: 2, kernelSize: [2, 3, 1], strides: 2, padding: "same" }),
    ],
    inputShape: VOLUME,
  },
  {
    name: "conv3d, dilated, channels first",
    layers: () => [
      layers.conv3d({
        filters: 3,
        kernelSize: 2,
        dilationRate: [2, 1, 3],
        ...channelsFirst,
        inputShape: VOLUME_FIRST.slice(1),
      }),
    ],
    inputShape: VOLUME_FIRST,
  },
  {
    name: "conv2dTranspose",
    layers: () => [
      layers.conv2dTranspose({
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        inputShape: IMAGE.slice(1),
      }),
      layers.conv2dTranspose({ filters: 2, kernelSize: [2, 3], activation: "tanh" }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "conv2dTranspose of a signal",
    layers: () => [
      layers.reshape({ targetShape: [12, 1, 3], inputShape: SIGNAL.slice(1) }),
      layers.conv2dTranspose({ filters: 4, kernelSize: [4, 1], strides: [2, 1], padding: "same" }),
      layers.reshape({ targetShape: [24, 4] }),
    ],
    inputShape: SIGNAL,
  },
  {
    name: "conv2dTranspose, channels first",
    layers: () => [
      layers.conv2dTranspose({
        filters: 2,
        kernelSize: 3,
        strides: 3,
        ...channelsFirst,
        inputShape: FIRST.slice(1),
      }),
    ],
    inputShape: FIRST,
  },
  {
    name: "conv3dTranspose",
    layers: () => [
      layers.conv3dTranspose({
        filters: 3,
        kernelSize: 2,
        strides: 2,
        padding: "same",
        inputShape: VOLUME.slice(1),
      }),
      layers.conv3dTranspose({ filters: 2, kernelSize: [1, 2, 3] }),
    ],
    inputShape: VOLUME,
  },
  {
    name: "depthwiseConv2d",
    layers: () => [
      layers.depthwiseConv2d({
        kernelSize: 3,
        depthMultiplier: 2,
        padding: "same",
        activation: "relu",
        inputShape: IMAGE.slice(1),
      }),
      layers.depthwiseConv2d({ kernelSize: [2, 3], strides: 2 }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "depthwiseConv2d, channels first",
    layers: () => [layers.depthwiseConv2d({ kernelSize: 3, ...channelsFirst, inputShape: FIRST.slice(1) })],
    inputShape: FIRST,
  },
  {
    name: "separableConv2d",
    layers: () => [
      layers.separableConv2d({
        filters: 4,
        kernelSize: 3,
        depthMultiplier: 2,
        strides: 2,
        inputShape: IMAGE.slice(1),
      }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "separableConv2d of a signal, dilated",
    layers: () => [
      layers.reshape({ targetShape: [12, 1, 3], inputShape: SIGNAL.slice(1) }),
      layers.separableConv2d({ filters: 4, kernelSize: [3, 1], dilationRate: [3, 1], padding: "same" }),
    ],
    inputShape: SIGNAL,
  },
  {
    name: "upSampling2d, nearest",
    layers: () => [layers.upSampling2d({ size: [2, 3], inputShape: IMAGE.slice(1) })],
    inputShape: [1, ...IMAGE.slice(1)],
  },
  {
    name: "upSampling2d, bilinear",
    layers: () => [layers.upSampling2d({ size: [3, 2], interpolation: "bilinear", inputShape: [6, 6, 2] })],
    inputShape: [2, 6, 6, 2],
  },
  {
    name: "upSampling2d, channels first",
    layers: () => [layers.upSampling2d({ size: [2, 2], ...channelsFirst, inputShape: FIRST.slice(1) })],
    inputShape: [1, ...FIRST.slice(1)],
  },
  {
    name: "cropping2D and zeroPadding2d, channels first",
    layers: () => [
      layers.cropping2D({ cropping: [[1, 2], [0, 3]], ...channelsFirst, inputShape: FIRST.slice(1) }),
      layers.zeroPadding2d({ padding: [[1, 0], [2, 1]], ...channelsFirst }),
    ],
    inputShape: FIRST,
  },
  {
    name: "pooling with padding",
    layers: () => [
      layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same", inputShape: IMAGE.slice(1) }),
      layers.averagePooling2d({ poolSize: 2, strides: 1 }),
    ],
    inputShape: IMAGE,
  },
  {
    name: "pooling of volumes",
    layers: () => [
      layers.maxPooling3d({ poolSize: 2, strides: 1, padding: "same", inputShape: VOLUME.slice(1) }),
      layers.averagePooling3d({ poolSize: [2, 3, 2] }),
    ],
    inputShape: VOLUME,
  },
  {
    name: "pooling of volumes, channels first",
    layers: () => [
      layers.averagePooling3d({
        poolSize: 2,
        strides: 1,
        ...channelsFirst,
        inputShape: VOLUME_FIRST.slice(1),
      }),
      layers.maxPooling3d({ poolSize: 2, ...channelsFirst }),
    ],
    inputShape: VOLUME_FIRST,
  },
  {
    name: "global pooling of a signal",
    layers: () => [layers.globalMaxPooling1d({ inputShape: SIGNAL.slice(1) })],
    inputShape: SIGNAL,
  },
  {
    name: "global pooling of images",
    layers: () => [layers.globalAveragePooling2d({ dataFormat: "channelsLast", inputShape: IMAGE.slice(1) })],
    inputShape: IMAGE,
  },
  {
    name: "global pooling of images, channels first",
    layers: () => [layers.globalMaxPooling2d({ ...channelsFirst, inputShape: FIRST.slice(1) })],
    inputShape: FIRST,
  },
  {
    name: "convLstm2d",
    layers: () => [
      layers.convLstm2d({
        filters: 2,
        kernelSize: 3,
        padding: "same",
        returnSequences: true,
        inputShape: FILM.slice(1),
      }) as tf.layers.Layer,
      layers.convLstm2d({ filters: 2, kernelSize: 2 }) as tf.layers.Layer,
    ],
    inputShape: FILM,
    relative: RECURRENT,
  },
  {
    name: "convLstm2d, dilated, channels first",
    layers: () => [
      layers.convLstm2d({
        filters: 2,
        kernelSize: 2,
        dilationRate: 2,
        ...channelsFirst,
        inputShape: FILM_FIRST.slice(1),
      }) as tf.layers.Layer,
    ],
    inputShape: FILM_FIRST,
    relative: RECURRENT,
  },
  {
    name: "rescaling",
    layers: () => [layers.rescaling({ scale: 0.5, offset: -1, inputShape: IMAGE.slice(1) })],
    inputShape: IMAGE,
  },
];

/** TensorFlow.js runs these on a tensor alone, not in a model; cropping has no gradient there. */
const PREPROCESSING: Record<string, () => tf.layers.Layer> = {
  "centerCrop": () => layers.centerCrop({ height: 4, width: 5 }),
  "centerCrop of a smaller image": () => layers.centerCrop({ height: 9, width: 10 }),
  "resizing, bilinear": () => layers.resizing({ height: 5, width: 9 }),
  "resizing, nearest": () => layers.resizing({ height: 5, width: 9, interpolation: "nearest" }),
};

for (const [name, make] of Object.entries(PREPROCESSING)) {
  Deno.test(`compile() runs ${name} as TensorFlow.js does`, async () => {
    const layer = make();
    const one: Case = {
      inputs: { x: { shape: IMAGE } },
      run: ({ x }) => layer.apply(x) as tf.Tensor,
      noGradient: "what comes before it has nothing to learn",
    };
    const { results } = await eager(one), actual = await compiled(one);
    assertClose(actual["result 0"], results["result 0"].values, { what: name });
  });
}

for (const one of CASES) {
  for (const training of [false, true]) {
    Deno.test(`compile() runs ${one.name} ${training ? "in training" : "in inference"} as TensorFlow.js does`, () =>
      assertLayersAgree(one, { training }));
  }
}
