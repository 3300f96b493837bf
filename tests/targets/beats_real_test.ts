/** The target `beats` on a whole published database, held to what a program in another language made of the same files. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readAnnotations } from "../../src/formats/wfdb/annotations.ts";
import { readHeader } from "../../src/formats/wfdb/header.ts";
import { type RecordingRow, windowId, type WindowRow } from "../../src/formats/window_table.ts";
import { beats } from "../../src/targets/beats.ts";
import { beatsSchema } from "../../src/targets/beats_schema.ts";
import type { Target } from "../../src/targets/target.ts";
import golden from "../golden/targets/beats.json" with { type: "json" };
import { realDataTest } from "../datasets/wfdb/real_data.ts";
import { recordingOf } from "./windows.ts";

/** The rate that windows are brought to; the annotations were made at 360 Hz. */
const SAMPLE_RATE_HZ = 256;

async function readRecord(folder: string, name: string) {
  const read = (file: string) => Deno.readFile(join(folder, file));
  const { sampleRateHz, samples } = readHeader(new TextDecoder().decode(await read(`${name}.hea`)), {
    file: `${name}.hea`,
  });
  const marks = readAnnotations(await read(`${name}.atr`), { file: `${name}.atr`, sampleRateHz })
    .toSorted((left, right) => left.sample - right.sample)
    .map(({ sample, symbol, text }) => ({ seconds: sample / sampleRateHz, symbol, text }));
  return { recording: recordingOf(name, { labels: {} }), seconds: (samples ?? 0) / sampleRateHz, marks };
}

function* windowsOf({ id, subject, session }: RecordingRow, options: { seconds: number; every: number }) {
  const length = options.every * SAMPLE_RATE_HZ;
  for (let first = 0; first + length <= options.seconds * SAMPLE_RATE_HZ; first += length) {
    const place = { recording: id, subject, session, first, length };
    yield { id: windowId(id, place), ...place, hash: "", quality: "ok" };
  }
}

/** What a window is, in the words of the golden file, and whether it is a hard negative. */
function judge(target: Target, { window, recording }: { window: WindowRow; recording: RecordingRow }) {
  const outcome = target.outcome(window, recording);
  const word = "class" in outcome ? target.classes[outcome.class] : outcome.reason;
  return { word, isHard: target.isHardNegative?.(window, recording) ?? false };
}

golden.forEach(({ seconds: every, parameters, windows, counts, hardNegatives, letters, records }, number) => {
  realDataTest("mitdb", {
    name: `beats makes of ${windows} windows of ${every} s what it should, case ${number + 1}`,
    async run(dataFolder) {
      const opened = await Promise.all(
        Object.keys(records).map((name) => readRecord(join(dataFolder, "mitdb"), name)),
      );
      const target = beats.prepare(beatsSchema.parse(parameters), {
        recordings: opened.map(({ recording }) => recording),
        ranges: {},
        marks: {
          sampleRateHz: SAMPLE_RATE_HZ,
          annotations: new Map(opened.map(({ recording, marks }) => [recording.id, marks])),
        },
      });
      const expected = new Map(Object.entries(records));
      const letterOf = new Map(Object.entries(letters).map(([letter, word]) => [word, letter]));
      const found: Record<string, number> = {};
      let hard = 0;
      for (const { recording, seconds } of opened) {
        const text = [...windowsOf(recording, { seconds, every })].map((window) => {
          const { word, isHard } = judge(target, { window, recording });
          found[word] = (found[word] ?? 0) + 1;
          hard += Number(isHard);
          const letter = letterOf.get(word) ?? "?";
          return isHard ? letter.toUpperCase() : letter;
        }).join("");
        assert.equal(
          text,
          expected.get(recording.subject),
          recording.id,
        );
      }
      assert.deepEqual({ found, hard }, { found: { ...counts }, hard: hardNegatives });
    },
  });
});
