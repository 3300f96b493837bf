import type { RecordingRow, WindowRow } from "../../src/formats/window_table.ts";
import { windowId } from "../../src/formats/window_table.ts";
import type { Stream } from "../../src/random/stream.ts";
import type { LabelledWindow } from "../../src/targets/unit.ts";

/** A recording `d/<subject>/1/<name>` with these labels. */
export function recordingOf(
  subject: string,
  { name = "r", labels }: { name?: string; labels: RecordingRow["labels"] },
): RecordingRow {
  return { id: `d/${subject}/1/${name}`, subject, session: "1", stimulus: name, labels };
}

/** The window of a recording that begins at a sample, 10 samples long. */
export function windowOf({ id, subject, session }: RecordingRow, first = 0): WindowRow {
  const place = { recording: id, subject, session, first, length: 10 };
  return { id: windowId(id, place), ...place, hash: "", quality: "ok" };
}

/**
 * Labelled windows of people with unequal numbers of recordings and windows and unequal shares of the classes.
 * Every class occurs in at least one window.
 */
export function randomWindows(
  source: Stream,
  { subjects, classes, constant }: { subjects: number; classes: number; constant: boolean },
): LabelledWindow[] {
  const windows: LabelledWindow[] = [];
  for (let person = 0; person < subjects; person++) {
    const subject = `s${person}`, favourite = source.integer(classes);
    for (let part = 1 + source.integer(4); part > 0; part--) {
      const recording = `${subject}/r${part}`;
      const draw = () => source.uniform() < 0.3 ? favourite : source.integer(classes);
      const shared = draw();
      for (let first = source.integer(9); first >= 0; first--) {
        windows.push({ id: `${recording}@${first}`, subject, recording, class: constant ? shared : draw() });
      }
    }
  }
  for (let wanted = 0; wanted < classes; wanted++) {
    const recording = `s${wanted % subjects}/extra${wanted}`;
    windows.push({ id: `${recording}@0`, subject: `s${wanted % subjects}`, recording, class: wanted });
  }
  return windows;
}
