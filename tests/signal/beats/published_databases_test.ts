/** Holds the detector to beats that people marked. `bench/beats.ts` shows the figures. */
import assert from "node:assert/strict";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { realDataTest } from "../../datasets/wfdb/real_data.ts";
import {
  type AnnotatedRecord,
  countedFrom,
  LUDB_RECORDS,
  matchRecord,
  MITDB_RECORDS,
  readLudb,
  readMitdb,
} from "./annotated_records.ts";
import { poolMatches } from "./match_beats.ts";

function matchOf(record: AnnotatedRecord) {
  return matchRecord(record, detectRPeaks(record.samples, record));
}

/** What many publications leave out, for detectors that learn on it. */
const LEARNING_SECONDS = 300;

realDataTest("mitdb", {
  name:
    "detectRPeaks() finds 99.6% of the beats of mitdb, and 99.6% of what it finds are beats, in all, DS1 and DS2, from the start and from 5 min on",
  run: (dataFolder) => {
    const { DS1, DS2, paced } = MITDB_RECORDS, all = [...DS1, ...DS2, ...paced];
    const matches = new Map(all.map((name) => {
      const record = readMitdb(dataFolder, name), detected = detectRPeaks(record.samples, record);
      const later = matchRecord(countedFrom(record, LEARNING_SECONDS), detected);
      return [name, { whole: matchRecord(record, detected), later }];
    }));
    for (const part of ["whole", "later"] as const) {
      // DS1 is what the detector was tuned on; DS2 it has not seen.
      for (const records of [DS1, DS2, all]) {
        const { annotated, sensitivity, positivePredictiveValue } = poolMatches(
          records.flatMap((name) => matches.get(name)?.[part] ?? []),
        );
        if (records === all && part === "whole") assert.equal(annotated, 109_494);
        assert.ok(sensitivity >= 0.996, `${sensitivity} of ${records.length} records, ${part}`);
        assert.ok(
          positivePredictiveValue >= 0.996,
          `${positivePredictiveValue} of ${records.length} records, ${part}`,
        );
      }
    }
    return Promise.resolve();
  },
});

realDataTest("ludb", {
  name:
    "detectRPeaks() finds at least 99% of the beats in lead II of ludb, and 99% of what it finds are beats",
  run: (dataFolder) => {
    const { annotated, sensitivity, positivePredictiveValue } = poolMatches(
      LUDB_RECORDS.map((name) => matchOf(readLudb(dataFolder, name))),
    );
    assert.equal(annotated, 1831);
    assert.ok(sensitivity >= 0.99, `${sensitivity}`);
    assert.ok(positivePredictiveValue >= 0.99, `${positivePredictiveValue}`);
    return Promise.resolve();
  },
});
