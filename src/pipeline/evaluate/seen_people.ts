/**
 * Which of the people in the data the model has been trained on.
 *
 * @module
 */
import { subjectIn } from "../../datasets/wfdb/same_person.ts";
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

type WhatItSaw = Pick<EvaluatedModel, "training" | "pretraining" | "given">;

/** Whether the person of a window is known, and the model has not seen them, with labels or without. */
export function isNewPerson(model: WhatItSaw, place: Place): boolean {
  return place.span !== null && !sights(model).some((seen) => isAmong(seen, place));
}

/** The people whom the model has seen among those of the windows. */
export function seenPeople(model: WhatItSaw, people: Iterable<Place>): SeenPeople {
  const all = [...people], seen = sights(model);
  const namesOf = (labels: boolean) => {
    const own = seen.filter((one) => one.labels === labels);
    const found = all.filter((place) => own.some((one) => isAmong(one, place)));
    return [...new Set(found.map(({ subject }) => subject))].sort(byCodePoint);
  };
  return { training: namesOf(true), pretraining: namesOf(false) };
}

function sights({ training, pretraining, given }: WhatItSaw) {
  return [{ ...training, labels: true }, { ...pretraining, labels: false }, ...given ?? []];
}

function isAmong({ dataset, subjects }: Seen, place: Place): boolean {
  const name = place.span === null ? undefined : subjectIn(dataset, place);
  return name !== undefined && subjects.includes(name);
}
