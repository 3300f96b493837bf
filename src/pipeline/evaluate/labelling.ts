/**
 * The classes of windows, from a file or by a target.
 *
 * @module
 */
import type { TargetSpecification } from "../../targets/table.ts";
import { type LabelFile, labelsOf } from "./label_file.ts";
import type { EvaluatedModel } from "./model.ts";
import type { KnownClass } from "./scores.ts";
import type { OpenedSource } from "./sources.ts";
import { labelByTarget } from "./target_labels.ts";
import type { Place } from "./windows.ts";

/** Where labels come from; a file goes before a target. */
export interface LabelRequest {
  /** Labels that a person gives. */
  readonly labels?: LabelFile;
  /** Gives windows of recordings their classes. */
  readonly target?: TargetSpecification;
}

/** The classes of windows. */
export interface Labelling {
  /** By the id of the window. */
  readonly classes: ReadonlyMap<string, KnownClass>;
  /** Windows that got no class, by the reason. */
  readonly unlabelled: Readonly<Record<string, number>>;
}

/** Throws RangeError for a target where there is no recording, unless the labels come from a file. */
export function checkLabelRequest(
  { labels, target }: LabelRequest,
  { hasRecordings }: { hasRecordings: boolean },
): void {
  if (labels !== undefined || target === undefined || hasRecordings) return;
  throw new RangeError(
    "Cannot label windows by a target: there must be recordings, got files of windows, whose labels come in a file",
  );
}

/** Labels windows; undefined where nobody asked for it. Throws where the file or the target does not fit the data. */
export async function labelWindows(
  { labels, target }: LabelRequest,
  { model, sources, places, refused }: {
    model: EvaluatedModel;
    sources: readonly OpenedSource[];
    places: readonly Place[];
    /** Windows that were left out. */
    refused: readonly Place[];
  },
): Promise<Labelling | undefined> {
  if (labels !== undefined) {
    const classes = new Map(
      [...labelsOf(labels, { places, refused })].map((
        [id, index],
      ) => [id, { class: index, isHardNegative: false }]),
    );
    const without = places.length - classes.size;
    return { classes, unlabelled: without === 0 ? {} : { "not in the file": without } };
  }
  if (target === undefined) return undefined;
  const classes = new Map<string, KnownClass>(), unlabelled: Record<string, number> = {};
  for (const { recordings, tally } of sources) {
    if (recordings === null) {
      unlabelled["in a file of windows"] = (unlabelled["in a file of windows"] ?? 0) + tally.windows;
      continue;
    }
    const { source: { dataset }, notes } = recordings;
    const { labels, discarded } = await labelByTarget(target, {
      notes,
      ranges: dataset.labels,
      sampleRateHz: model.signal.resample,
      places: places.filter(({ recording }) => tally.recordings.has(recording)),
      classes: model.classes,
    });
    for (const { window, class: index, isHardNegative } of labels) {
      classes.set(window, { class: index, isHardNegative });
    }
    for (const { reason, windows } of discarded) unlabelled[reason] = (unlabelled[reason] ?? 0) + windows;
  }
  return { classes, unlabelled };
}
