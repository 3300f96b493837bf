/**
 * One person's recordings: a stretch of each condition.
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import type { Recording } from "../dataset.ts";
import { openFile } from "../files.ts";
import { readChest, readRespiban, SAMPLE_RATE_HZ } from "./chest.ts";
import { namesOf } from "./conditions.ts";
import type { Person } from "./people.ts";
import { type JudgedCondition, RATINGS, readQuestionnaire } from "./questionnaire.ts";
import type { WesadParameters } from "./schema.ts";
import { checkTimes, judgedStretches, type Stretch, stretchesOf } from "./stretches.ts";

/** What is known of a person before recordings are cut. */
interface Session {
  readonly ecg: Float64Array;
  readonly sampleRateHz: number;
  readonly stretches: readonly Stretch[];
  /** What was said of each stretch; undefined where the questionnaire is not read. */
  readonly judged?: readonly JudgedCondition[];
}

/**
 * A person's recordings by id. Throws, with file, where the files' readers do, and where the questionnaire does not fit the labels.
 */
export async function recordingsOf(
  person: Person,
  { dataset, parameters }: { dataset: string; parameters: WesadParameters },
): Promise<Recording[]> {
  const { subject, signals, questionnaire } = person;
  const judged = questionnaire === null ? undefined : readQuestionnaire(
    await Deno.readTextFile(questionnaire),
    { file: questionnaire },
  );
  const session = parameters.from === "pickle"
    ? readLabelled(person, { judged, parameters })
    : readTimed(person, { judged: judged ?? [] });
  const names = namesOf(session.stretches);
  const noRatings = Object.fromEntries(Object.keys(RATINGS).map((rating) => [rating, null]));
  return session.stretches.map(({ condition, from, to }, index): Recording => ({
    id: `${dataset}/${subject}/1/${names[index]}`,
    file: signals,
    subject,
    session: "1",
    stimulus: names[index],
    sampleRateHz: session.sampleRateHz,
    leads: [{ name: "ECG", unit: "mV", samples: session.ecg.slice(from, to) }],
    labels: {
      condition,
      ...questionnaire === null ? {} : session.judged?.[index].ratings ?? noRatings,
    },
  })).toSorted((left, right) => byCodePoint(left.id, right.id));
}

function readLabelled(
  { subject, signals, questionnaire }: Person,
  { judged, parameters }: { judged?: readonly JudgedCondition[]; parameters: WesadParameters },
): Session {
  using source = openFile(signals);
  const { ecg, labels } = readChest(source, { subject }), stretches = stretchesOf(labels, { file: signals });
  const session = { ecg, sampleRateHz: SAMPLE_RATE_HZ, stretches };
  if (judged === undefined || questionnaire === null) return session;
  const matched = judgedStretches(stretches, { judged, file: questionnaire });
  if (parameters.questionnaire === "check") {
    checkTimes(stretches, { judged: matched, sampleRateHz: SAMPLE_RATE_HZ, file: questionnaire });
  }
  return { ...session, judged: matched };
}

function readTimed({ signals }: Person, { judged }: { judged: readonly JudgedCondition[] }): Session {
  using source = openFile(signals);
  const { ecg, sampleRateHz } = readRespiban(source);
  const stretches = judged.map(({ condition, start, end }): Stretch => {
    const [from, to] = [start, end].map((seconds) => Math.round(seconds * sampleRateHz));
    if (to <= ecg.length) return { condition, from, to };
    throw new RangeError(
      `${signals}: Cannot take ${condition}: the recording must last ${end} s, got ${
        ecg.length / sampleRateHz
      } s`,
    );
  });
  return { ecg, sampleRateHz, stretches, judged };
}
