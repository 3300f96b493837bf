/**
 * Gradients of convolutions and of their gradients.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { atAnyDilation, type GradientKernels } from "./dilated.ts";
import { type ReplacedGradient, single } from "./replaced.ts";

const NONE = "TensorFlow.js has none";

/** The kernels of a convolution, and those of its gradients. */
interface Family extends GradientKernels {
  readonly forward: string;
}

const IMAGE: Family = {
  forward: tf.Conv2D,
  input: tf.Conv2DBackpropInput,
  filter: tf.Conv2DBackpropFilter,
};
const VOLUME: Family = {
  forward: tf.Conv3D,
  input: tf.Conv3DBackpropInputV2,
  filter: tf.Conv3DBackpropFilterV2,
};
const DEPTHWISE: Family = {
  forward: tf.DepthwiseConv2dNative,
  input: tf.DepthwiseConv2dNativeBackpropInput,
  filter: tf.DepthwiseConv2dNativeBackpropFilter,
};

function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap): tf.Tensor {
  return single(tf.engine().runKernel(kernelName, inputs, attributes));
}

/** A convolution is linear in its input and in its filter, so that the gradients of its gradients are convolutions again. */
function ofInputGradient({ forward, filter: toFilter }: Family): ReplacedGradient {
  return {
    why: NONE,
    inputsToSave: ["dy", "filter"],
    gradFunc(ddx, [dy, filter], attributes) {
      const x = single(ddx), { inputShape: _, ...rest } = attributes, dilations = rest.dilations ?? 1;
      return {
        dy: () => run(forward, { x, filter }, { ...rest, dilations }),
        filter: () => run(toFilter, { x, dy }, { ...rest, dilations, filterShape: filter.shape }),
      };
    },
  };
}

function ofFilterGradient({ forward, input: toInput }: Family): ReplacedGradient {
  return {
    why: NONE,
    inputsToSave: ["x", "dy"],
    gradFunc(ddw, [x, dy], attributes) {
      const filter = single(ddw), { filterShape: _, ...rest } = attributes, dilations = rest.dilations ?? 1;
      return {
        x: () => run(toInput, { dy, filter }, { ...rest, dilations, inputShape: x.shape }),
        dy: () => run(forward, { x, filter }, { ...rest, dilations }),
      };
    },
  };
}

/** Gradients of convolutions by kernel. */
export const CONVOLUTION = {
  [tf.Conv2D]: atAnyDilation(IMAGE, { depthwise: false }),
  [tf.Conv2DBackpropFilter]: ofFilterGradient(IMAGE),
  [tf.Conv3D]: atAnyDilation(VOLUME, { depthwise: false }),
  [tf.Conv3DBackpropFilterV2]: ofFilterGradient(VOLUME),
  [tf.Conv3DBackpropInputV2]: ofInputGradient(VOLUME),
  [tf.DepthwiseConv2dNative]: atAnyDilation(DEPTHWISE, { depthwise: true }),
  [tf.DepthwiseConv2dNativeBackpropFilter]: ofFilterGradient(DEPTHWISE),
  [tf.DepthwiseConv2dNativeBackpropInput]: ofInputGradient(DEPTHWISE),
} as const satisfies Record<string, ReplacedGradient>;
