/**
 * What a transformation is: a window in, a changed window of the same length out.
 *
 * @module
 */
import type { Stream } from "../../random/stream.ts";

/** Changes a window, `[time]`, and leaves its argument alone; all that is random in it comes from the stream. */
export type Transformation<Parameters> = (
  window: Float32Array,
  parameters: Parameters,
  stream: Stream,
) => Float32Array;
