/**
 * Which signals of an EDF file are used.
 *
 * @module
 */
import { didYouMean } from "../../manifest/choice.ts";
import { joinNames } from "../../manifest/show.ts";
import { type EdfHeader, type EdfSignal, sampleRateOf } from "../../formats/edf/header.ts";

/**
 * The signals that are asked for by name or, without names, all with the highest rate of the file.
 *
 * Throws RangeError, with the file: for a name that no signal has or several have, with the nearest; for signals of two rates; and
 * for a file without signals.
 */
export function chosenSignals(
  header: EdfHeader,
  { file, leads }: { file: string; leads?: readonly string[] },
): EdfSignal[] {
  const { signals } = header, names = signals.map(({ name }) => name);
  if (signals.length === 0) throw refusal("it must have a signal", "annotations alone");
  if (leads === undefined) {
    const most = Math.max(...signals.map(({ samplesPerRecord }) => samplesPerRecord));
    return signals.filter(({ samplesPerRecord }) => samplesPerRecord === most);
  }
  const chosen = leads.map((lead) => {
    const found = signals.filter(({ name }) => name === lead);
    if (found.length === 1) return found[0];
    const got = found.length === 0 ? joinNames(names, { last: "and" }) : `${found.length} of them`;
    throw refusal(
      `it must have one signal ${JSON.stringify(lead)}`,
      got + (found.length === 0 ? didYouMean(lead, names) : ""),
    );
  });
  const [first] = chosen, other = chosen.find((signal) => signal.samplesPerRecord !== first.samplesPerRecord);
  if (other === undefined) return chosen;
  throw refusal(
    `${other.name} must have the ${sampleRateOf(first, header)} Hz of ${first.name}`,
    `${sampleRateOf(other, header)} Hz`,
  );

  function refusal(must: string, got: string): RangeError {
    return new RangeError(`${file}: Cannot read the recording: ${must}, got ${got}`);
  }
}
