/**
 * Which of the people in the data the model has been trained on.
 *
 * @module
 */
import { knownDatabase } from "../../datasets/wfdb/databases.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import type { EvaluatedModel, Seen } from "./model.ts";
import type { Place } from "./windows.ts";

/** People of the data that a model has seen, by the names that their dataset gives them. */
export interface SeenPeople {
  /** With labels, in training. */
  readonly training: readonly string[];
  /** Without labels, in pretraining. */
  readonly pretraining: readonly string[];
}

type WhatItSaw = Pick<EvaluatedModel, "training" | "pretraining">;

/** Whether the person of a window is known, and the model has not seen them, with labels or without. */
export function isNewPerson({ training, pretraining }: WhatItSaw, place: Place): boolean {
  return place.span !== null && !isAmong(training, place) && !isAmong(pretraining, place);
}

/** The people whom the model has seen among those of the windows. */
export function seenPeople({ training, pretraining }: WhatItSaw, people: Iterable<Place>): SeenPeople {
  const all = [...people];
  const namesIn = (seen: Seen) =>
    [...new Set(all.filter((place) => isAmong(seen, place)).map(({ subject }) => subject))].sort(byCodePoint);
  return { training: namesIn(training), pretraining: namesIn(pretraining) };
}

function isAmong({ dataset, subjects }: Seen, place: Place): boolean {
  return place.span !== null && isSameDataset(dataset, place.dataset) && subjects.includes(place.subject);
}

/** PhysioNet packs a database under a long name with its version, and most people shorten that. */
function isSameDataset(one: string, other: string): boolean {
  const known = knownDatabase(one);
  return one === other || known !== undefined && known === knownDatabase(other);
}
