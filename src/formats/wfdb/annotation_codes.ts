/**
 * The codes of WFDB annotations, with the symbols by which they are known.
 *
 * Source: the WFDB Applications Guide, appendix A, and `ecgcodes.h`.
 *
 * @module
 */

/** What a code stands for. */
export interface AnnotationCode {
  /** The symbol that is written for it. */
  readonly symbol: string;
  /** What it marks, in words. */
  readonly meaning: string;
  /** Whether it marks a heartbeat. */
  readonly beat?: true;
}

/** The codes that the format defines; 42 to 49 are for everybody's own use. */
export const ANNOTATION_CODES: Readonly<Record<number, AnnotationCode>> = {
  1: { symbol: "N", meaning: "normal beat", beat: true },
  2: { symbol: "L", meaning: "left bundle branch block beat", beat: true },
  3: { symbol: "R", meaning: "right bundle branch block beat", beat: true },
  4: { symbol: "a", meaning: "aberrated atrial premature beat", beat: true },
  5: { symbol: "V", meaning: "premature ventricular contraction", beat: true },
  6: { symbol: "F", meaning: "fusion of ventricular and normal beat", beat: true },
  7: { symbol: "J", meaning: "junctional premature beat", beat: true },
  8: { symbol: "A", meaning: "atrial premature beat", beat: true },
  9: { symbol: "S", meaning: "supraventricular premature or ectopic beat", beat: true },
  10: { symbol: "E", meaning: "ventricular escape beat", beat: true },
  11: { symbol: "j", meaning: "junctional escape beat", beat: true },
  12: { symbol: "/", meaning: "paced beat", beat: true },
  13: { symbol: "Q", meaning: "unclassifiable beat", beat: true },
  14: { symbol: "~", meaning: "change in signal quality" },
  16: { symbol: "|", meaning: "isolated QRS-like artifact" },
  18: { symbol: "s", meaning: "change of the ST segment" },
  19: { symbol: "T", meaning: "change of the T wave" },
  20: { symbol: "*", meaning: "systole" },
  21: { symbol: "D", meaning: "diastole" },
  22: { symbol: '"', meaning: "comment" },
  23: { symbol: "=", meaning: "measurement" },
  24: { symbol: "p", meaning: "peak of the P wave" },
  25: { symbol: "B", meaning: "left or right bundle branch block beat", beat: true },
  26: { symbol: "^", meaning: "non-conducted pacer spike" },
  27: { symbol: "t", meaning: "peak of the T wave" },
  28: { symbol: "+", meaning: "change of rhythm" },
  29: { symbol: "u", meaning: "peak of the U wave" },
  30: { symbol: "?", meaning: "beat that was not classified during learning", beat: true },
  31: { symbol: "!", meaning: "ventricular flutter wave" },
  32: { symbol: "[", meaning: "start of ventricular flutter or fibrillation" },
  33: { symbol: "]", meaning: "end of ventricular flutter or fibrillation" },
  34: { symbol: "e", meaning: "atrial escape beat", beat: true },
  35: { symbol: "n", meaning: "supraventricular escape beat", beat: true },
  36: { symbol: "@", meaning: "link to other data" },
  37: { symbol: "x", meaning: "non-conducted P wave" },
  38: { symbol: "f", meaning: "fusion of paced and normal beat", beat: true },
  39: { symbol: "(", meaning: "start of a wave" },
  40: { symbol: ")", meaning: "end of a wave" },
  41: { symbol: "r", meaning: "R-on-T premature ventricular contraction", beat: true },
};

const BEATS: ReadonlySet<string> = new Set(
  Object.values(ANNOTATION_CODES).filter(({ beat }) => beat).map(({ symbol }) => symbol),
);

/** The symbol of a code; `[42]` for one that the format doesn't define. */
export function symbolOf(code: number): string {
  return Object.hasOwn(ANNOTATION_CODES, code) ? ANNOTATION_CODES[code].symbol : `[${code}]`;
}

/**
 * Whether a symbol marks a heartbeat. Waves of ventricular flutter, `!`, are no beats.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["N", "V", "+", "!"].map(isBeat), [true, true, false, false]);
 * ```
 */
export function isBeat(symbol: string): boolean {
  return BEATS.has(symbol);
}
