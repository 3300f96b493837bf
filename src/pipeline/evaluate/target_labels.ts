/**
 * Labels by a target, as in a manifest: from what the dataset knows of its recordings.
 *
 * @module
 */
import type { Recording } from "../../datasets/dataset.ts";
import { timedAnnotations } from "../../datasets/timed_annotations.ts";
import type { LabelRange, RecordingRow, TimedAnnotation } from "../../formats/window_table.ts";
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
}

/** Keeps what targets need of recordings, which is no sample. */
export function takeNotes(): RecordingNotes {
  const recordings: RecordingRow[] = [], annotations = new Map<string, readonly TimedAnnotation[]>();
  return {
    note(recording) {
      const { id, subject, session, stimulus, labels } = recording;
      recordings.push({ id, subject, session, stimulus, labels });
      if (recording.annotations !== undefined) annotations.set(id, timedAnnotations(recording));
    },
    recordings,
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
  { notes: { recordings, annotations }, ranges, sampleRateHz, places, classes }: TargetData,
): Promise<{ labels: WindowLabel[]; discarded: Discard[] }> {
  const target = await prepareTarget(specification, {
    recordings,
    ranges,
    ...annotations === undefined ? {} : { marks: { sampleRateHz, annotations } },
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
