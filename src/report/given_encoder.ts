/**
 * Sentences on encoders that were given as files.
 *
 * @module
 */
import type { GivenEncoder } from "./data.ts";
import { formatList, formatQuantity } from "./format.ts";

/** Whether labels changed its weights, or may have. */
export function mayKnowLabels({ saw }: Pick<GivenEncoder, "saw">): boolean {
  return saw === null || saw.some(({ labels }) => labels);
}

/** The file with the first digits of its hash: `encoders/a.onnx (SHA-256 0123456789ab)`. */
export function fileText({ file, sha256 }: Pick<GivenEncoder, "file" | "sha256">): string {
  return `${file} (SHA-256 ${sha256.slice(0, 12)})`;
}

/** Whom it has seen: `25 subjects of mitdb without labels`. */
export function sawText({ saw }: Pick<GivenEncoder, "saw">): string {
  if (saw === null) return "not known: the file does not say";
  if (saw.length === 0) return "nobody, as the file says";
  return formatList(
    saw.map(({ dataset, subjects, labels }) =>
      `${formatQuantity(subjects, "subject")} of ${dataset} ${
        labels ? "with their labels" : "without labels"
      }`
    ),
  );
}

/** What must be known of it before the curve is looked at. */
export function givenSentences(given: GivenEncoder): string[] {
  const { part, saw, remarks } = given;
  return [
    `Nothing was pretrained for arms that begin with ${fileText(given)}: they take ${part}.`,
    saw === null
      ? "Its file does not say whom it has seen: whether tested people were among them can't be checked, " +
        "nor whether it learned labels."
      : `It has seen ${sawText(given)}.`,
    ...saw?.some(({ labels }) => labels)
      ? ["It learned labels that no budget counts: what it saves is not self-supervision's alone."]
      : [],
    ...remarks,
  ];
}
