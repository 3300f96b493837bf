/**
 * Beat times as text: a sample number in every line.
 *
 * @module
 */

/** What lies outside is no interval between two beats of a person at rest or at a task: a beat was missed, or one is none. */
const INTERVAL_SECONDS = { shortest: 0.25, longest: 3 };

/**
 * The beats' times in seconds, ascending; sample 0 is time 0.
 *
 * Nothing is repaired. Throws, with file and line, SyntaxError for a line that is no whole number from 0; RangeError for numbers
 * that don't increase, an interval outside 0.25 to 3 s, a first beat later than 3 s, and fewer than two beats.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(readBeats("100\n300\n525\n", { file: "beats.tsv", sampleRateHz: 250 }), Float64Array.of(0.4, 1.2, 2.1));
 * ```
 */
export function readBeats(
  text: string,
  { file, sampleRateHz }: { file: string; sampleRateHz: number },
): Float64Array {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const { shortest, longest } = INTERVAL_SECONDS;
  const samples: number[] = [];
  for (const [index, line] of lines.entries()) {
    const place = `${file}: Cannot read line ${index + 1}`;
    if (!/^\d+$/.test(line.trim())) {
      throw new SyntaxError(`${place}: it must be a sample number, got ${JSON.stringify(line)}`);
    }
    const sample = Number(line), before = samples.at(-1);
    if (before !== undefined && sample <= before) {
      throw new RangeError(`${place}: sample numbers must increase, got ${sample} after ${before}`);
    }
    const seconds = (sample - (before ?? 0)) / sampleRateHz;
    if (before === undefined && seconds > longest) {
      throw new RangeError(
        `${place}: the first beat must come within ${longest} s of sample 0, got ${seconds} s at ${sampleRateHz} Hz`,
      );
    }
    if (before !== undefined && !(seconds >= shortest && seconds <= longest)) {
      throw new RangeError(
        `${place}: it must come ${shortest} to ${longest} s after the beat before, got ${seconds} s at ${sampleRateHz} Hz`,
      );
    }
    samples.push(sample);
  }
  if (samples.length < 2) {
    throw new RangeError(
      `${file}: Cannot take the beat times: there must be at least two, got ${samples.length}`,
    );
  }
  return Float64Array.from(samples, (sample) => sample / sampleRateHz);
}
