/** The Glasgow University Database: its figures from the beats alone, and from the signals rendered around them. */
import assert from "node:assert/strict";
import { openBeats } from "../../../src/datasets/beats/people.ts";
import { beatsSchema } from "../../../src/datasets/beats/schema.ts";
import type { Dataset } from "../../../src/datasets/dataset.ts";
import { heartRateVariability } from "../../../src/signal/hrv.ts";
import { detectRPeaks } from "../../../src/signal/r_peaks.ts";
import { windows } from "../../../src/signal/window.ts";
import golden from "../../golden/datasets/gudb_heart_rate.json" with { type: "json" };
import { centred, leaveOnePersonOut, type MeasuredWindow } from "../separation.ts";
import { assertWithin, mean } from "../statistics.ts";
import { realDataTest } from "../wfdb/real_data.ts";
import { CONDITIONS, open } from "./write_people.ts";

/** What the database's description says, to two digits. */
const PUBLISHED = [{ raw: 0.61, centred: 0.77 }, { raw: 0.63, centred: 0.86 }];

const conditionOf = (name: string) => name === "rest" ? "rest" as const : "stress" as const;
const heartRate = (beatSeconds: ArrayLike<number>) =>
  60 / (heartRateVariability(beatSeconds)?.meanRrSeconds ?? assert.fail("too few beats"));
const centredWindows = (measured: readonly MeasuredWindow[]) => {
  // centred() goes person by person, which is the order of the windows.
  const rates = centred(measured, "heartRateBpm");
  return measured.map((window, index) => ({ ...window, heartRateBpm: rates[index] }));
};

/** Heart rate of the beats that are found in each window. */
function measure(dataset: Dataset, seconds: number): Promise<MeasuredWindow[]> {
  return Array.fromAsync(
    dataset.recordings(),
    ({ subject, stimulus, leads: [{ samples }] }) =>
      [...windows(samples, { length: 256 * seconds, stride: 256 * seconds })].map((window) => ({
        subject,
        condition: conditionOf(stimulus),
        heartRateBpm: heartRate(
          Float64Array.from(detectRPeaks(window.samples, { sampleRateHz: 256 }), (peak) => peak / 256),
        ),
      })),
  ).then((recordings) => recordings.flat());
}

realDataTest("gudb", {
  name: "beats reads 8,231 beats of 25 people without a gap, and heart rate rises as published",
  async run(dataFolder) {
    const parameters = beatsSchema.parse({ path: "gudb", conditions: CONDITIONS });
    const { recordings } = await openBeats(parameters, { dataFolder });
    assert.equal(recordings.length, 50);
    const beats = recordings.map(({ timeline }) => timeline.beats);
    assert.equal(beats.reduce((sum, { length }) => sum + length, 0), golden.beats);
    const intervals = beats.flatMap((times) =>
      [...times.subarray(1)].map((time, index) => time - times[index])
    );
    assertWithin(Math.min(...intervals), golden.shortestSeconds, 1e-9);
    assertWithin(Math.max(...intervals), golden.longestSeconds, 1e-9);
    const rises = golden.riseBpm.map((rise, index) => {
      const [rest, stress] = recordings.slice(2 * index, 2 * index + 2);
      assert.deepEqual([rest.condition, stress.condition], ["rest", "stress"]);
      const own = heartRate(stress.timeline.beats) - heartRate(rest.timeline.beats);
      assertWithin(own, rise, 1e-9);
      return own;
    });
    assertWithin(mean(rises), 8.3, 0.05);
    assert.equal(rises.filter((rise) => rise > 0).length, 23);
    assert.equal(rises.filter((rise) => rise < 2).length, 7);
  },
});

realDataTest("gudb", {
  name: "beats tell rest from mental arithmetic by heart rate alone as published, one person left out",
  async run(dataFolder) {
    const parameters = beatsSchema.parse({ path: "gudb", conditions: CONDITIONS });
    const { recordings } = await openBeats(parameters, { dataFolder });
    for (const [index, { seconds, windows: count, raw, centred }] of golden.separation.entries()) {
      const measured = recordings.flatMap(({ subject, condition, timeline }) =>
        Array.from({ length: Math.floor(timeline.seconds / seconds) }, (_, window) => ({
          subject,
          condition: conditionOf(condition),
          heartRateBpm: heartRate(
            timeline.beats.filter((time) => time >= window * seconds && time < (window + 1) * seconds),
          ),
        }))
      );
      assert.equal(measured.length, count);
      assertWithin(leaveOnePersonOut(measured), raw, 1e-9);
      assertWithin(leaveOnePersonOut(centredWindows(measured)), centred, 1e-9);
      assertWithin(raw, PUBLISHED[index].raw, 0.01);
      assertWithin(centred, PUBLISHED[index].centred, 0.01);
    }
  },
});

realDataTest("gudb", {
  name: "beats renders signals in which heart rate tells rest from mental arithmetic as well",
  async run(dataFolder) {
    const dataset = await open({ path: "gudb" }, dataFolder);
    for (const [index, { seconds, windows: count }] of golden.separation.entries()) {
      const measured = await measure(dataset, seconds);
      assert.equal(measured.length, count);
      assertWithin(leaveOnePersonOut(measured), PUBLISHED[index].raw, 0.02);
      assertWithin(leaveOnePersonOut(centredWindows(measured)), PUBLISHED[index].centred, 0.02);
    }
  },
});

for (const equalMeanRate of [undefined, { bpm: 72, windowSeconds: 30 }]) {
  const rendered = equalMeanRate ? "windows of one mean rate" : "recordings";
  realDataTest("gudb", {
    name: `beats renders ${rendered} in which detectRPeaks() finds the beats within 50 ms, and no others`,
    async run(dataFolder) {
      const dataset = await open({ path: "gudb", equalMeanRate }, dataFolder);
      let given = 0, found = 0, detected = 0, right = 0;
      for await (const { leads: [{ samples }], annotations = [] } of dataset.recordings()) {
        const beats = annotations.map(({ sample }) => sample), reach = 0.05 * 256;
        // A recording ends on the upstroke of a beat that is not in it.
        const peaks = Array.from(detectRPeaks(samples, { sampleRateHz: 256 }))
          .filter((peak) => peak < samples.length - reach);
        const near = (positions: readonly number[], others: readonly number[]) =>
          positions.filter((position) => others.some((other) => Math.abs(other - position) <= reach)).length;
        given += beats.length;
        found += near(beats, peaks);
        detected += peaks.length;
        right += near(peaks, beats);
      }
      assert.ok(given > 7000);
      assert.ok(found >= 0.99 * given, `${found} of ${given} were found`);
      assert.ok(right >= 0.99 * detected, `${right} of ${detected} are beats`);
    },
  });
}

realDataTest("gudb", {
  name: "beats at one mean rate leave heart rate nothing but the interval across the border",
  async run(dataFolder) {
    const equalMeanRate = { bpm: 72, windowSeconds: 30 };
    const measured = await measure(await open({ path: "gudb", equalMeanRate }, dataFolder), 30);
    // The interval between 36 beats departs from 60 / 72 s by a 35th of what the crossing one does, at most half of it here.
    for (const { heartRateBpm } of measured) assertWithin(heartRateBpm, 72, 72 * 0.5 / 35);
    for (const told of [measured, centredWindows(measured)]) {
      // Chance, give or take twice the standard error of 205 windows.
      assertWithin(leaveOnePersonOut(told), 0.5, 0.07);
    }
  },
});
