/** A small WESAD: the same files, conditions of some seconds, faster hearts under stress. */
import { join } from "node:path";
import { AVERAGE_SHAPE, waveform } from "../../../src/datasets/ecg/waveform.ts";
import { openDataset } from "../../../src/datasets/table.ts";
import { writeOpenSignals } from "../../formats/write_open_signals.ts";
import { writePickle, type Written } from "../../formats/pickle/write_pickle.ts";

export const SAMPLE_RATE_HZ = 700;

/** The conditions by their label and their name in the questionnaire, in the order of one version of the study. */
const ORDER = [[1, "Base"], [2, "TSST"], [4, "Medi 1"], [3, "Fun"], [4, "Medi 2"]] as const;
/** Beats a minute by label. */
const RATES: Readonly<Record<number, number>> = { 1: 66, 2: 96, 3: 72, 4: 60 };

/** What a person's files hold; whatever is given replaces what is written by default. */
export interface Fixture {
  /** Seconds of each stretch. */
  readonly seconds?: number;
  readonly protocol?: 0 | 2;
  /** Beats a minute that this person's heart is faster. */
  readonly faster?: number;
  /** Seconds that the chest device records before the pickle begins. */
  readonly shift?: number;
  /** The subject that the pickle names. */
  readonly named?: string;
  /** Changes the labels. */
  readonly labels?: (labels: Int32Array) => void;
  /** Changes the questionnaire. */
  readonly questionnaire?: (text: string) => string;
  /** The shape of the electrocardiogram that the pickle gives. */
  readonly ecgShape?: readonly number[];
}

/** What was written, to compare with. */
export interface WrittenPerson {
  readonly ecg: Float64Array;
  readonly labels: Int32Array;
}

const EDGE_SECONDS = 2, PAUSE_SECONDS = 3;

/** Writes a person's files into the folder of the dataset: `S2.pkl`, `S2_quest.csv`, `S2_respiban.txt`. */
export async function writePerson(
  folder: string,
  subject: string,
  fixture: Fixture = {},
): Promise<WrittenPerson> {
  const { seconds = 6, protocol = 0, shift = 60, faster = 0, named = subject } = fixture;
  const stretches = ORDER.map(([label, name], index) => {
    const start = PAUSE_SECONDS + index * (seconds + 2 * EDGE_SECONDS + PAUSE_SECONDS) + EDGE_SECONDS;
    return { label, name, start, end: start + seconds };
  });
  const total = stretches[stretches.length - 1].end + EDGE_SECONDS + PAUSE_SECONDS;
  const labels = new Int32Array(total * SAMPLE_RATE_HZ);
  for (const { label, start, end } of stretches) {
    labels.fill(label, start * SAMPLE_RATE_HZ, end * SAMPLE_RATE_HZ);
  }
  // The device counts to 65536 over 3 mV, so that its text and the pickle hold the same numbers.
  const counts = waveform(beatsOf(stretches, { total, faster }), AVERAGE_SHAPE, {
    sampleRateHz: SAMPLE_RATE_HZ,
    seconds: total,
  })
    .map((millivolts) => Math.round((millivolts / 3 + 0.5) * 65_536));
  const ecg = counts.map((count) => (count / 65_536 - 0.5) * 3);
  fixture.labels?.(labels);
  const own = join(folder, subject);
  await Deno.mkdir(own, { recursive: true });
  const pickle = writePickle(treeOf({ named, ecg, labels, shape: fixture.ecgShape ?? [ecg.length, 1] }), {
    protocol,
  });
  await Deno.writeFile(join(own, `${subject}.pkl`), pickle);
  const quest = questionnaireOf(
    subject,
    stretches.map(({ start, end, ...others }) => ({
      ...others,
      start: start - EDGE_SECONDS + shift,
      end: end + EDGE_SECONDS + shift,
    })),
  );
  await Deno.writeTextFile(join(own, `${subject}_quest.csv`), fixture.questionnaire?.(quest) ?? quest);
  await Deno.writeTextFile(join(own, `${subject}_respiban.txt`), respibanOf(counts, shift));
  return { ecg, labels };
}

/** R-peaks: regular within a stretch and about once a second between. */
function beatsOf(
  stretches: readonly { label: number; start: number; end: number }[],
  { total, faster }: { total: number; faster: number },
): number[] {
  const beats = [-1];
  while (beats[beats.length - 1] < total) {
    const now = beats[beats.length - 1],
      stretch = stretches.find(({ start, end }) => now >= start && now < end);
    beats.push(now + 60 / (faster + (stretch === undefined ? 60 : RATES[stretch.label])));
  }
  return beats;
}

function treeOf(
  { named, ecg, labels, shape }: {
    named: string;
    ecg: Float64Array;
    labels: Int32Array;
    shape: readonly number[];
  },
): Written {
  const bytesOf = ({ buffer }: Float64Array | Int32Array) => new Uint8Array(buffer);
  const seconds = labels.length / SAMPLE_RATE_HZ, volume = new Float64Array(64 * seconds).fill(-0.25);
  return new Map<string, Written>([
    [
      "signal",
      new Map<string, Written>([
        [
          "chest",
          new Map<string, Written>([
            ["EDA", { type: "f8", shape: [2, 1], bytes: bytesOf(Float64Array.of(5.25, 5.5)) }],
            ["ECG", { type: "f8", shape, bytes: bytesOf(ecg) }],
          ]),
        ],
        [
          "wrist",
          new Map<string, Written>([
            ["BVP", { type: "f8", shape: [volume.length, 1], bytes: bytesOf(volume) }],
          ]),
        ],
      ]),
    ],
    ["label", { type: "i4", shape: [labels.length], bytes: bytesOf(labels) }],
    ["subject", named],
  ]);
}

/** Minutes.seconds as a spreadsheet writes them: a final 0 is lost. */
export function minutesSeconds(seconds: number): string {
  return String(Number(`${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`));
}

/** Valence, arousal, and the PANAS: what is positive is answered with the second number, all else with the third. */
const ANSWERS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "Base": [7, 2, 3, 1],
  "TSST": [4, 8, 2, 4],
  "Medi 1": [8, 1, 3, 1],
  "Fun": [9, 5, 4, 1],
  "Medi 2": [7, 3, 2, 1],
};
const POSITIVE = ["Active", "Interested", "Inspired", "Strong", "Excited", "Proud"]
  .concat("Enthusiastic", "Alert", "Determined", "Attentive");
const ITEMS = [
  "Active",
  "Distressed",
  "Interested",
  "Inspired",
  "Annoyed",
  "Strong",
  "Guilty",
  "Scared",
  "Hostile",
]
  .concat(
    "Excited",
    "Proud",
    "Irritable",
    "Enthusiastic",
    "Ashamed",
    "Alert",
    "Nervous",
    "Determined",
    "Attentive",
  )
  .concat("Jittery", "Afraid", "Stressed", "Frustrated", "Happy", "Sad");

function questionnaireOf(
  subject: string,
  conditions: readonly { name: string; start: number; end: number }[],
): string {
  const reading = { name: "sRead", start: conditions[1].end, end: conditions[1].end + 1 };
  const columns = [...conditions, reading], names = conditions.map(({ name }) => name);
  const lines = [
    `# Subj;${subject}`,
    `# ORDER;${columns.map(({ name }) => name).join(";")}`,
    `# START;${columns.map(({ start }) => minutesSeconds(start)).join(";")}`,
    `# END;${columns.map(({ end }) => minutesSeconds(end)).join(";")}`,
    "",
    ...names.map((name) => {
      const [, , positive, others] = ANSWERS[name];
      return `# PANAS;${ITEMS.map((item) => POSITIVE.includes(item) ? positive : others).join(";")}`;
    }),
    "",
    ...names.map(() => "# STAI;1;3;2;1;1;4"),
    "",
    ...names.map((name) => `# DIM;${ANSWERS[name].slice(0, 2).join(";")}`),
    "",
    "# SSSQ;2;5;4;2;2;3",
  ];
  return lines.map((line) => `${line};;;`).join("\r\n");
}

function respibanOf(counts: Float64Array, shift: number): string {
  const header = {
    "00:07:80:D8:AB:52": {
      sensor: ["ECG", "RESPIRATION"],
      column: ["nSeq", "DI", "CH1", "CH2"],
      "sampling rate": SAMPLE_RATE_HZ,
      resolution: [16, 16],
    },
  };
  const before = Array.from({ length: shift * SAMPLE_RATE_HZ }, () => 32_768);
  return writeOpenSignals(header, [...before, ...counts].map((count, index) => [index, 0, count, 100]));
}

/** Opens the dataset in the folder `WESAD` of the data folder. */
export function open(parameters: Record<string, unknown>, dataFolder: string) {
  return openDataset({ kind: "wesad", ...parameters }, { dataFolder });
}
