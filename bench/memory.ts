/**
 * The memory of a pretraining step at the published batch: 128 windows, 896 rows, in micro-batches.
 *
 * `deno run -A bench/memory.ts`.
 *
 * @module
 */
import { denoScript, openPeer, type Turn } from "./peer.ts";
import { formatTable, megabytes, print, tell } from "./table.ts";

const WINDOWS = 128, MICRO_BATCH = 64, THREADS = 1, STEPS = 3;
/** A laptop of 8 GB has it to spare. */
const LIMIT_BYTES = 3e9;

/** Takes a few steps, prints a table and gives them. Throws RangeError when the peak is not below 3 GB. */
export async function run(): Promise<Turn[]> {
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

if (import.meta.main) await run();
