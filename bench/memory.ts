/**
 * Memory: of a pretraining step at the published batch (128 windows, 896 rows, in micro-batches), and whether it grows with steps or
 * operations.
 *
 * `deno run -A bench/memory.ts`.
 *
 * @module
 */
import { type Growth, growthOfOperations, growthOfSteps, TOLERANCE } from "./growth.ts";
import { denoScript, openPeer, type Turn } from "./peer.ts";
import { formatTable, megabytes, print, tell } from "./table.ts";

const WINDOWS = 128, MICRO_BATCH = 64, THREADS = 1, STEPS = 3;
/** A laptop of 8 GB has it to spare. */
const LIMIT_BYTES = 3e9;

/** Measures, prints tables and gives what it found. Throws RangeError when a peak is not below 3 GB, or memory grows by 15 %. */
export async function run(): Promise<{ steps: Turn[]; growth: Growth[] }> {
  const steps = await measurePretraining();
  await tell("1,000 training steps, and 10,000 operations: some minutes");
  const growth = [await growthOfSteps(), await growthOfOperations()];
  await print([
    "",
    "resident memory of one process",
    ...formatTable([
      ["", "after", "MB", "after", "MB", "grown by", "peak MB"],
      ...growth.map(({ name, counts, bytes, peakBytes }) => [
        name,
        ...counts.flatMap((count, index) => [`${count}`, megabytes(bytes[index])]),
        `${(100 * shareOf(bytes)).toFixed(1)} %`,
        megabytes(peakBytes),
      ]),
    ]),
    `limit: ${100 * TOLERANCE} %`,
  ]);
  const grown = growth.find(({ bytes }) => !(shareOf(bytes) < TOLERANCE));
  if (grown !== undefined) {
    throw new RangeError(
      `Cannot run on and on in the same memory: ${grown.name} must not take more than ${
        100 * TOLERANCE
      } % more, ` +
        `got ${(100 * shareOf(grown.bytes)).toFixed(1)} %`,
    );
  }
  return { steps, growth };
}

async function measurePretraining(): Promise<Turn[]> {
  await tell(`${STEPS} steps of ${WINDOWS} windows, micro-batches of ${MICRO_BATCH} rows`);
  const { program, args } = denoScript("peers/onnx_pretext.ts");
  const peer = await openPeer(program, {
    args: [...args, `${THREADS}`, `${WINDOWS}`, `${MICRO_BATCH}`],
    line: "",
  });
  const rows: Turn[] = [];
  try {
    while (rows.length < STEPS) rows.push(await peer.turn());
  } finally {
    await peer.close();
  }
  await print([
    `pretraining at the published batch of ${WINDOWS} windows, micro-batches of ${MICRO_BATCH} rows, ${THREADS} thread`,
    ...formatTable([
      ["step", "ms", "loss", "peak MB"],
      ...rows.map(({ ms, values: [loss], peakBytes }, step) => [
        `${step + 1}`,
        ms.toFixed(0),
        loss.toFixed(4),
        megabytes(peakBytes),
      ]),
    ]),
    peer.about,
    `limit: ${megabytes(LIMIT_BYTES)} MB`,
  ]);
  const { peakBytes: peak } = rows[rows.length - 1];
  if (peak >= LIMIT_BYTES) {
    throw new RangeError(
      `Cannot pretrain in little memory: the peak must stay below ${megabytes(LIMIT_BYTES)} MB, got ${
        megabytes(peak)
      } MB`,
    );
  }
  return rows;
}

function shareOf([first, last]: Growth["bytes"]): number {
  return last / first - 1;
}

if (import.meta.main) await run();
