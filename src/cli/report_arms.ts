/**
 * What a report says of arms: what each is, and what their scores can tell.
 *
 * @module
 */
import { type ArmNeeds, ARMS } from "../arms/table.ts";
import type { Summary } from "../evaluation/results.ts";
import { type Verdict, verdicts } from "../evaluation/verdicts.ts";
import type { Manifest } from "../pipeline/schema.ts";
import type { Exposure, ReportData } from "../report/data.ts";
import { mayKnowLabels } from "../report/given_encoder.ts";

type Arms = Manifest["arms"];

/** Every arm in words, in the order of the manifest. */
export function describeArms(arms: Arms, exposure: Exposure | null): ReportData["arms"] {
  return Object.entries(arms).map(([name, arm]) => ({
    name,
    description: describeArm(arm, exposure),
    rule: arm.kind === "majority",
  }));
}

/** What the scores tell of the arms, and what to mind about these. */
export function armVerdicts(
  summary: Summary,
  { arms, exposure, simulated }: { arms: Arms; exposure: Exposure | null; simulated: boolean },
): Verdict[] {
  const names = Object.keys(arms);
  const needsOf = (arm: string): ArmNeeds => ARMS[arms[arm].kind].needs;
  return [
    ...verdicts(summary, {
      simulated,
      notes: [],
      // Whether self-supervision wins can't be told by encoders that learned labels.
      pretrained: exposure?.given.some(mayKnowLabels)
        ? []
        : names.filter((arm) => needsOf(arm).encoder === "pretrained"),
      // Features that are centred per person know of all their windows what a network is never shown.
      handMade: names.filter((arm) => needsOf(arm).input === "hrv" && arms[arm].centre !== "subject"),
      baselines: names.filter((arm) => arms[arm].kind === "majority"),
    }),
    ...transductiveArms(arms),
  ];
}

/** `encoder pretrained, head trained`, from the fields that say what the arm is, with the corpus where that is another. */
function describeArm(
  { kind, ...fields }: Readonly<Record<string, unknown>>,
  exposure: Exposure | null,
): string {
  const { encoder, train, augment, features, classifier, centre } = fields;
  if (features !== undefined) {
    return `${features} features of the beats${
      centre === "subject" ? ", centred per person" : ""
    }, ${classifier} regression`;
  }
  if (encoder === undefined) return `${kind}`;
  const trained = train === "head" ? "head trained on its features" : "all layers trained";
  return `encoder ${encoder === "pretrained" ? pretrainedEncoder(exposure) : encoder}, ${trained}${
    augment === undefined ? "" : `, windows augmented as in the ${augment}`
  }`;
}

/** `pretrained`, with the corpus where that is another, or the file that it is. */
function pretrainedEncoder(exposure: Exposure | null): string {
  if (exposure?.kind === "given") return `out of ${exposure.given.map(({ file }) => file).join(", ")}`;
  return exposure?.kind === "external"
    ? `pretrained on ${exposure.corpus ?? "another dataset"}`
    : "pretrained";
}

/** Arms whose features of test people rest on all windows of those people. */
function transductiveArms(arms: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Verdict[] {
  return Object.entries(arms).filter(([, { centre }]) => centre === "subject").map(([name]) => ({
    level: "warning",
    text:
      `${name} centres its features per person, which is transductive: unlabelled windows of tested people take part.`,
  }));
}
