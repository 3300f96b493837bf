/**
 * Preparing half an hour of signal, here and in SciPy, in turns.
 *
 * `deno run -A bench/signal.ts`; `PYTHON` names the interpreter that has SciPy.
 *
 * @module
 */
import { prepareSignal } from "../src/signal/chain.ts";
import { statistics, zScore } from "../src/signal/normalize.ts";
import { median } from "./table.ts";

const FROM_HZ = 360, TO_HZ = 256, MINUTES = 30, TRIM = 0.05, ROUNDS = 15, WARM_UP = 3;
const HIGHPASS = { cutoffHz: 0.8, order: 2 };
const STAGES = ["resample and high-pass", "z-score"];

/** One line of the table. */
export interface Row {
  /** What was timed. */
  readonly stage: string;
  /** Median in milliseconds. */
  readonly hereMs: number;
  /** SciPy's; absent where there is no SciPy. */
  readonly scipyMs?: number;
}

/** Measures every stage, prints a table and gives its rows, the last one of all stages together. */
export async function run(): Promise<Row[]> {
  const samples = heartbeats();
  const peer = await openScipy(samples);
  const here: number[][] = [], there: number[][] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const { times } = prepareHere(samples), peerTimes = await peer?.prepare();
    if (round < 0) continue;
    here.push(times);
    if (peerTimes) there.push(peerTimes);
  }
  await peer?.close();
  const rows = [...STAGES, "both"].map((stage, index): Row => {
    const timeOf = (times: number[]) => times[index] ?? times.reduce((a, b) => a + b);
    return { stage, hereMs: median(here.map(timeOf)), scipyMs: peer && median(there.map(timeOf)) };
  });
  await print(
    rows,
    peer &&
      { version: peer.version, difference: largestDifference(prepareHere(samples).scores, peer.scores) },
  );
  return rows;
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
  const start = performance.now();
  const prepared = prepareSignal(samples, { sampleRateHz: FROM_HZ, resampleHz: TO_HZ, highpass: HIGHPASS });
  const middle = performance.now();
  const scores = zScore(prepared, statistics(prepared, { trim: TRIM }));
  return { scores, times: [middle - start, performance.now() - middle] };
}

/** SciPy in a process of its own, which answers a line with a line. */
interface Scipy {
  readonly version: string;
  readonly scores: Float64Array;
  prepare(): Promise<number[]>;
  close(): Promise<void>;
}

async function openScipy(samples: Float64Array): Promise<Scipy | undefined> {
  const python = Deno.env.get("PYTHON") ?? "/usr/bin/python3";
  if (!await hasScipy(python)) return undefined;
  const folder = await Deno.makeTempDir();
  const path = `${folder}/samples.f64`;
  await Deno.writeFile(path, new Uint8Array(samples.slice().buffer));
  const script = new URL("./peers/scipy_signal.py", import.meta.url).pathname;
  const parameters = [FROM_HZ, TO_HZ, HIGHPASS.cutoffHz, HIGHPASS.order, TRIM].map(String);
  const child = new Deno.Command(python, { args: [script, ...parameters], stdin: "piped", stdout: "piped" })
    .spawn();
  const input = child.stdin.getWriter(),
    output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const ask = async (line: string): Promise<string> => {
    await input.write(new TextEncoder().encode(`${line}\n`));
    let answer = "";
    while (!answer.endsWith("\n")) {
      const { value, done } = await output.read();
      if (done) throw new Error(`Cannot measure SciPy: it must answer a line, got its end after "${answer}"`);
      answer += value;
    }
    return answer.trim();
  };
  const version = await ask(path);
  const scores = new Float64Array((await Deno.readFile(`${path}.scores`)).buffer);
  return {
    version,
    scores,
    prepare: async () => (await ask("again")).split(" ").map(Number),
    close: async () => {
      await input.close();
      await output.cancel();
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
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

function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot compare: lengths must agree, got ${a.length} and ${b.length}`);
  }
  return a.reduce((largest, value, time) => Math.max(largest, Math.abs(value - b[time])), 0);
}

async function print(rows: readonly Row[], scipy: { version: string; difference: number } | undefined) {
  const cells = rows.map(({ stage, hereMs, scipyMs }) => [
    stage,
    hereMs.toFixed(1),
    scipyMs === undefined ? "missing" : scipyMs.toFixed(1),
    scipyMs === undefined ? "" : (hereMs / scipyMs).toFixed(2),
  ]);
  const table = [
    ["stage", "here ms", scipy ? `SciPy ${scipy.version} ms` : "SciPy", "here / SciPy"],
    ...cells,
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
      .join("  ").trimEnd()
  );
  const text = [
    `${MINUTES} minutes from ${FROM_HZ} to ${TO_HZ} Hz, high-pass ${HIGHPASS.cutoffHz} Hz, medians of ${ROUNDS} in turns`,
    ...lines,
    scipy
      ? `largest difference of a z-score: ${scipy.difference.toExponential(1)}`
      : "SciPy is missing: nothing to compare with",
  ].join("\n");
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

if (import.meta.main) await run();
