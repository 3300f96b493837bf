/** Writes a folder of EDF+ files: electrocardiograms of single pulses, at the rate that a condition has, and breathing. */
import { join } from "node:path";
import { edfSchema } from "../../../src/datasets/edf/schema.ts";
import { edf } from "../../../src/datasets/edf/source.ts";
import type { Dataset } from "../../../src/datasets/dataset.ts";
import { edfBytes } from "../../formats/edf/write_edf.ts";

const RATE_HZ = 100;

/** Stored samples of a pulse of some 1 mV at every beat, its height told by the rate, with the noise of the converter's lowest bits. */
function pulses({ seconds, bpm }: { seconds: number; bpm: number }): number[] {
  const interval = Math.round(60 / bpm * RATE_HZ);
  return Array.from({ length: seconds * RATE_HZ }, (_, index) => {
    const phase = (index + 50) % interval;
    return (phase < 4 ? [300, 1000 + bpm, 500, -200][phase] : 0) + index * 7919 % 13;
  });
}

/** The file of one recording. */
export function recordingBytes(
  { seconds, bpm, patient }: { seconds: number; bpm: number; patient?: string },
): Uint8Array {
  return edfBytes({
    kind: "EDF+C",
    patient,
    signals: [
      {
        name: "ECG",
        unit: "mV",
        perRecord: RATE_HZ,
        samples: pulses({ seconds, bpm }),
        range: [-3.2768, 3.2767, -32768, 32767],
      },
      {
        name: "Resp",
        unit: "%",
        perRecord: 10,
        samples: Array.from({ length: 10 * seconds }, (_, index) => index % 40),
      },
    ],
    annotations: [[{ onset: 0.5, duration: 2, texts: ["start of task"] }]],
  });
}

/** People with a slow and a fast recording each, `<person>_<stimulus>.edf`, and `labels.csv`. */
export async function writeEdfFolder(folder: string, { people }: { people: number }): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const rows = ["subject,stimulus,condition,arousal"];
  for (let person = 1; person <= people; person++) {
    const tasks = [["rest", 60 + person, 2], ["stress", 90 + person, 7]] as const;
    for (const [stimulus, bpm, arousal] of tasks) {
      await Deno.writeFile(join(folder, `p${person}_${stimulus}.edf`), recordingBytes({ seconds: 10, bpm }));
      rows.push(`p${person},${stimulus},${stimulus},${arousal}`);
    }
  }
  await Deno.writeTextFile(join(folder, "labels.csv"), rows.join("\n") + "\n");
}

/** Opens a folder with what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return edf.open(edfSchema.parse({ path: "mine", ...parameters }), { dataFolder });
}

export function identity(parameters: Record<string, unknown>, dataFolder: string): Promise<unknown> {
  return edf.identity(edfSchema.parse({ path: "mine", ...parameters }), { dataFolder });
}
