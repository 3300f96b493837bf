/** Blocks of `[height, width, channel]`. */
import type { Stream } from "../../../../src/random/stream.ts";
import { ACTIVATIONS, between, type Drawn, layer, pick } from "./draw.ts";

type Shape = readonly number[];
type Draw = (stream: Stream, shape: Shape) => Drawn;
type Pair = readonly [number, number];

/** The lengths that windows leave. */
function windows(
  [height, width]: Shape,
  { size, strides, dilation, padding }: { size: Pair; strides: Pair; dilation: number; padding: string },
): number[] {
  return [height, width].map((length, axis) =>
    padding === "same"
      ? Math.ceil(length / strides[axis])
      : Math.floor((length - dilation * (size[axis] - 1) - 1) / strides[axis]) + 1
  );
}

function convolution(stream: Stream, shape: Shape): Drawn {
  const kernelSize = [between(stream, 1, 4), between(stream, 1, 2)] as const;
  const padding = pick(stream, ["same", "valid"]), dilationRate = stream.uniform() < 0.3 ? 2 : 1;
  const strides: Pair = dilationRate === 1 && stream.uniform() < 0.4 ? [2, 1] : [1, 1];
  const common = {
    kernelSize,
    padding,
    activation: pick(stream, ACTIVATIONS),
    useBias: stream.uniform() < 0.7,
  };
  const lengths = windows(shape, { size: kernelSize, strides, dilation: dilationRate, padding });
  const className = pick(stream, ["Conv2D", "DepthwiseConv2D", "SeparableConv2D"]);
  if (className === "DepthwiseConv2D") {
    const depthMultiplier = between(stream, 1, 2);
    // One stride for both axes, and no dilation, is what the layer of TensorFlow.js offers.
    const plain = windows(shape, { size: kernelSize, strides: [1, 1], dilation: 1, padding });
    return {
      blocks: [layer(className, { ...common, strides: [1, 1], depthMultiplier })],
      shape: [...plain, shape[2] * depthMultiplier],
    };
  }
  const filters = between(stream, 2, 4);
  if (className === "SeparableConv2D") {
    const plain = windows(shape, { size: kernelSize, strides: [1, 1], dilation: 1, padding });
    const config = { ...common, strides: [1, 1], filters, depthMultiplier: between(stream, 1, 2) };
    return { blocks: [layer(className, config)], shape: [...plain, filters] };
  }
  const config = { ...common, strides, dilationRate: [dilationRate, dilationRate], filters };
  return { blocks: [layer(className, config)], shape: [...lengths, filters] };
}

function transposed(stream: Stream, [height, width]: Shape): Drawn {
  const kernelSize = [between(stream, 1, 3), between(stream, 1, 3)], strides = [between(stream, 1, 2), 1];
  const padding = pick(stream, ["same", "valid"]), filters = between(stream, 2, 3);
  const lengths = [height, width].map((length, axis) =>
    length * strides[axis] + (padding === "same" ? 0 : Math.max(kernelSize[axis] - strides[axis], 0))
  );
  const config = { filters, kernelSize, strides, padding, activation: pick(stream, ACTIVATIONS) };
  return { blocks: [layer("Conv2DTranspose", config)], shape: [...lengths, filters] };
}

function pooling(stream: Stream, shape: Shape): Drawn {
  const poolSize = [between(stream, 2, 3), between(stream, 1, 2)] as const;
  const strides: Pair = [between(stream, 1, 2), 1], padding = pick(stream, ["same", "valid"]);
  const lengths = windows(shape, { size: poolSize, strides, dilation: 1, padding });
  const className = pick(stream, ["MaxPooling2D", "AveragePooling2D"]);
  return { blocks: [layer(className, { poolSize, strides, padding })], shape: [...lengths, shape[2]] };
}

function arrangement(stream: Stream, [height, width, channels]: Shape): Drawn {
  return pick<Drawn>(stream, [
    { blocks: [layer("ZeroPadding2D", { padding: [2, 1] })], shape: [height + 4, width + 2, channels] },
    { blocks: [layer("Cropping2D", { cropping: [1, 0] })], shape: [height - 2, width, channels] },
    { blocks: [layer("UpSampling2D", { size: [2, 1] })], shape: [2 * height, width, channels] },
    { blocks: [layer("BatchNormalization")], shape: [height, width, channels] },
  ]);
}

const DRAWS: readonly Draw[] = [convolution, convolution, transposed, pooling, arrangement, arrangement];

/** A block that leaves at least four rows and one column. */
export function drawImageBlock(stream: Stream, shape: Shape): Drawn {
  for (let attempt = 0; attempt < 50; attempt++) {
    const drawn = pick(stream, DRAWS)(stream, shape);
    const [height, width, channels] = drawn.shape;
    if (height >= 4 && height <= 24 && width >= 1 && width <= 6 && channels <= 6) return drawn;
  }
  throw new RangeError(`Cannot draw a block: none of 50 fits [${shape}]`);
}
