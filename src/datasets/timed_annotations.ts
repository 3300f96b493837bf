/**
 * The marks of a recording by their time.
 *
 * @module
 */
import type { TimedAnnotation } from "../formats/window_table.ts";
import type { Recording } from "./dataset.ts";

/**
 * The marks of a recording in seconds, `sample / rate`, in whose own rate nothing else of its windows counts; none where it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const annotations = [{ sample: 180, symbol: "V", text: "" }];
 * assert.deepEqual(timedAnnotations({ sampleRateHz: 360, annotations }), [{ seconds: 0.5, symbol: "V", text: "" }]);
 * ```
 */
export function timedAnnotations(
  { sampleRateHz, annotations = [] }: Pick<Recording, "sampleRateHz" | "annotations">,
): TimedAnnotation[] {
  return annotations.map(({ sample, symbol, text }) => ({ seconds: sample / sampleRateHz, symbol, text }));
}
