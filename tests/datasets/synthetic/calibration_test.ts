import assert from "node:assert/strict";
import { bySubject, centred, leaveOnePersonOut } from "../separation.ts";
import { assertWithin, correlation, deviation, mean } from "../statistics.ts";
import { measure, type MeasuredRecording } from "./population.ts";

const real = measure({ people: 300, effect: 1 }), none = measure({ people: 300, effect: 0 });

/** Mean over a person's recordings under stress less that at rest. */
function changes(recordings: readonly MeasuredRecording[], key: "heartRateBpm" | "lnRmssd"): number[] {
  return bySubject(recordings).map((own) => {
    const under = (condition: string) =>
      mean(own.filter((recording) => recording.condition === condition).map((recording) => recording[key]));
    return under("stress") - under("rest");
  });
}

Deno.test("synthetic people are told from rest to stress by heart rate as well as real people, one left out", () => {
  assertWithin(leaveOnePersonOut(real.windows), 0.61, 0.05);
  const centredRates = centred(real.windows, "heartRateBpm");
  // centred() goes person by person, which is the order of the windows.
  const windows = real.windows.map((window, index) => ({ ...window, heartRateBpm: centredRates[index] }));
  assertWithin(leaveOnePersonOut(windows), 0.77, 0.05);
});

Deno.test("synthetic people have the heart rate of real people at rest, measured on the beats", () => {
  const rest = bySubject(real.recordings).map((own) =>
    mean(own.filter(({ condition }) => condition === "rest").map(({ heartRateBpm }) => heartRateBpm))
  );
  // Three standard errors of 300 people.
  assertWithin(mean(rest), 78, 2.1);
  assertWithin(deviation(rest), 12, 1.5);
});

Deno.test("synthetic people respond to stress as real people do, measured on the beats", () => {
  const response = changes(real.recordings, "heartRateBpm");
  assertWithin(mean(response), 8.3, 1.4);
  assertWithin(deviation(response), 7.9, 1.3);
  assertWithin(response.filter((change) => change < 2).length / response.length, 0.28, 0.08);
  const change = changes(real.recordings, "lnRmssd");
  assertWithin(mean(change), -0.35, 0.07);
  assertWithin(deviation(change), 0.4, 0.07);
});

Deno.test("synthetic people do not respond at effect 0", () => {
  // The mean of 300 differences of means of four one-minute recordings has a standard error of 0.08 bpm.
  assertWithin(mean(changes(none.recordings, "heartRateBpm")), 0, 0.25);
  assertWithin(mean(changes(none.recordings, "lnRmssd")), 0, 0.03);
  const centredRates = centred(none.windows, "heartRateBpm");
  const windows = none.windows.map((window, index) => ({ ...window, heartRateBpm: centredRates[index] }));
  assertWithin(leaveOnePersonOut(windows), 0.5, 0.02);
});

Deno.test("ratings follow the beats at effect 1, arousal strongly and valence weakly, and not at effect 0", () => {
  const related = ({ recordings }: { recordings: MeasuredRecording[] }, rating: "arousal" | "valence") =>
    correlation(centred(recordings, "heartRateBpm"), centred(recordings, rating));
  assert.ok(related(real, "arousal") > 0.4);
  const valence = related(real, "valence");
  assert.ok(valence > 0.02 && valence < 0.25, `valence is related by ${valence}`);
  // Three standard errors of 2,100 free values.
  assertWithin(related(none, "arousal"), 0, 0.065);
  assertWithin(related(none, "valence"), 0, 0.065);
});
