/**
 * What an encoder or a scaling saw that no training person showed: said above the curve, and in every table for a paper.
 *
 * @module
 */
import type { ReportData } from "./data.ts";
import { givenSentences } from "./given_encoder.ts";

/** A remark on all numbers of a run. */
export interface Caveat {
  /** The remark in a word. */
  readonly label: "Transductive" | "External" | "Given";
  /** In sentences. */
  readonly text: string;
}

/** The remarks on how the signal was scaled and where encoders were pretrained; none where training people were all that was seen. */
export function caveats(
  { normalization, exposure }: Pick<ReportData, "normalization" | "exposure">,
): Caveat[] {
  return [
    ...normalization.transductive
      ? [{
        label: "Transductive" as const,
        text: `Normalisation over scope ${normalization.scope} is transductive: ` +
          "unlabelled samples of tested people enter their own scaling.",
      }]
      : [],
    ...exposure?.transductive
      ? [{
        label: "Transductive" as const,
        text:
          `Pretraining (${exposure.kind}) is transductive: the encoder saw unlabelled windows of tested people.`,
      }]
      : [],
    ...exposure?.external
      ? [{
        label: "External" as const,
        text: exposure.kind === "external"
          ? `Pretraining is external: encoders were pretrained on ${
            corpusName(exposure)
          } alone, not on the dataset that is tested.`
          : `Pretraining is external where a curve says so: those encoders were pretrained on ${
            corpusName(exposure)
          } alone, not on the dataset that is tested.`,
      }]
      : [],
    ...(exposure?.given ?? []).map((given) => ({
      label: "Given" as const,
      text: givenSentences(given).join(" "),
    })),
  ];
}

/** The name of what an external encoder was pretrained on. */
export function corpusName({ corpus }: { readonly corpus: string | null }): string {
  return corpus ?? "another dataset";
}
