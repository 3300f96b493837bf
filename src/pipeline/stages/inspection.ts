/**
 * The stage `inspection`: what the recordings of a dataset are like before they are resampled and filtered.
 *
 * Files: `recordings.csv`; `windows.csv` with the verdict and the heart rate of every window, those that are left out among them;
 * `examples.json`, windows as they were recorded, with their beats.
 *
 * @module
 */
import { join } from "node:path";
import type { Lead, Recording } from "../../datasets/dataset.ts";
import { openDataset } from "../../datasets/table.ts";
import { timedAnnotations } from "../../datasets/timed_annotations.ts";
import { writeCsv } from "../../formats/csv.ts";
import { windowId, type WindowRow } from "../../formats/window_table.ts";
import { stream } from "../../random/stream.ts";
import { positionsBetween } from "../../signal/between.ts";
import { detectRPeaks, LOWEST_RATE_HZ } from "../../signal/r_peaks.ts";
import { QUALITY_RULES, type QualityRule, type SignalParameters } from "../../signal/schema.ts";
import { originalRange, windowLength, windowStarts } from "../../signal/window.ts";
import type { Stage } from "../stage.ts";
import { chooseLead } from "./cut_windows.ts";
import { openWindows, writeJson } from "./folders.ts";
import { judgeOf, type WindowVerdict } from "./judge.ts";
import { readLabels } from "./labels.ts";
import type { WindowsParameters } from "./windows.ts";

/** A window as it was recorded; `examples.json` holds a list of them. */
export interface InspectedExample {
  readonly window: string;
  readonly subject: string;
  /** The name of its class; null where it has none. */
  readonly class: string | null;
  readonly verdict: WindowVerdict;
  readonly lead: Pick<Lead, "name" | "unit">;
  readonly sampleRateHz: number;
  readonly samples: readonly number[];
  /** R-peaks that were detected, in seconds since its start. */
  readonly beats: readonly number[];
  /** What the dataset marks, in the same. */
  readonly marks: readonly { readonly seconds: number; readonly symbol: string }[];
}

/** One row of `windows.csv`. */
export interface InspectedWindow {
  readonly window: string;
  readonly subject: string;
  readonly class: string | null;
  readonly verdict: WindowVerdict;
  /** Mean heart rate from the first to the last R-peak in it, a minute; null with fewer than two. */
  readonly perMinute: number | null;
}

const EVERY_RULE = Object.keys(QUALITY_RULES) as QualityRule[];
/** Examples of each class, of as many people where there are. */
const EXAMPLES_OF_CLASS = 2;

/** Looks at every recording, one in memory at a time. */
export const stage: Stage<WindowsParameters> = {
  async run({ parameters: { dataset: specification, signal }, inputs, output, dataFolder, progress }) {
    const dataset = await openDataset(specification, { dataFolder });
    const { table } = openWindows(inputs.windows), { labels, target } = readLabels(inputs.labels);
    const classOf = new Map(labels.map((label) => [label.window, target.classes[label.class]]));
    const total = new Set(table.map(({ recording }) => recording)).size;
    const wanted = chooseExamples(table, classOf);
    const recordings: Record<string, string | number>[] = [], windows: InspectedWindow[] = [];
    const examples: InspectedExample[] = [], shown = new Set<WindowVerdict>(["ok"]);
    for await (const recording of dataset.recordings()) {
      progress({
        done: recordings.length,
        total: Math.max(total, recordings.length + 1),
        note: recording.id,
      });
      const look = lookAt(recording, signal);
      recordings.push({ ...describe(recording, look.lead), windows: look.windows.length });
      for (const { id, verdict, beats, range } of look.windows) {
        const entry = { window: id, subject: recording.subject, class: classOf.get(id) ?? null, verdict };
        windows.push({ ...entry, perMinute: rateOf(beats) });
        if (!wanted.has(id) && shown.has(verdict)) continue;
        shown.add(verdict);
        const start = range.start / recording.sampleRateHz, end = range.end / recording.sampleRateHz;
        examples.push({
          ...entry,
          lead: { name: look.lead.name, unit: look.lead.unit },
          sampleRateHz: recording.sampleRateHz,
          samples: Array.from(look.lead.samples.subarray(range.start, range.end)),
          beats,
          marks: timedAnnotations(recording).filter(({ seconds }) => seconds >= start && seconds < end)
            .map(({ seconds, symbol }) => ({ seconds: seconds - start, symbol })),
        });
      }
    }
    const columns = [
      "id",
      "subject",
      "session",
      "stimulus",
      "seconds",
      "sampleRateHz",
      "leads",
      "lead",
      "windows",
    ];
    Deno.writeTextFileSync(join(output, "recordings.csv"), writeCsv(columns, recordings));
    Deno.writeTextFileSync(
      join(output, "windows.csv"),
      writeCsv(["window", "subject", "class", "verdict", "perMinute"], windows.map((row) => ({ ...row }))),
    );
    writeJson(output, "examples.json", examples);
  },
};

interface Look {
  readonly lead: Lead;
  readonly windows: readonly {
    readonly id: string;
    readonly verdict: WindowVerdict;
    /** Seconds since its start. */
    readonly beats: readonly number[];
    /** Where it lies in the lead's own samples. */
    readonly range: { readonly start: number; readonly end: number };
  }[];
}

function lookAt(recording: Recording, signal: SignalParameters): Look {
  const { sampleRateHz } = recording, lead = chooseLead(recording, signal);
  // Below it beats are not looked for, and nothing can be implausible about their rate.
  const isFast = sampleRateHz >= LOWEST_RATE_HZ;
  const peaks = isFast ? detectRPeaks(lead.samples, { sampleRateHz }) : new Int32Array();
  const discard = EVERY_RULE.filter((rule) => isFast || rule !== "implausible-rate");
  const judge = judgeOf(recording, { original: lead.samples, discard, peaks });
  const toHz = signal.resample, { seconds, stride } = signal.window;
  const length = windowLength({ seconds, sampleRateHz: toHz });
  const starts = windowStarts({
    samples: Math.ceil(lead.samples.length * toHz / sampleRateHz),
    length,
    stride: windowLength({ seconds: stride, sampleRateHz: toHz }),
  });
  const windows = starts.map((first) => {
    const range = originalRange({ start: first, length }, { fromHz: sampleRateHz, toHz });
    const within = positionsBetween(peaks, range);
    return {
      id: windowId(recording.id, { first, length }),
      verdict: judge(range),
      beats: Array.from(within, (peak) => (peak - range.start) / sampleRateHz),
      range,
    };
  });
  return { lead, windows };
}

function describe(recording: Recording, lead: Lead): Record<string, string | number> {
  const { id, subject, session, stimulus, sampleRateHz, leads } = recording;
  return {
    id,
    subject,
    session,
    stimulus,
    seconds: lead.samples.length / sampleRateHz,
    sampleRateHz,
    leads: leads.map(({ name, unit }) => `${name} (${unit})`).join("; "),
    lead: lead.name,
  };
}

function rateOf(beats: readonly number[]): number | null {
  return beats.length < 2 ? null : 60 * (beats.length - 1) / (beats[beats.length - 1] - beats[0]);
}

/** Windows of each class at random, each of another person where there are enough. */
function chooseExamples(
  table: readonly WindowRow[],
  classOf: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const order = stream(1, "inspection/examples").shuffle(table).filter(({ id }) => classOf.has(id));
  const chosen = [...Map.groupBy(order, ({ id }) => classOf.get(id)).values()].flatMap((own) => {
    const people = new Map(own.toReversed().map((row) => [row.subject, row]));
    const others = own.filter((row) => people.get(row.subject) !== row);
    return [...people.values(), ...others].slice(0, EXAMPLES_OF_CLASS);
  });
  return new Set(chosen.map(({ id }) => id));
}
