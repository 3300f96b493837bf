/**
 * Labels by a target, as in a manifest: from what the dataset knows of its recordings.
 *
 * @module
 */
import type { Recording } from "../../datasets/dataset.ts";
import { timedAnnotations } from "../../datasets/timed_annotations.ts";
import { ratingsWithin, type Track } from "../../datasets/tracks.ts";
import type { LabelRange, RecordingRow, TimedAnnotation, WindowRating } from "../../formats/window_table.ts";
import { unknownName } from "../../manifest/choice.ts";
import { type Discard, labelWindows, type WindowLabel } from "../../targets/labels.ts";
import { prepareTarget, type TargetSpecification } from "../../targets/table.ts";
import type { Place } from "./windows.ts";

/** What is kept of recordings until their windows get classes. */
export interface RecordingNotes {
  /** To be told of every recording. */
  note(recording: Recording): void;
  readonly recordings: readonly RecordingRow[];
  /** Marks by recording; undefined where none has any. */
  readonly annotations: ReadonlyMap<string, readonly TimedAnnotation[]> | undefined;
  /** Labels that change, by recording. */
  readonly tracks: ReadonlyMap<string, Readonly<Record<string, Track>>>;
}

/** Keeps what targets need of recordings, which is no sample. */
export function takeNotes(): RecordingNotes {
  const recordings: RecordingRow[] = [], annotations = new Map<string, readonly TimedAnnotation[]>();
  const tracks = new Map<string, Readonly<Record<string, Track>>>();
  return {
    note(recording) {
      const { id, subject, session, stimulus, labels } = recording;
      recordings.push({ id, subject, session, stimulus, labels });
      if (recording.annotations !== undefined) annotations.set(id, timedAnnotations(recording));
      if (recording.tracks !== undefined) tracks.set(id, recording.tracks);
    },
    recordings,
    tracks,
    get annotations() {
      return annotations.size === 0 ? undefined : annotations;
    },
  };
}

/** The data that a target labels. */
export interface TargetData {
  readonly notes: RecordingNotes;
  /** The labels that the dataset's recordings carry, with their ranges. */
  readonly ranges: Readonly<Record<string, LabelRange>>;
  /** The rate of the windows. */
  readonly sampleRateHz: number;
  readonly places: readonly Place[];
  /** The names of the model's classes. */
  readonly classes: readonly string[];
}

/**
 * Gives windows of one dataset the classes of a target, as indexes into the model's.
 *
 * Throws where the target does, and RangeError when a class of the target is none of the model's.
 */
export async function labelByTarget(
  specification: TargetSpecification,
  { notes: { recordings, annotations, tracks }, ranges, sampleRateHz, places, classes }: TargetData,
): Promise<{ labels: WindowLabel[]; discarded: Discard[] }> {
  const ratings = ratingsOf(places, { tracks, sampleRateHz });
  const target = await prepareTarget(specification, {
    recordings,
    ranges,
    ...annotations === undefined ? {} : { marks: { sampleRateHz, annotations } },
    ...ratings.size === 0 ? {} : { ratings },
  });
  const indexes = target.classes.map((name) => {
    if (classes.includes(name)) return classes.indexOf(name);
    throw unknownName({ what: "class of the model", name, known: classes });
  });
  const windows = places.flatMap(({ id, recording, subject, session, span }) =>
    span === null ? [] : [{
      id,
      recording,
      subject,
      session,
      ...span,
      // No target looks at samples: their hash is for the certificate of splits.
      hash: "",
      quality: "ok",
    }]
  );
  const { labels, discarded } = labelWindows(target, { windows, recordings });
  return { labels: labels.map((label) => ({ ...label, class: indexes[label.class] })), discarded };
}

/** What labels that change were within windows, by label and window; a label that some recording has is there. */
function ratingsOf(
  places: readonly Place[],
  { tracks, sampleRateHz }: Pick<TargetData, "sampleRateHz"> & Pick<RecordingNotes, "tracks">,
): ReadonlyMap<string, ReadonlyMap<string, WindowRating>> {
  const labels = [...tracks.values()].flatMap((own) => Object.keys(own));
  const ratings = new Map(labels.map((label) => [label, new Map<string, WindowRating>()]));
  for (const { id, recording, span } of places) {
    const own = tracks.get(recording);
    if (own === undefined || span === null) continue;
    const stretch = { from: span.first / sampleRateHz, to: (span.first + span.length) / sampleRateHz };
    for (const [label, rating] of ratingsWithin(own, stretch)) ratings.get(label)?.set(id, rating);
  }
  return ratings;
}
