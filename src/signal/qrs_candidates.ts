/**
 * Where in an ECG a beat could be: the maxima of energy in the band of the QRS complex.
 *
 * @module
 */
import { butterworthHighpass, butterworthLowpass, type SecondOrderSection } from "./butterworth.ts";
import { movingMean, movingMedian } from "./moving.ts";

/** The pass-band, which holds most of a QRS complex, premature ventricular ones included, and little of P and T waves. */
const BAND = { fromHz: 6, toHz: 25 } as const;
/** Over how long energy is averaged, about one QRS complex. */
const ENERGY_SECONDS = 0.08;
/** Of maxima that are nearer to each other than this, the larger one is kept. */
const SEPARATION_SECONDS = 0.15;
/** A piece of signal this long holds a beat unless the heart is slower than 40 beats a minute or pauses. */
const PIECE_SECONDS = 1.5;
/** Pieces on either side that say how strong beats are around here; the median forgives pauses and artefacts. */
const PIECES = 5;
/** Maxima below this share of what beats have around here are nothing, and below the second of what they have on the whole. */
const LEAST_SHARES = { here: 0.1, overall: 0.05 } as const;

/** Possible beats in the order of time. */
export interface QrsCandidates {
  /** Positions of the samples with the most energy, `[candidates]`. */
  readonly positions: Int32Array;
  /** Root of the mean energy there, in the unit of the signal, `[candidates]`. */
  readonly strengths: Float64Array;
  /** The strength that beats have around there, by a first guess, `[candidates]`. */
  readonly levels: Float64Array;
}

/** The filter that leaves the band of the QRS complex, 6 to 25 Hz (half power in one pass). */
export function qrsBand({ sampleRateHz }: { sampleRateHz: number }): SecondOrderSection[] {
  return [
    ...butterworthHighpass({ order: 2, cutoffHz: BAND.fromHz, sampleRateHz }),
    ...butterworthLowpass({ order: 2, cutoffHz: BAND.toHz, sampleRateHz }),
  ];
}

/**
 * The maxima of the mean energy over 80 ms, e = y^2 + (y' / (2 pi f))^2 with f the geometric mean of the band's ends.
 *
 * The second term is as large as the first, and largest where that is zero, so that a complex of several waves is one hill.
 * Takes the signal as {@link qrsBand} leaves it, `[time]`. The sign of the signal makes no difference.
 */
export function qrsCandidates(
  filtered: Float64Array,
  { sampleRateHz }: { sampleRateHz: number },
): QrsCandidates {
  const energies = movingMean(energiesOf(filtered, { sampleRateHz }), {
    halfWidth: Math.round(ENERGY_SECONDS * sampleRateHz / 2),
  });
  const pieceLength = Math.round(PIECE_SECONDS * sampleRateHz);
  const largest = largestOfPieces(energies, pieceLength);
  const around = movingMedian(largest, { halfWidth: PIECES });
  const overall = largest.toSorted()[largest.length >> 1];
  const levelAt = (position: number) => around[pieceOf(position, { pieceLength, pieces: around.length })];
  const positions = Int32Array.from(
    separateMaxima(energies, Math.round(SEPARATION_SECONDS * sampleRateHz)).filter((position) =>
      energies[position] > LEAST_SHARES.here ** 2 * levelAt(position) &&
      energies[position] > LEAST_SHARES.overall ** 2 * overall
    ),
  );
  return {
    positions,
    strengths: Float64Array.from(positions, (position) => Math.sqrt(energies[position])),
    levels: Float64Array.from(positions, (position) => Math.sqrt(levelAt(position))),
  };
}

function energiesOf(filtered: Float64Array, { sampleRateHz }: { sampleRateHz: number }): Float64Array {
  const energies = new Float64Array(filtered.length), last = filtered.length - 1;
  const scale = sampleRateHz / 2 / (2 * Math.PI * Math.sqrt(BAND.fromHz * BAND.toHz));
  for (let time = 0; time <= last; time++) {
    const slope = (filtered[Math.min(time + 1, last)] - filtered[Math.max(time - 1, 0)]) * scale;
    energies[time] = filtered[time] * filtered[time] + slope * slope;
  }
  return energies;
}

/** The piece that a sample lies in; what is left at the end belongs to the last one. */
function pieceOf(
  position: number,
  { pieceLength, pieces }: { pieceLength: number; pieces: number },
): number {
  return Math.min(pieces - 1, Math.floor(position / pieceLength));
}

/** The largest value of each piece. */
function largestOfPieces(energies: Float64Array, pieceLength: number): Float64Array {
  const largest = new Float64Array(Math.max(1, Math.floor(energies.length / pieceLength)));
  for (let time = 0; time < energies.length; time++) {
    const piece = pieceOf(time, { pieceLength, pieces: largest.length });
    if (energies[time] > largest[piece]) largest[piece] = energies[time];
  }
  return largest;
}

function separateMaxima(values: Float64Array, separation: number): number[] {
  const maxima: number[] = [];
  for (let time = 1; time < values.length - 1; time++) {
    if (values[time] <= values[time - 1] || values[time] < values[time + 1]) continue;
    const before = maxima.at(-1);
    if (before === undefined || time - before >= separation) maxima.push(time);
    else if (values[time] > values[before]) maxima[maxima.length - 1] = time;
  }
  return maxima;
}
