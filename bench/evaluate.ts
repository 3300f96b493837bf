/**
 * Windows a second from recordings on disk to predictions, with the paper's network, beside ONNX Runtime alone on windows in memory.
 *
 * `deno run -A bench/evaluate.ts`; with `EINTHOVEN_DATA` on the MIT-BIH Arrhythmia Database, else on records that are made for it.
 *
 * @module
 */
import { join } from "node:path";
import { probabilities } from "../src/arms/save.ts";
import { isThere } from "../src/datasets/files.ts";
import type { DatasetSpecification } from "../src/datasets/table.ts";
import { buildNetwork } from "../src/models/architecture.ts";
import { initializeWeights } from "../src/models/initialize.ts";
import { namedWeights } from "../src/models/weights.ts";
import { exportOnnx } from "../src/onnx/files/export.ts";
import { openSession } from "../src/onnx/runtime/session.ts";
import { evaluate } from "../src/pipeline/evaluate/evaluate.ts";
import { type EvaluatedModel, inputOf, readModel } from "../src/pipeline/evaluate/model.ts";
import { openSessions } from "../src/pipeline/evaluate/sessions.ts";
import { stream } from "../src/random/stream.ts";
import { signalSchema } from "../src/signal/schema.ts";
import { writeDatabase } from "../tests/datasets/wfdb/write_database.ts";
import { SAMPLE_RATE_HZ, SAMPLES } from "./networks/paper.ts";
import { formatTable, print, tell } from "./table.ts";

const CLASSES = ["other", "ventricular"], BATCH = 64;
/** Batches that each session predicts when it is timed alone. */
const BATCHES_ALONE = 8;
const RATE_HZ = 360, MINUTES = 30, MADE_RECORDS = 8;
const QUICK_RECORDS = ["100", "101", "103", "105", "106", "108", "109", "111"];
/** What is promised: most of the time goes where it must. */
const LEAST_SHARE = 0.8;

/** One line of the table. */
export interface Row {
  /** What was timed. */
  readonly name: string;
  /** How many were predicted. */
  readonly windows: number;
  readonly windowsPerSecond: number;
  /** Time in ONNX Runtime as a share of the time of its sessions; 1 where there is nothing else. */
  readonly share: number;
}

/** Where the recordings are. */
interface Data {
  readonly name: string;
  readonly dataset: DatasetSpecification;
  readonly dataFolder: string;
}

/** Measures, prints a table and gives its rows. Throws RangeError when less than 0.8 of the time goes to ONNX Runtime. */
export async function run({ quick = false }: { quick?: boolean } = {}): Promise<Row[]> {
  const [load] = Deno.loadavg(), threads = navigator.hardwareConcurrency;
  const folder = await Deno.makeTempDir({ prefix: "einthoven-bench-" });
  try {
    const model = readModel(await paperModel(), { file: "paper.onnx" }), data = await findData(folder, quick);
    await tell(`${data.name}; ${threads} cores`);
    // In turns, so that what else the machine does falls on all of them.
    const before = await timeAlone(model, threads);
    const files = await timeFiles(model, { data, threads, output: folder });
    const after = await timeAlone(model, threads);
    const one = await timeOneSession(model, threads);
    const rows = [files, merge(before, after), one];
    await print([
      `Windows of 10 s at ${SAMPLE_RATE_HZ} Hz, the published network, batches of ${BATCH}; load before: ${
        load.toFixed(1)
      }`,
      ...formatTable([
        ["", "windows", "windows / s", "share of ONNX Runtime", "here / there"],
        ...rows.map(({ name, windows, windowsPerSecond, share }) => [
          name,
          `${windows}`,
          windowsPerSecond.toFixed(0),
          share.toFixed(3),
          (files.windowsPerSecond / windowsPerSecond).toFixed(2),
        ]),
      ]),
    ]);
    if (files.share < LEAST_SHARE) {
      throw new RangeError(
        `Cannot evaluate fast: at least ${LEAST_SHARE} of the time must go to ONNX Runtime, got ${
          files.share.toFixed(3)
        }`,
      );
    }
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The published network with first weights, as a run would write it. */
async function paperModel(): Promise<Uint8Array> {
  const signal = signalSchema.parse({ lead: "MLII", leadFallback: ["V5"] }),
    random = stream(1, "bench/evaluate");
  const network = await buildNetwork({
    encoder: { kind: "sarkar-cnn" },
    samples: SAMPLES,
    sampleRateHz: SAMPLE_RATE_HZ,
    head: { hidden: [64, 64], dropout: 0, classes: CLASSES.length },
  });
  initializeWeights(network.encoder, random.child("encoder"));
  initializeWeights(network.head, random.child("head"));
  return exportOnnx(({ windows }) => ({ probabilities: probabilities(network, windows) }), {
    inputs: { windows: [null, SAMPLES, 1] },
    weights: { ...namedWeights(network.encoder), ...namedWeights(network.head) },
    metadata: {
      arm: "supervised",
      dataset: "none",
      signal: JSON.stringify(signal),
      windowSamples: `${SAMPLES}`,
      normalization: JSON.stringify(signal.normalize),
      trainingSubjects: "[]",
      pretrainingDataset: "",
      pretrainingSubjects: "[]",
      classes: JSON.stringify(CLASSES),
    },
  });
}

async function findData(folder: string, quick: boolean): Promise<Data> {
  const dataFolder = Deno.env.get("EINTHOVEN_DATA");
  if (dataFolder !== undefined && await isThere(join(dataFolder, "mitdb"), "isDirectory")) {
    const dataset = { kind: "wfdb", path: "mitdb", ...quick ? { records: QUICK_RECORDS } : {} } as const;
    const records = quick ? `${QUICK_RECORDS.length}` : "all";
    return { name: `MIT-BIH Arrhythmia Database, ${records} records`, dataset, dataFolder };
  }
  await writeDatabase(join(folder, "made"), madeRecords());
  return {
    name: `${MADE_RECORDS} records of half an hour that were made`,
    dataset: { kind: "wfdb", path: "made" },
    dataFolder: folder,
  };
}

/** Two leads at the rate and in the format of the MIT-BIH database; the shape does not matter to the clock. */
function* madeRecords() {
  for (let record = 0; record < MADE_RECORDS; record++) {
    const samples = Array.from({ length: MINUTES * 60 * RATE_HZ }, (_, time) => {
      const phase = (time / RATE_HZ) % (0.7 + 0.1 * record) - 0.4;
      return Math.round(
        200 * Math.exp(-((phase / 0.012) ** 2)) + 80 * Math.sin(time / 251) + time * 7919 % 13,
      );
    });
    const signals = ["MLII", "V5"].map((name) => ({ name, samples }));
    yield { name: `r${record}`, rate: String(RATE_HZ), signals };
  }
}

/** From files to predictions: all that the command does but to start. */
async function timeFiles(
  model: EvaluatedModel,
  { data: { dataset, dataFolder }, threads, output }: { data: Data; threads: number; output: string },
): Promise<Row> {
  const { windows, performance: { windowsPerSecond, seconds, inferenceSeconds, sessions } } = await evaluate(
    { model, file: "paper.onnx", datasets: [dataset], files: [] },
    { context: { dataFolder }, output, batch: BATCH, threads, progress: () => {} },
  );
  return {
    name: "from files to predictions",
    windows,
    windowsPerSecond,
    share: inferenceSeconds / (sessions * seconds),
  };
}

/** The same sessions on the file as it is, fed with windows that are already there. */
async function timeAlone(model: EvaluatedModel, threads: number): Promise<Row> {
  const { name: input, rowShape } = inputOf(model);
  await using sessions = openSessions({
    model: model.bytes,
    input,
    rowShape,
    batch: BATCH,
    optimized: false,
  }, { threads });
  const predictAll = (rounds: number) =>
    Promise.all(Array.from({ length: rounds * threads }, () => sessions.predict(someWindows())));
  await predictAll(1);
  const start = performance.now(), replies = await predictAll(BATCHES_ALONE);
  const seconds = (performance.now() - start) / 1000, windows = replies.length * BATCH;
  const inference = replies.reduce((sum, reply) => sum + ("seconds" in reply ? reply.seconds : NaN), 0);
  return {
    name: `ONNX Runtime alone, ${sessions.count} sessions of 1 thread`,
    windows,
    windowsPerSecond: windows / seconds,
    share: inference / (sessions.count * seconds),
  };
}

/** One session with all threads, as it is mostly used. */
async function timeOneSession(model: EvaluatedModel, threads: number): Promise<Row> {
  const session = await openSession(model.bytes, { threads }), values = someWindows();
  const predict = () => session.run({ windows: { values, shape: [BATCH, SAMPLES, 1] } });
  await predict();
  const start = performance.now(), rounds = BATCHES_ALONE * threads;
  for (let round = 0; round < rounds; round++) await predict();
  const seconds = (performance.now() - start) / 1000, windows = rounds * BATCH;
  await session.dispose();
  return {
    name: `ONNX Runtime alone, 1 session of ${threads} threads`,
    windows,
    windowsPerSecond: windows / seconds,
    share: 1,
  };
}

function someWindows(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: BATCH * SAMPLES }, (_, index) => Math.sin(index / 17));
}

function merge(one: Row, other: Row): Row {
  const windows = one.windows + other.windows;
  return {
    name: one.name,
    windows,
    windowsPerSecond: windows / (one.windows / one.windowsPerSecond + other.windows / other.windowsPerSecond),
    share: (one.share + other.share) / 2,
  };
}

if (import.meta.main) await run();
