/** Reads published databases whole; every signal is held to the checksum in its header. */
import assert from "node:assert/strict";
import type { Recording } from "../../../src/datasets/dataset.ts";
import { isBeat } from "../../../src/formats/wfdb/annotation_codes.ts";
import { realDataTest } from "./real_data.ts";
import { open } from "./write_database.ts";

function countBy<Item>(items: Iterable<Item>, key: (item: Item) => unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[String(key(item))] = (counts[String(key(item))] ?? 0) + 1;
  return counts;
}

realDataTest("mitdb", {
  name: "wfdb reads all 48 records of the MIT-BIH Arrhythmia Database with their checksums and 109,494 beats",
  async run(dataFolder) {
    const dataset = await open({ path: "mitdb", sameSubject: [[201, 202]] }, dataFolder);
    const subjects = new Map<string, Recording["labels"]>();
    let records = 0, beats = 0;
    const leads: string[] = [], rhythms: string[] = [];
    for await (const recording of dataset.recordings()) {
      records++;
      subjects.set(recording.subject, recording.labels);
      leads.push(...recording.leads.map(({ name }) => name));
      assert.equal(recording.sampleRateHz, 360);
      for (const { unit, samples } of recording.leads) {
        assert.equal(unit, "mV");
        assert.equal(samples.length, 650_000);
      }
      const { annotations = [] } = recording;
      beats += annotations.filter(({ symbol }) => isBeat(symbol)).length;
      rhythms.push(...annotations.filter(({ symbol }) => symbol === "+").map(({ text }) => text));
      assert.ok(annotations.every(({ sample }, index) => sample >= (annotations[index - 1]?.sample ?? 0)));
      if (recording.id === "mitdb/100/1/100") {
        // The first ten rows that WFDB's rdsamp gives for it.
        const first = (lead: number) => [...recording.leads[lead].samples.subarray(0, 10)];
        assert.deepEqual(first(0), [...Array(8).fill(-0.145), -0.12, -0.135]);
        assert.deepEqual(first(1), [...Array(8).fill(-0.065), -0.08, -0.08]);
      }
    }
    assert.equal(records, 48);
    assert.equal(beats, 109_494);
    assert.equal(leads.filter((name) => name === "MLII").length, 46);
    // Moody and Mark 2001: 47 subjects, 25 men and 22 women.
    assert.deepEqual(countBy(subjects.values(), ({ sex }) => sex), { M: 25, F: 22 });
    assert.ok(rhythms.includes("(AFIB") && rhythms.every((text) => /^\([A-Z]+$/.test(text)));
  },
});

for (const annotations of ["i", "ii"]) {
  realDataTest("ludb", {
    name: `wfdb reads all 200 records of LUDB with their checksums and the waves of lead ${annotations}`,
    async run(dataFolder) {
      const dataset = await open({ path: "ludb", annotations }, dataFolder);
      const recordings: Recording["labels"][] = [];
      for await (const recording of dataset.recordings()) {
        recordings.push(recording.labels);
        assert.equal(recording.sampleRateHz, 500);
        assert.deepEqual(
          recording.leads.map(({ name }) => name),
          ["i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6"],
        );
        assert.ok(recording.leads.every(({ unit, samples }) => unit === "mV" && samples.length === 5000));
        const symbols = countBy(recording.annotations ?? [], ({ symbol }) => symbol);
        const { "(": starts, ")": ends, N = 0, p = 0, t = 0 } = symbols;
        assert.ok(N > 0);
        assert.equal(ends, N + p + t, recording.id);
        // In these two files some QRS complexes have a peak and an end alone.
        const incomplete = annotations === "ii" && ["95", "104"].includes(recording.subject);
        assert.equal(starts < ends, incomplete, recording.id);
      }
      // What the database's README counts.
      assert.equal(recordings.length, 200);
      assert.deepEqual(countBy(recordings, ({ sex }) => sex), { F: 85, M: 115 });
      assert.deepEqual(countBy(recordings, ({ rhythm }) => rhythm), {
        "Sinus rhythm": 143,
        "Sinus tachycardia": 4,
        "Sinus bradycardia": 25,
        "Sinus arrhythmia": 8,
        "Irregular sinus rhythm": 2,
        "Atrial fibrillation": 15,
        "Atrial flutter, typical": 3,
      });
      const ages = recordings.map(({ age }) => Number(age));
      assert.deepEqual([Math.min(...ages), Math.max(...ages)], [11, 90]);
    },
  });
}
