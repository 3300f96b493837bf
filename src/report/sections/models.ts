/**
 * The exported models.
 *
 * @module
 */
import type { ReportData, ReportModel } from "../data.ts";
import { formatBytes, formatCount, formatError, formatList, formatQuantity, MISSING } from "../format.ts";
import { tableHtml } from "../tables/html.ts";
import { cell, groupRows, numberColumns, type TableCell, textColumns } from "../tables/table.ts";
import { absent, type Section } from "./section.ts";

function largest(batches: ReportModel["certificate"]["batches"]): TableCell {
  if (batches.length === 0) return cell(MISSING);
  return {
    text: formatError(Math.max(...batches.map((entry) => entry.largestDifference))),
    detail: formatQuantity(Math.max(...batches.map((entry) => entry.windows)), "window"),
  };
}

/** A row for each model with what was checked of it. */
export function modelsSection({ models }: ReportData): Section {
  const sizes = new Set(models.flatMap(({ certificate }) => certificate.batches.map(({ batch }) => batch)));
  const batches = formatList([...sizes].map(formatCount));
  return {
    id: "models",
    title: "Models",
    content: models.length === 0 ? absent("No model was exported.") : tableHtml({
      name: "models",
      caption: "For each arm the cell at the largest budget that is best on validation, never on test, " +
        "as the ONNX file that made its predictions",
      columns: [
        ...textColumns("Arm", "File, cell"),
        ...numberColumns("Size", "To TensorFlow.js", `To batches of ${batches || "other sizes"}`),
      ],
      rows: groupRows(models.map(({ arm, file, cell: name, bytes, certificate: { tfjs, batches } }) => ({
        group: "",
        cells: [
          cell(arm),
          { text: file, detail: name },
          cell(formatBytes(bytes)),
          { text: formatError(tfjs.largestDifference), detail: formatQuantity(tfjs.windows, "window") },
          largest(batches),
        ],
      }))),
      notes: [
        "Largest differences of a probability, computed in batches of 64 by ONNX Runtime, to the same computed otherwise.",
      ],
    }),
  };
}
