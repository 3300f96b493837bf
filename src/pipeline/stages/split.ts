/**
 * The stage `split`: which windows train, validate and test in each fold, with the certificate of what sides share.
 *
 * Files: `split.json`; `scales.json`, a fold's normalisation where the scope is the training fold.
 *
 * @module
 */
import { join } from "node:path";
import type { RowReader } from "../../formats/rows.ts";
import { statistics } from "../../signal/normalize.ts";
import { certify } from "../../splits/certificate.ts";
import { sealSplit } from "../../splits/split_file.ts";
import { type SplitSpecification, splitWindows } from "../../splits/table.ts";
import type { Stage } from "../stage.ts";
import { openWindows, readRecordings, type Scale, writeJson } from "./folders.ts";
import { readLabels } from "./labels.ts";

/** What decides the files of this stage. */
export interface SplitParameters {
  readonly split: SplitSpecification;
  /** Given where samples are normalised over the training fold. */
  readonly normalize: { readonly trim: number } | null;
}

/** Windows whose samples are in memory at once while statistics are taken. */
const ROWS_AT_ONCE = 1024;

/** Splits people into sides. */
export const stage: Stage<SplitParameters> = {
  async run({ parameters: { split, normalize }, inputs, output }) {
    const windows = openWindows(inputs.windows), { labels, target } = readLabels(inputs.labels);
    const classOf = new Map(labels.map((label) => [label.window, label.class]));
    const folds = await splitWindows(split, {
      windows: windows.table.map(({ id, subject, recording }) => ({
        id,
        subject,
        recording,
        class: classOf.get(id) ?? null,
      })),
      classes: target.classes,
      labels: new Map(readRecordings(inputs.windows).map((recording) => [recording.id, recording.labels])),
    });
    const sealed = sealSplit({ folds, checks: certify({ folds, windows: windows.table }) });
    Deno.writeTextFileSync(join(output, "split.json"), JSON.stringify(sealed, null, 1) + "\n");
    const rows = windows.rows(null);
    const scales = folds.map(({ train }): Scale | null =>
      normalize === null
        ? null
        : statistics(chunks(rows, Int32Array.from(train, (id) => windows.position(id)).sort()), normalize)
    );
    writeJson(output, "scales.json", scales);
  },
};

function* chunks(rows: RowReader, positions: Int32Array): Generator<Float32Array> {
  for (let first = 0; first < positions.length; first += ROWS_AT_ONCE) {
    yield rows.read(positions.subarray(first, first + ROWS_AT_ONCE));
  }
}
