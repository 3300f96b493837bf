/**
 * The recordings of a block's file: a stretch for every condition in it.
 *
 * @module
 */
import { readPoly5Header } from "../../formats/poly5/header.ts";
import { readPoly5Samples } from "../../formats/poly5/samples.ts";
import type { Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import { type BlockFile, nameOf } from "./folder.ts";
import type { BlockRatings } from "./self_reports.ts";
import { requireRPeaks } from "./r_peak_check.ts";
import { type Stretch, stretchesOf } from "./stretches.ts";
import type { Minute } from "./minutes.ts";

/** A file with what the tables say of its block. */
export interface PlacedBlock extends BlockFile {
  /** When it begins, in the time of the minutes. */
  readonly start: number;
  readonly minutes: readonly Minute[];
  /** Null where nobody said anything of the block. */
  readonly ratings: BlockRatings | null;
}

/** Microvolts in ISO 8859-1, with the micro sign, the Greek letter and without either. */
const MICROVOLTS = /^[\u00b5\u03bcu]V$/i;

/**
 * Reads a file and gives its stretches by id, `<dataset>/pp1/1/c1-R` and `c1-T`; a second one of a condition is `c1-R-2`.
 *
 * Throws RangeError, with the file, for a channel that isn't there or holds no R-peaks, and when no minute of the table lies in the
 * recording; else as the format does.
 */
export function* recordingsOf(
  block: PlacedBlock,
  { dataset, ecgChannel, labels }: { dataset: string; ecgChannel: number; labels: readonly string[] },
): Generator<Recording> {
  using source = openFile(block.path);
  const header = readPoly5Header(source), channel = ecgChannel - 1, { sampleRateHz } = header;
  if (channel >= header.channels.length) {
    throw new RangeError(
      `${block.path}: Cannot take the electrocardiogram: "ecgChannel" must be from 1 to ${header.channels.length}, ` +
        `${header.channels.map(({ name }) => name).join(", ")}, got ${ecgChannel}`,
    );
  }
  const stretches = stretchesOf(block.minutes, { ...header, start: block.start });
  if (stretches.length === 0) {
    throw new RangeError(
      `${block.path}: Cannot tell conditions: some minute of the block must lie in the recording, which ` +
        `begins at ${timeText(block.start)} and lasts ${
          Math.round(header.samples / sampleRateHz)
        } s, got minutes from ` +
        `${timeText(block.minutes[0].start)} on; "alignment: first-minute" does without the clock`,
    );
  }
  const { name, unit } = header.channels[channel], isMicrovolts = MICROVOLTS.test(unit);
  requireRPeaks(source, header, { channel, name });
  for (const { id, condition, from, to } of named(stretches, { dataset, block })) {
    const [values] = readPoly5Samples(source, header, { channels: [channel], from, to });
    // In place: a block at 2048 Hz is some 60 MB.
    if (isMicrovolts) values.forEach((value, sample) => values[sample] = value / 1000);
    const said = condition === "R" ? null : block.ratings;
    yield {
      id,
      file: block.path,
      subject: block.subject,
      session: "1",
      stimulus: condition,
      sampleRateHz,
      leads: [{
        name: "ECG",
        unit: isMicrovolts ? "mV" : unit,
        samples: values,
      }],
      labels: {
        condition,
        ...Object.fromEntries(labels.map((label) => [label, said?.[label] ?? null])),
      },
    };
  }
}

/** In the code-point order of ids. */
function named(
  stretches: readonly Stretch[],
  { dataset, block }: { dataset: string; block: PlacedBlock },
): (Stretch & { id: string })[] {
  const counts = new Map<string, number>();
  return stretches.map((stretch) => {
    const number = (counts.get(stretch.condition) ?? 0) + 1;
    counts.set(stretch.condition, number);
    const again = number === 1 ? "" : `-${number}`;
    return { ...stretch, id: `${dataset}/${block.subject}/1/${nameOf(block)}-${stretch.condition}${again}` };
  }).toSorted((left, right) => left.id < right.id ? -1 : 1);
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("T", " ").slice(0, 19);
}
