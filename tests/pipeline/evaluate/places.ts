/** Places of windows, for tests. */
import { windowId } from "../../../src/formats/window_table.ts";
import type { Place } from "../../../src/pipeline/evaluate/windows.ts";

/** The place of four samples of a recording `dataset/subject/session/name`. */
export function placeAt(recording: string, first: number): Place {
  const [dataset, subject, session] = recording.split("/"), span = { first, length: 4 };
  return { id: windowId(recording, span), recording, subject, session, dataset, span };
}

/** The place of a row of a file of windows. */
export function rowOf(file: string, row: number): Place {
  return {
    id: windowId(file, { first: row, length: 1 }),
    recording: file,
    subject: "",
    session: "",
    dataset: file,
    span: null,
  };
}
