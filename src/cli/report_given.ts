/**
 * What a report says of an encoder that was given as a file.
 *
 * @module
 */
import { canonicalJson } from "../manifest/canonical.ts";
import type { EncoderOrigin } from "../pipeline/encoder_origin.ts";
import type { GivenEncoder } from "../report/data.ts";
import type { SignalParameters } from "../signal/schema.ts";

/** In numbers and sentences; `signal` is how the windows of the run were made. */
export function describeGiven(
  origin: EncoderOrigin,
  { file, signal }: { file: string; signal: SignalParameters },
): GivenEncoder {
  const { sha256, arm, saw, left } = origin;
  const whole = arm === null ? "a whole model" : `a model of ${arm}`;
  return {
    file,
    sha256,
    part: arm === null && left.length === 0 ? "an encoder alone" : `the encoder of ${whole}`,
    saw: saw?.map(({ dataset, subjects, labels }) => ({ dataset, subjects: subjects.length, labels })) ??
      null,
    remarks: remarksOf(origin, signal),
  };
}

function remarksOf(
  { format, cell, manifest, leak, signal: then }: EncoderOrigin,
  now: SignalParameters,
): string[] {
  const others = then === null ? [] : differing(then, now);
  return [
    ...cell === null ? [] : [
      `It comes from the cell "${cell}"${
        manifest === null ? "" : ` of the manifest ${manifest.slice(0, 12)}`
      }.`,
    ],
    ...leak === null ? [] : [`The split of the run that it comes from leaks, allowed because: ${leak}.`],
    ...format === "float32"
      ? []
      : [`Its weights were stored as ${format}: they are not those that were trained, but rounded.`],
    ...others.length === 0
      ? []
      : [`Its windows were made otherwise than here: signal.${others.join(", signal.")}.`],
  ];
}

/** The keys of the first level that differ; leads have other names in other datasets. */
function differing(then: SignalParameters, now: SignalParameters): string[] {
  const [left, right] = [then, now].map((signal) => new Map(Object.entries(signal)));
  const keys = [...new Set([...left.keys(), ...right.keys()])].filter((key) => !key.startsWith("lead"));
  return keys.filter((key) => canonicalJson(left.get(key) ?? null) !== canonicalJson(right.get(key) ?? null));
}
