import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { divideBudget } from "../../src/targets/division.ts";
import { type BudgetUnit, gatherUnits, type LabelledWindow, type Unit } from "../../src/targets/unit.ts";

/** Units in the order given: one a word, `subject recording classes...` such as `a/1:01`. */
function units(text: string, unit: BudgetUnit): Unit[] {
  return text.split(" ").flatMap((word, position) => {
    const [recording, classes] = word.split(":");
    const windows = [...classes].map((digit, index): LabelledWindow => ({
      id: `${String(position).padStart(2, "0")}.${index}`,
      subject: recording.split("/")[0],
      recording,
      class: Number(digit),
    }));
    return gatherUnits(windows, unit);
  });
}

function divide(
  members: Unit[],
  { unit, validationShare = 0.2 }: { unit: BudgetUnit; validationShare?: number },
) {
  const { train, validation, dividedBy } = divideBudget(members, {
    unit,
    validationShare,
    stream: stream(1, "a"),
  });
  assert.equal(train.length + validation.length, members.flatMap(({ windows }) => windows).length);
  assert.equal(new Set([...train, ...validation]).size, train.length + validation.length);
  return { validation: validation.sort(), dividedBy };
}

const times = (word: string, count: number) => Array(count).fill(word).join(" ");

Deno.test("divideBudget() takes the third and the eighth window of each class where few people are windows alone", () => {
  // One fifth of 3 is nearer to 1 than to 0, one fifth of 8 nearer to 2 than to 1.
  assert.deepEqual(divide(units(times("a/1:0 a/2:1", 10), "window"), { unit: "window" }), {
    validation: ["04.0", "05.0", "14.0", "15.0"],
    dividedBy: "window",
  });
});

Deno.test("divideBudget() trains with all labels below 20 windows", () => {
  assert.deepEqual(divide(units(times("a/1:0", 19), "window"), { unit: "window" }), {
    validation: [],
    dividedBy: "nothing",
  });
  assert.equal(divide(units(times("a/1:0", 20), "window"), { unit: "window" }).validation.length, 4);
});

Deno.test("divideBudget() trains with all labels when the share is 0", () => {
  const { validation, dividedBy } = divide(units(times("a/1:0", 50), "window"), {
    unit: "window",
    validationShare: 0,
  });
  assert.deepEqual({ validation, dividedBy }, { validation: [], dividedBy: "nothing" });
});

Deno.test("divideBudget() keeps people whole from five people on", () => {
  // Each round labels one window of each person. The third to come validates: one of five.
  const round = "a/1:0 b/1:0 c/1:0 d/1:0 e/1:0";
  assert.deepEqual(divide(units(times(round, 5), "window"), { unit: "window" }), {
    validation: ["02.0", "07.0", "12.0", "17.0", "22.0"],
    dividedBy: "subject",
  });
});

Deno.test("divideBudget() keeps recordings whole where there are fewer people", () => {
  const round = "a/1:0 b/1:0 c/1:0 d/1:0 a/2:0";
  assert.deepEqual(divide(units(times(round, 5), "window"), { unit: "window" }), {
    validation: ["02.0", "07.0", "12.0", "17.0", "22.0"],
    dividedBy: "recording",
  });
});

Deno.test("divideBudget() never divides a recording that is a unit", () => {
  // Two people, three recordings of 10 windows; the third to come validates.
  const members = units("a/1:0101010101 b/1:0101010101 a/2:0101010101", "recording");
  const { validation, dividedBy } = divide(members, { unit: "recording" });
  assert.equal(dividedBy, "recording");
  assert.deepEqual(validation, Array.from({ length: 10 }, (_, index) => `02.${index}`));
});

Deno.test("divideBudget() divides few people by their recordings", () => {
  const members = units(times("a/1:0011 a/2:0011 a/3:0011", 2), "recording");
  const person: Unit = {
    ...members[0],
    id: "a",
    windows: members.flatMap(({ windows }) => windows),
  };
  const { validation, dividedBy } = divide([person], { unit: "subject" });
  assert.equal(dividedBy, "recording");
  assert.equal(validation.length, 8);
});

Deno.test("divideBudget() weighs classes by how many windows they have so far", () => {
  // The third person: 10 (10 - 2 * 0.2 * 30) / 30 + 4 (4 - 2 * 0.2 * 6) / 6 = 0.4 raises the sum, so the person trains;
  // the fourth: 10 (10 - 16) / 40 + (1 - 2.8) / 7 lowers it.
  const mixed = (ones: number) => "0".repeat(10) + "1".repeat(ones);
  const { validation } = divide(
    units(`a/1:${mixed(1)} b/1:${mixed(1)} c/1:${mixed(4)} d/1:${mixed(1)} e/1:00`, "subject"),
    { unit: "subject" },
  );
  assert.deepEqual([...new Set(validation.map((id) => id.slice(0, 2)))], ["03"]);
});

Deno.test("divideBudget() gives validation a class that would be missing there, from the smallest group", () => {
  // By turns alone only the third person with class 0 validates; of the two with class 1 the smaller one is lent.
  const { validation } = divide(
    units("a/1:00000 b/1:0000 c/1:0000 d/1:0000 e/1:11 f/1:111", "subject"),
    { unit: "subject" },
  );
  assert.deepEqual(validation, ["02.0", "02.1", "02.2", "02.3", "04.0", "04.1"]);
});

Deno.test("divideBudget() leaves the last group with a class in training", () => {
  const { validation } = divide(
    units("a/1:00000 b/1:0000 c/1:0000 d/1:0000 e/1:1111", "subject"),
    { unit: "subject" },
  );
  assert.deepEqual(validation, ["02.0", "02.1", "02.2", "02.3"]);
});

Deno.test("divideBudget() takes a class back from validation that training would lack", () => {
  // The third person would validate: 10 (10 - 2 * 0.2 * 30) / 30 + (1 - 2 * 0.2) < 0. Nobody else holds class 1, so the
  // person trains, and the first of the others validates class 0.
  const zeros = "0".repeat(10);
  const { validation } = divide(
    units(`a/1:${zeros} b/1:${zeros} c/1:${zeros}1 d/1:${zeros} e/1:${zeros}`, "subject"),
    { unit: "subject" },
  );
  assert.ok(validation.every((id) => !id.startsWith("02.")));
  assert.ok(validation.length > 0);
});

Deno.test("divideBudget() lends no class to validation when training would not keep the larger half", () => {
  // Of 100 windows 20 validate already. The two people with class 1 have 32 and 33; 20 + 32 is more than half.
  const [first, second] = [31, 32].map((zeros) => `${"0".repeat(zeros)}1`);
  const small = ["c", "d", "e", "f", "g", "h", "i"].map((subject) => `${subject}/1:00000`).join(" ");
  const { validation } = divide(units(`a/1:${first} b/1:${second} ${small}`, "subject"), { unit: "subject" });
  assert.deepEqual([...new Set(validation.map((id) => id.slice(0, 2)))], ["02", "03", "04", "06"]);
});

Deno.test("divideBudget() gives other draws other recordings of the same person", () => {
  const members = units("a/1:0011 a/2:0011 a/3:0011 a/4:0011 a/5:0011", "recording");
  const person: Unit = { ...members[0], id: "a", windows: members.flatMap(({ windows }) => windows) };
  const seen = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const source = stream(seed, "division");
    const { validation } = divideBudget([person], { unit: "subject", validationShare: 0.2, stream: source });
    seen.add(validation.map((id) => id.slice(0, 2)).sort()[0]);
  }
  assert.equal(seen.size, 5);
});
