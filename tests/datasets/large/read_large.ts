/** Reads a large file in a process of its own; prints what was read and the most memory that the process had, in bytes. */
import { readTimed } from "../../../src/datasets/case/signals.ts";
import { readChest } from "../../../src/datasets/wesad/chest.ts";
import { caseSignals, wesadPickle } from "./made_files.ts";

const LARGE = {
  wesad() {
    // Two hours.
    const source = wesadPickle({ blocks: 720 }), { ecg, labels } = readChest(source, { subject: "S2" });
    return {
      size: source.size,
      samples: ecg.length,
      last: ecg[ecg.length - 1],
      label: Number(labels[labels.length - 1]),
    };
  },
  case() {
    const source = caseSignals({ rows: 2_450_000 });
    const [times, ecg] = readTimed(source, { columns: ["daqtime", "ecg", "video"], stepMs: 1 });
    return {
      size: source.size,
      samples: ecg.length,
      last: ecg[ecg.length - 1],
      time: times[times.length - 1],
    };
  },
};

const read = LARGE[Deno.args[0] as keyof typeof LARGE]();
const peak = /^VmHWM:\s*(\d+) kB$/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
await Deno.stdout.write(
  new TextEncoder().encode(JSON.stringify({ ...read, peakBytes: 1024 * Number(peak) })),
);
