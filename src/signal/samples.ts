/**
 * What counts as a stretch of signal.
 *
 * @module
 */

/** Equally spaced samples of one lead, `[time]`. Functions here compute in float64 whatever they are given. */
export type Samples = Float32Array | Float64Array;
