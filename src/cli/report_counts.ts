/**
 * How many windows a report counts, by class and by person.
 *
 * @module
 */
import { byCodePoint } from "../formats/window_table.ts";
import type { WindowsFolder } from "../pipeline/stages/folders.ts";
import type { TargetFacts } from "../pipeline/stages/labels.ts";
import type { ReportData } from "../report/data.ts";
import type { WindowLabel } from "../targets/labels.ts";

/** Counts labelled windows: by class, by person, and the hard negatives among them. */
export function labelCounts(
  labels: readonly WindowLabel[],
  { windows, target }: {
    windows: Pick<WindowsFolder, "table" | "position">;
    target: Pick<TargetFacts, "classes" | "hardNegatives">;
  },
): Pick<ReportData, "classCounts" | "hardNegatives" | "people"> {
  const owned = labels.map((label) => ({
    ...label,
    subject: windows.table[windows.position(label.window)].subject,
  }));
  const people = [...Map.groupBy(owned, ({ subject }) => subject)]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([subject, own]) => ({
      subject,
      windows: target.classes.map((_, index) => own.filter((label) => label.class === index).length),
      hardNegatives: own.filter(({ isHardNegative }) => isHardNegative).length,
    }));
  const { hardNegatives } = target;
  return {
    classCounts: target.classes.map((name, index) => ({
      class: name,
      windows: people.reduce((sum, person) => sum + person.windows[index], 0),
      subjects: people.filter((person) => person.windows[index] > 0).length,
    })),
    hardNegatives: hardNegatives === null ? null : {
      ...hardNegatives,
      subjects: people.filter((person) => person.hardNegatives > 0).length,
    },
    people,
  };
}
