/**
 * Preparing recordings (resampled, filtered, scaled, cut into windows), here and in SciPy, in turns.
 *
 * `EINTHOVEN_DATA=folder deno run -A bench/signal.ts`: all records of the folder's `mitdb`, or half an hour of made signal where there are
 * none; `PYTHON` names the interpreter that has SciPy.
 *
 * @module
 */
import { join } from "node:path";
import { isThere } from "../src/datasets/files.ts";
import { prepareSignal } from "../src/signal/chain.ts";
import { statistics, zScore } from "../src/signal/normalize.ts";
import { windows } from "../src/signal/window.ts";
import { MITDB_RECORDS, readMitdb } from "../tests/signal/beats/annotated_records.ts";
import { openPeer, type Peer, scriptPath } from "./peer.ts";
import { formatTable, median, print } from "./table.ts";

const FROM_HZ = 360, TO_HZ = 256, MINUTES = 30, TRIM = 0.05, SECONDS = 10;
const HIGHPASS = { cutoffHz: 0.8, order: 2 };
const STAGES = ["resample and high-pass", "z-score", `windows of ${SECONDS} s`];
/** Turns of each recording, and turns before that do not count: with all of mitdb a turn is repeated often enough. */
const TURNS = { mitdb: { rounds: 5, warmUp: 1 }, made: { rounds: 15, warmUp: 3 } } as const;

/** One line of the table. */
export interface Row {
  /** What was timed. */
  readonly stage: string;
  /** The sum over recordings of medians in milliseconds. */
  readonly hereMs: number;
  /** SciPy's; absent where there is no SciPy. */
  readonly scipyMs?: number;
}

interface Signals {
  readonly about: string;
  readonly kind: keyof typeof TURNS;
  readonly samples: readonly Float64Array[];
}

/** Measures every stage, prints a table and gives its rows, the last one of all stages together. */
export async function run(): Promise<Row[]> {
  const { about, kind, samples } = await signalsToPrepare(), { rounds, warmUp } = TURNS[kind];
  const folder = await Deno.makeTempDir();
  try {
    const peer = await openScipy(samples, folder);
    const here = samples.map((): number[][] => []), there = samples.map((): number[][] => []);
    for (let round = -warmUp; round < rounds; round++) {
      for (const [index, signal] of samples.entries()) {
        const times = prepareHere(signal).times, peerTimes = (await peer?.turn())?.values;
        if (round < 0) continue;
        here[index].push(times);
        if (peerTimes) there[index].push([...peerTimes]);
      }
    }
    const difference = peer && await largestDifference(samples, folder);
    await peer?.close();
    const rows = [...STAGES, "all"].map((stage, index): Row => {
      const timeOf = (times: number[]) => times[index] ?? times.reduce((a, b) => a + b);
      const total = (turns: number[][][]) =>
        turns.map((times) => median(times.map(timeOf))).reduce((a, b) => a + b);
      return { stage, hereMs: total(here), scipyMs: peer && total(there) };
    });
    await show(rows, {
      about,
      rounds,
      scipy: peer && difference !== undefined ? { peer, difference } : undefined,
    });
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The first leads of all records of mitdb, or what stands for one of them. */
async function signalsToPrepare(): Promise<Signals> {
  const dataFolder = Deno.env.get("EINTHOVEN_DATA"), names = Object.values(MITDB_RECORDS).flat().sort();
  if (dataFolder === undefined || !await isThere(join(dataFolder, "mitdb"), "isDirectory")) {
    return { about: `${MINUTES} minutes of made signal`, kind: "made", samples: [heartbeats()] };
  }
  const samples = names.map((name) => readMitdb(dataFolder, name).samples);
  return { about: `all ${names.length} records of mitdb, first lead`, kind: "mitdb", samples };
}

/** Spikes, drift and offset, the same numbers on every run. */
function heartbeats(): Float64Array {
  return Float64Array.from({ length: MINUTES * 60 * FROM_HZ }, (_, time) => {
    const seconds = time / FROM_HZ, phase = (seconds % 0.8) - 0.4;
    const jitter = (time * 7919 % 1009) / 1009 - 0.5;
    return 3.7 + 0.4 * Math.sin(2 * Math.PI * 0.23 * seconds) + Math.exp(-((phase / 0.012) ** 2)) +
      0.02 * jitter;
  });
}

function prepareHere(samples: Float64Array): { scores: Float64Array; times: number[] } {
  const moments = [performance.now()];
  const prepared = prepareSignal(samples, { sampleRateHz: FROM_HZ, resampleHz: TO_HZ, highpass: HIGHPASS });
  moments.push(performance.now());
  const scores = zScore(prepared, statistics(prepared, { trim: TRIM }));
  moments.push(performance.now());
  const length = SECONDS * TO_HZ, rows = new Float32Array(Math.floor(scores.length / length) * length);
  for (const { start, samples } of windows(scores, { length, stride: length })) rows.set(samples, start);
  moments.push(performance.now());
  return { scores, times: STAGES.map((_, index) => moments[index + 1] - moments[index]) };
}

/** SciPy in a process of its own, whose turns go from recording to recording; the values of a turn are the milliseconds of its stages. */
async function openScipy(samples: readonly Float64Array[], folder: string): Promise<Peer | undefined> {
  const python = Deno.env.get("PYTHON") ?? "/usr/bin/python3";
  if (!await hasScipy(python)) return undefined;
  for (const [index, signal] of samples.entries()) {
    await Deno.writeFile(join(folder, `${index}.f64`), new Uint8Array(signal.slice().buffer));
  }
  const parameters = [FROM_HZ, TO_HZ, HIGHPASS.cutoffHz, HIGHPASS.order, TRIM, SECONDS].map(String);
  return await openPeer(python, { args: [scriptPath("peers/scipy_signal.py"), ...parameters], line: folder });
}

async function hasScipy(python: string): Promise<boolean> {
  const check = new Deno.Command(python, {
    args: ["-c", "import scipy.signal"],
    stdout: "null",
    stderr: "null",
  });
  try {
    return (await check.output()).success;
  } catch (error) {
    // No such interpreter; anything else is not for a benchmark to hide.
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The largest difference of a z-score from the one that SciPy wrote when it began. */
async function largestDifference(samples: readonly Float64Array[], folder: string): Promise<number> {
  let largest = 0;
  for (const [index, signal] of samples.entries()) {
    const { scores } = prepareHere(signal);
    const expected = new Float64Array((await Deno.readFile(join(folder, `${index}.scores`))).buffer);
    if (scores.length !== expected.length) {
      throw new RangeError(`Cannot compare: lengths must agree, got ${scores.length} and ${expected.length}`);
    }
    largest = scores.reduce((most, value, time) => Math.max(most, Math.abs(value - expected[time])), largest);
  }
  return largest;
}

async function show(
  rows: readonly Row[],
  { about, rounds, scipy }: {
    readonly about: string;
    readonly rounds: number;
    readonly scipy?: { readonly peer: Peer; readonly difference: number };
  },
): Promise<void> {
  const cells = rows.map(({ stage, hereMs, scipyMs }) => [
    stage,
    hereMs.toFixed(1),
    scipyMs === undefined ? "missing" : scipyMs.toFixed(1),
    scipyMs === undefined ? "" : (hereMs / scipyMs).toFixed(2),
  ]);
  await print([
    `${about}, from ${FROM_HZ} to ${TO_HZ} Hz, high-pass ${HIGHPASS.cutoffHz} Hz; medians of ${rounds} in turns`,
    ...formatTable([
      ["stage", "here ms", scipy ? `${scipy.peer.about} ms` : "SciPy", "here / SciPy"],
      ...cells,
    ]),
    scipy
      ? `largest difference of a z-score: ${scipy.difference.toExponential(1)}`
      : "SciPy is missing: nothing to compare with",
  ]);
}

if (import.meta.main) await run();
