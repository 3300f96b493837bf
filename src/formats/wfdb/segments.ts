/**
 * WFDB records that are put together from segments, each a record of its own.
 *
 * In a fixed layout every segment has the same signals. In a variable layout the first segment has no samples and lists all
 * signals, of which each other segment has some, by name. What a segment or a gap between them lacks is NaN.
 *
 * @module
 */
import type { WfdbHeader } from "./header.ts";
import type { WfdbSegment } from "./segment_line.ts";
import { isNull } from "./signal_files.ts";
import type { WfdbSignal } from "./signal_line.ts";
import { MOST_SAMPLES_WITHOUT_BYTES } from "./signals.ts";

/** Where the segments of a record come from. */
export interface SegmentSources {
  /** The path of the record's header, for messages. */
  readonly file: string;
  /** The headers of the segments by name. */
  readonly headers: ReadonlyMap<string, WfdbHeader>;
}

/** The most samples that a frame has of a signal, in the record or in any of its segments. */
export function mostSamplesPerFrame(headers: Iterable<WfdbHeader>): number {
  return Math.max(
    1,
    ...[...headers].flatMap(({ signals }) =>
      signals.filter((signal) => !isNull(signal)).map(({ samplesPerFrame }) => samplesPerFrame)
    ),
  );
}

/**
 * The signals of a record in segments: those that its layout lists or, in a fixed layout, those of its first segment.
 *
 * Throws RangeError, with `file`, record and segment: for a segment without header or in segments itself, for one with another
 * rate, length, unit or other signals than the record's, and for a record of gaps alone.
 */
export function signalsOfSegments(
  { record, segments = [], sampleRateHz }: WfdbHeader,
  { file, headers }: SegmentSources,
): readonly WfdbSignal[] {
  const [first] = segments, isVariable = first?.samples === 0;
  const named = segments.flatMap(({ record: name, samples }) => name === null ? [] : [{ name, samples }]);
  if (named.length === 0) throw refusal("at least one segment must be no gap", `${segments.length} gaps`);
  const layout = headerOf(named[0].name).signals;
  for (const { name, samples } of named) {
    const header = headerOf(name), of = `segment ${name} must`;
    if (header.segments !== undefined) throw refusal(`${of} be in one piece`, "segments in it");
    if (header.sampleRateHz !== sampleRateHz) {
      throw refusal(`${of} have the record's ${sampleRateHz} Hz`, `${header.sampleRateHz} Hz`);
    }
    if (samples > 0 && header.samples !== null && header.samples !== samples) {
      throw refusal(`${of} have ${samples} samples`, `${header.samples}`);
    }
    if (!isVariable && header.signals.length !== layout.length) {
      throw refusal(
        `${of} have the ${layout.length} signals of ${named[0].name}`,
        `${header.signals.length}`,
      );
    }
    for (const [index, position] of positions(header, { layout, isVariable }).entries()) {
      const signal = header.signals[index], listed = layout[position];
      if (position === -1 || listed.name !== signal.name) {
        throw refusal(`${of} have signals of ${named[0].name} alone`, signal.name);
      }
      if (listed.unit !== signal.unit) {
        throw refusal(`${of} have ${signal.name} in ${listed.unit}`, signal.unit);
      }
    }
  }
  return layout;

  function headerOf(name: string): WfdbHeader {
    const header = headers.get(name);
    if (header === undefined) throw refusal(`the header of segment ${name} must lie beside it`, "none");
    return header;
  }

  function refusal(must: string, got: string): RangeError {
    return new RangeError(`${file}: Cannot read record ${record}: ${must}, got ${got}`);
  }
}

/**
 * The samples of every signal, in the order of {@linkcode signalsOfSegments}, each with as many samples in a frame as the
 * fastest has.
 *
 * `read` gives the samples of a segment's signals, `samplesPerFrame` in each frame, as `readSignals` does.
 *
 * Throws RangeError where {@linkcode signalsOfSegments} and `read` do, and for more missing samples than
 * {@linkcode MOST_SAMPLES_WITHOUT_BYTES}.
 */
export async function readSegments(
  master: WfdbHeader,
  { file, headers, read }: SegmentSources & {
    readonly read: (
      segment: string,
      options: { readonly samplesPerFrame: number },
    ) => Float64Array[] | Promise<Float64Array[]>;
  },
): Promise<Float64Array[]> {
  const layout = signalsOfSegments(master, { file, headers }), { segments = [] } = master;
  const isVariable = segments[0]?.samples === 0, samplesPerFrame = mostSamplesPerFrame(headers.values());
  const present = segments.reduce((sum, { record, samples }) => sum + samples * widthOf(record), 0);
  const frames = segments.reduce((sum, { samples }) => sum + samples, 0);
  const missing = (frames * layout.length - present) * samplesPerFrame;
  if (missing > MOST_SAMPLES_WITHOUT_BYTES) {
    throw new RangeError(
      `${file}: Cannot read record ${master.record}: ${MOST_SAMPLES_WITHOUT_BYTES} samples of it may be missing, got ${missing}`,
    );
  }
  // All are read before room is made for them: only then is it known that their files hold what headers say.
  const pieces: { segment: WfdbSegment; signals: Float64Array[] }[] = [];
  for (const segment of segments) {
    const { record, samples } = segment;
    pieces.push({
      segment,
      signals: record === null || samples === 0 ? [] : await read(record, { samplesPerFrame }),
    });
  }
  const joined = layout.map(() => new Float64Array(frames * samplesPerFrame).fill(NaN));
  let start = 0;
  for (const { segment: { record, samples }, signals } of pieces) {
    const header = record === null ? undefined : headers.get(record);
    const places = header ? positions(header, { layout, isVariable }) : [];
    for (const [index, values] of signals.entries()) {
      mustFit(values, { samples: samples * samplesPerFrame, segment: record ?? "~" });
      joined[places[index]].set(values, start);
    }
    start += samples * samplesPerFrame;
  }
  return joined;

  function widthOf(record: string | null): number {
    return record === null ? 0 : headers.get(record)?.signals.length ?? 0;
  }

  function mustFit(values: Float64Array, { samples, segment }: { samples: number; segment: string }): void {
    if (values.length === samples) return;
    throw new RangeError(
      `${file}: Cannot read record ${master.record}: segment ${segment} must have ${samples} samples, got ${values.length}`,
    );
  }
}

/** Where in the layout each signal of a segment stands; -1 for one that isn't there. */
function positions(
  { signals }: WfdbHeader,
  { layout, isVariable }: { layout: readonly WfdbSignal[]; isVariable: boolean },
): number[] {
  if (!isVariable) return signals.map((_, index) => index);
  const taken = new Set<number>();
  return signals.map(({ name }) => {
    const place = layout.findIndex((listed, index) => listed.name === name && !taken.has(index));
    taken.add(place);
    return place;
  });
}
