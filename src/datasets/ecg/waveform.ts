/**
 * The electrocardiogram of given beats: one Gaussian for each of P, Q, R, S and T.
 *
 * @module
 */

/** What to cite for the model. */
export const WAVEFORM_CITATION =
  "McSharry PE, Clifford GD, Tarassenko L, Smith LA. A dynamical model for generating synthetic " +
  "electrocardiogram signals. IEEE Trans Biomed Eng 2003;50(3):289-294. doi:10.1109/TBME.2003.808805";

/** One Gaussian of a beat. */
export interface Wave {
  /** Its centre after the R peak, in seconds; of T at an interval of 1 s. */
  readonly seconds: number;
  /** Its height, below 0 for Q and S. */
  readonly millivolts: number;
  /** Its standard deviation, in seconds; of T at an interval of 1 s. */
  readonly widthSeconds: number;
}

/** The waves of a beat. */
export type WaveName = "P" | "Q" | "R" | "S" | "T";
/** The waves of one electrode placement on one person. */
export type WaveShape = Readonly<Record<WaveName, Wave>>;

/**
 * The waves of an average adult in lead II: PR interval 0.15 s, QRS duration 0.09 s, QTc 0.38 s, R 1.1 mV
 * (normal limits: Rautaharju et al. 2009; Surawicz et al. 2009). McSharry et al. 2003, table I, puts Q and S
 * further out, which gives a QRS of 0.15 s.
 */
export const AVERAGE_SHAPE: WaveShape = {
  P: { seconds: -0.155, millivolts: 0.13, widthSeconds: 0.02 },
  Q: { seconds: -0.026, millivolts: -0.12, widthSeconds: 0.008 },
  R: { seconds: 0, millivolts: 1.1, widthSeconds: 0.0105 },
  S: { seconds: 0.028, millivolts: -0.25, widthSeconds: 0.009 },
  T: { seconds: 0.25, millivolts: 0.28, widthSeconds: 0.045 },
};

/** Beyond this many deviations a wave has ended: less than 4e-6 of it is left. */
const REACH = 5;

/**
 * The electrocardiogram in mV, `[seconds * sampleRateHz]`, of beats with R peaks at `beats` (seconds,
 * ascending).
 *
 *     z(t) = sum over beats and waves of a_i exp(-(theta - theta_i)^2 / (2 b_i^2)),
 *     theta = 2 pi (t - beat) / interval,
 *     theta_i = 2 pi seconds_i / interval,  b_i = 2 pi width_i / interval
 *
 * This is the model of McSharry et al. 2003, equation 1, in closed form: on the limit cycle, theta grows
 * evenly, and the integral of dz/dt = -sum a'_i (theta - theta_i) exp(-(theta - theta_i)^2 / (2 b_i^2)) is z
 * with a_i = a'_i b_i^2 / omega. The pull towards the baseline, -(z - z0), is left out; wander of the
 * baseline is added elsewhere.
 *
 * P, Q, R and S keep their times at every heart rate. The time and width of T grow with the square root of
 * the preceding interval, for every person and label: from R to the end of T passes a constant times sqrt(RR)
 * (Bazett 1920).
 *
 * The first beat has no preceding interval and is not drawn.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const ecg = waveform([-0.5, 0.5], AVERAGE_SHAPE, { sampleRateHz: 100, seconds: 1 });
 * assert.equal(ecg.indexOf(Math.max(...ecg)), 50);
 * ```
 */
export function waveform(
  beats: ArrayLike<number>,
  shape: WaveShape,
  { sampleRateHz, seconds }: { sampleRateHz: number; seconds: number },
): Float64Array {
  const ecg = new Float64Array(Math.round(seconds * sampleRateHz));
  const waves: [Wave, followsRate: boolean][] = [
    [shape.P, false],
    [shape.Q, false],
    [shape.R, false],
    [shape.S, false],
    [shape.T, true],
  ];
  for (let beat = 1; beat < beats.length; beat++) {
    const bazett = Math.sqrt(beats[beat] - beats[beat - 1]);
    for (const [wave, followsRate] of waves) {
      const stretch = followsRate ? bazett : 1;
      const center = (beats[beat] + wave.seconds * stretch) * sampleRateHz;
      const width = wave.widthSeconds * stretch * sampleRateHz;
      const first = Math.max(0, Math.ceil(center - REACH * width));
      const last = Math.min(ecg.length - 1, Math.floor(center + REACH * width));
      for (let sample = first; sample <= last; sample++) {
        ecg[sample] += wave.millivolts * Math.exp(-(((sample - center) / width) ** 2) / 2);
      }
    }
  }
  return ecg;
}
