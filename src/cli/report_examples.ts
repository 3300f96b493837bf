/**
 * Example windows for a report, each with what the transformations make of it.
 *
 * @module
 */
import type { z } from "zod";
import type { Manifest } from "../pipeline/schema.ts";
import type { WindowsFolder } from "../pipeline/stages/folders.ts";
import {
  TRANSFORMATION_NAMES,
  type TransformationRow,
  TRANSFORMATIONS,
} from "../pretext/transformations/table.ts";
import { stream } from "../random/stream.ts";
import type { ExampleWindow } from "../report/data.ts";
import type { WindowLabel } from "../targets/labels.ts";

/** One window of each class, each of another person where there are enough, drawn by a stream of its own. */
export function examplesOf(
  pretext: Manifest["pretext"],
  { windows, labels, classes }: {
    windows: WindowsFolder;
    labels: readonly WindowLabel[];
    classes: readonly string[];
  },
): ExampleWindow[] {
  const rows = windows.rows(null), draw = stream(1, "report/examples"), shown = new Set<string>();
  const order = draw.shuffle(labels).map((label) => ({
    ...label,
    row: windows.table[windows.position(label.window)],
  }));
  return classes.flatMap((name, index) => {
    const own = order.filter((label) => label.class === index);
    const chosen = own.find(({ row }) => !shown.has(row.subject)) ?? own[0];
    if (chosen === undefined) return [];
    shown.add(chosen.row.subject);
    const samples = rows.read([windows.position(chosen.window)]);
    return [{
      subject: chosen.row.subject,
      class: name,
      sampleRateHz: windows.facts.sampleRateHz,
      samples,
      transformations: TRANSFORMATION_NAMES.flatMap((transformation) => {
        const parameters = pretext.transformations?.[transformation];
        const row: TransformationRow<z.ZodType> = TRANSFORMATIONS[transformation];
        if (parameters === undefined) return [];
        return [{
          name: transformation,
          samples: row.apply(samples, parameters, draw.child(transformation)),
        }];
      }),
    }];
  });
}
