import { drawPerson } from "../../../src/datasets/synthetic/person.ts";
import { stream } from "../../../src/random/stream.ts";
import { assertWithin, correlation, deviation, mean } from "../statistics.ts";

const people = Array.from({ length: 4000 }, (_, person) => drawPerson(stream(1, `person/${person}`)));

Deno.test("drawPerson() draws the moments of real people", () => {
  const rest = people.map(({ restHeartRateBpm }) => restHeartRateBpm);
  assertWithin(mean(rest), 78, 0.6);
  assertWithin(deviation(rest), 12, 0.5);
  const response = people.map(({ responseBpm }) => responseBpm);
  assertWithin(mean(response), 8.3, 0.4);
  assertWithin(deviation(response), 7.9, 0.4);
  assertWithin(response.filter((bpm) => bpm < 2).length / response.length, 0.28, 0.022);
  const change = people.map(({ lnRmssdChange }) => lnRmssdChange);
  assertWithin(mean(change), -0.35, 0.02);
  assertWithin(deviation(change), 0.4, 0.015);
});

Deno.test("drawPerson() lets traits correlate as in real people", () => {
  const rest = people.map(({ restHeartRateBpm }) => restHeartRateBpm);
  const response = people.map(({ responseBpm }) => responseBpm);
  assertWithin(correlation(rest, response), 0.43, 0.05);
  assertWithin(correlation(rest, people.map(({ restLnRmssd }) => restLnRmssd)), -0.72, 0.05);
  assertWithin(correlation(response, people.map(({ lnRmssdChange }) => lnRmssdChange)), -0.77, 0.06);
});
