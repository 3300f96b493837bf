/**
 * The exported models.
 *
 * @module
 */
import type { ReportData } from "../data.ts";
import { formatBytes, formatCount, formatError } from "../format.ts";
import { tableHtml } from "../tables/html.ts";
import { cell, groupRows, numberColumns, textColumns } from "../tables/table.ts";
import { absent, type Section } from "./section.ts";

/** A row for each model with what was checked of it. */
export function modelsSection({ models }: ReportData): Section {
  return {
    id: "models",
    title: "Models",
    content: models.length === 0 ? absent("No model was exported.") : tableHtml({
      name: "models",
      caption: "For each arm the cell at the largest budget that is best on validation, never on test, " +
        "as the ONNX file that made its predictions",
      columns: [
        ...textColumns("Arm", "File", "Cell"),
        ...numberColumns("Size", "To TensorFlow.js", "Windows", "Between batch sizes"),
      ],
      rows: groupRows(models.map(({ arm, file, cell: name, bytes, certificate }) => ({
        group: "",
        cells: [
          cell(arm),
          cell(file),
          cell(name),
          cell(formatBytes(bytes)),
          cell(formatError(certificate.tfjsDifference)),
          cell(formatCount(certificate.windows)),
          cell(formatError(certificate.batchDifference)),
        ],
      }))),
      notes: [
        "Largest differences of a probability: to the same layers in TensorFlow.js, and between batch sizes over the test set.",
      ],
    }),
  };
}
