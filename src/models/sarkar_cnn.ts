/**
 * The encoder `sarkar-cnn`: the network of Sarkar and Etemad, exactly.
 *
 * @module
 */
import { cnn } from "./cnn.ts";
import { PUBLISHED } from "./cnn_schema.ts";
import type { Encoder } from "./encoder.ts";

const SAMPLES = 2560;
const SAMPLE_RATE_HZ = 256;

/**
 * The published encoder: 10 s at 256 Hz to 128 features, 329,152 parameters, no batch normalisation.
 *
 * `build` throws RangeError for windows of another length or rate: the kernels are counted in samples, so on them
 * it would be another network.
 *
 * Source: Sarkar and Etemad, "Self-supervised ECG representation learning for emotion recognition" (2020), arXiv 2002.03898,
 * and the authors' code.
 */
export const sarkarCnn: Encoder<unknown> = {
  build(_parameters, shape) {
    if (shape.samples !== SAMPLES || shape.sampleRateHz !== SAMPLE_RATE_HZ) {
      throw new RangeError(
        `Cannot build sarkar-cnn: it reads windows of ${SAMPLES} samples at ${SAMPLE_RATE_HZ} Hz (use cnn for others), ` +
          `got ${shape.samples} samples at ${shape.sampleRateHz} Hz`,
      );
    }
    return cnn.build(PUBLISHED, shape);
  },
};
