/**
 * The stage `given-encoder`: an encoder that was pretrained elsewhere, out of a file.
 *
 * Files: `encoder.onnx`, the encoder alone; `exposure.json`, whom it has seen and where it comes from, as the file says.
 *
 * @module
 */
import { join } from "node:path";
import { byCodePoint } from "../../formats/window_table.ts";
import { sha256 as hashOf } from "../../manifest/canonical.ts";
import { readEncoderFile } from "../../models/encoder_file.ts";
import type { EncoderSpecification } from "../../models/table.ts";
import { originOf } from "../encoder_origin.ts";
import type { Stage } from "../stage.ts";
import { type Exposure, writeJson } from "./folders.ts";

/** What decides the files of this stage: what the file holds, wherever it lies. */
export interface GivenEncoderParameters {
  readonly sha256: string;
  readonly encoder: EncoderSpecification;
  readonly sampleRateHz: number;
  readonly samples: number;
}

/** Takes the weights. */
export const stage: Stage<GivenEncoderParameters> = {
  async run({ parameters: { sha256, ...architecture }, data: [file], output }) {
    const bytes = Deno.readFileSync(file), now = hashOf(bytes);
    if (now !== sha256) {
      throw new RangeError(
        `${file}: Cannot use the encoder: the file must stay as it was when the run began, SHA-256 ${sha256}, got ${now}`,
      );
    }
    const found = await readEncoderFile(bytes, { ...architecture, file }),
      given = originOf(found, { sha256 });
    const unlabelled = given.saw?.filter(({ labels }) => !labels) ?? [];
    const corpora = new Set(unlabelled.map(({ dataset }) => dataset));
    Deno.writeFileSync(join(output, "encoder.onnx"), found.onnx);
    writeJson(
      output,
      "exposure.json",
      {
        corpus: [...corpora].sort(byCodePoint).join(", "),
        subjects: [...new Set(unlabelled.flatMap(({ subjects }) => subjects))].sort(byCodePoint),
        recordings: [],
        given,
      } satisfies Exposure,
    );
  },
};
