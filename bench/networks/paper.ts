/**
 * The published encoder with a dense classifier.
 *
 * @module
 */
import { buildNetwork } from "../../src/models/architecture.ts";
import { forward } from "../../src/models/forward.ts";
import { namedWeights } from "../../src/models/weights.ts";
import type { NetworkDescription } from "./network.ts";

/** Samples in a window, at {@linkcode SAMPLE_RATE_HZ}. */
export const SAMPLES = 2560;

/** The rate of the windows. */
export const SAMPLE_RATE_HZ = 256;

const CLASSES = 7;

/** Six convolutions in three blocks, 337 million multiplications a window. Source: Sarkar and Etemad (2020), arXiv 2002.03898. */
export const paper: NetworkDescription = {
  about: "the published network, windows of 2560 samples",
  samples: SAMPLES,
  classes: CLASSES,
  pytorchForms: ["conv1d", "conv2d"],
  async build() {
    const { encoder, head } = await buildNetwork({
      encoder: { kind: "sarkar-cnn" },
      samples: SAMPLES,
      sampleRateHz: SAMPLE_RATE_HZ,
      head: { hidden: [128], dropout: 0, classes: CLASSES },
    });
    return {
      weights: { ...namedWeights(encoder), ...namedWeights(head) },
      logits(windows, { training }) {
        const features = forward(encoder, { rows: windows, training });
        return forward(head, { rows: features, training });
      },
    };
  },
};
