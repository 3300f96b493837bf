import assert from "node:assert/strict";
import { stream } from "../../src/random/stream.ts";
import { gatherUnits, type LabelledWindow } from "../../src/targets/unit.ts";
import { orderUnits } from "../../src/targets/unit_order.ts";

/** Windows `subject:class:number` from texts such as `a0 a0 b1`. */
function windowsOf(text: string): LabelledWindow[] {
  return text.split(" ").map((word, index) => ({
    id: `${word}-${String(index).padStart(3, "0")}`,
    subject: word[0],
    recording: word,
    class: Number(word[1]),
  }));
}

function order(
  text: string,
  { unit = "window", seed = 1 }: { unit?: "window" | "subject"; seed?: number } = {},
) {
  const units = gatherUnits(windowsOf(text), unit);
  return orderUnits(units, { stream: stream(seed, "order"), length: units.length });
}

const repeat = (word: string, times: number) => Array(times).fill(word).join(" ");

Deno.test("gatherUnits() gathers windows by recording and by subject", () => {
  const windows = windowsOf("b1 a0 a0 a1");
  const byRecording = gatherUnits(windows, "recording");
  assert.deepEqual(byRecording.map(({ id, windows }) => [id, windows.map(({ id }) => id)]), [
    ["a0", ["a0-001", "a0-002"]],
    ["a1", ["a1-003"]],
    ["b1", ["b1-000"]],
  ]);
  const bySubject = gatherUnits(windows, "subject");
  assert.deepEqual(bySubject.map(({ id, counts }) => [id, [...counts]]), [["a", [[0, 2], [1, 1]]], ["b", [[
    1,
    1,
  ]]]]);
});

Deno.test("gatherUnits() throws RangeError for a window that occurs twice or a recording of two people", () => {
  const [window] = windowsOf("a0");
  assert.throws(() => gatherUnits([window, window], "window"), {
    name: "RangeError",
    message: /got a0-000 twice/,
  });
  assert.throws(() => gatherUnits([window, { ...window, id: "x", subject: "b" }], "recording"), {
    name: "RangeError",
    message: "Cannot gather labels: the recording a0 must belong to one subject, got a and b",
  });
});

Deno.test("orderUnits() takes classes by Sainte-Laguë's divisors after one of each", () => {
  // 6 units of class 0, 2 of class 1. One of each, the rare one first; then 6/3 > 2/3, 6/5 > 2/3, 6/7 > 2/3, then a tie
  // of 6/9 and 2/3, then whichever did not win it, then the sixth of class 0.
  for (let seed = 1; seed <= 20; seed++) {
    const classes = order(`${repeat("a0", 6)} ${repeat("a1", 2)}`, { seed }).map(({ id }) => id[1]).join("");
    assert.match(classes, /^10000(10|01)0$/);
  }
});

Deno.test("orderUnits() breaks ties differently for different streams", () => {
  const starts = new Set<string>();
  for (let seed = 1; seed <= 20; seed++) starts.add(order("a0 b0 c1 d1", { seed })[0].id[0]);
  assert.deepEqual([...starts].sort(), ["a", "b", "c", "d"]);
});

Deno.test("orderUnits() goes round the people before it takes a second unit of anybody", () => {
  const text = ["a", "b", "c", "d", "e"].map((subject) =>
    `${repeat(`${subject}0`, 4)} ${repeat(`${subject}1`, 4)}`
  );
  const subjects = order(text.join(" ")).map(({ subject }) => subject);
  for (let round = 0; round < 8; round++) {
    assert.equal(new Set(subjects.slice(5 * round, 5 * round + 5)).size, 5);
  }
});

Deno.test("orderUnits() takes from the person with the fewest units before it evens out classes", () => {
  // Class 1 is a's alone. The sixth unit has class 0: b gave 2 of that class and 2 in all, a gave 1 and 3.
  for (let seed = 1; seed <= 20; seed++) {
    const words = order("a1 a1 a1 a0 a0 a0 b0 b0 b0", { seed }).map(({ id }) => id.slice(0, 2));
    assert.deepEqual(words, ["a1", "b0", "a0", "b0", "a1", "b0", "a0", "a1", "a0"]);
  }
});

Deno.test("orderUnits() gives no person one class alone when people take even turns", () => {
  const text = ["a", "b", "c", "d"].map((subject) =>
    `${repeat(`${subject}0`, 9)} ${repeat(`${subject}1`, 9)}`
  );
  for (let seed = 1; seed <= 20; seed++) {
    const first = order(text.join(" "), { seed }).slice(0, 8);
    assert.deepEqual(first.map(({ id }) => id.slice(0, 2)).sort(), [
      "a0",
      "a1",
      "b0",
      "b1",
      "c0",
      "c1",
      "d0",
      "d1",
    ]);
  }
});

Deno.test("orderUnits() begins with one unit that holds every class where there is one", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const [first] = order("a0 b0 c0 c1 d1 e2 f0 f1 f2 g2", { unit: "subject", seed });
    assert.equal(first.id, "f");
  }
});

Deno.test("orderUnits() keeps kinds of people in proportion", () => {
  // 8 people with both classes, 4 with class 0 alone: two of any three.
  const text = [..."abcdefgh"].map((subject) => `${subject}0 ${subject}1`).join(" ") + " i0 j0 k0 l0";
  const both = order(text, { unit: "subject" }).map(({ counts }) => counts.size === 2);
  for (const length of [3, 6, 9, 12]) {
    assert.equal(both.slice(0, length).filter(Boolean).length, 2 * length / 3);
  }
});

Deno.test("orderUnits() orders a person's units and the people at random", () => {
  const orders = new Set<string>();
  for (let seed = 1; seed <= 200; seed++) orders.add(order("a0 a0 a0", { seed }).map(({ id }) => id).join());
  assert.equal(orders.size, 6);
});

Deno.test("orderUnits() of a shorter length is the beginning of a longer one", () => {
  const units = gatherUnits(windowsOf("a0 a1 b0 b0 c1 c2 d2 d0"), "window");
  const full = orderUnits(units, { stream: stream(3, "order"), length: 8 });
  for (let length = 0; length < 8; length++) {
    assert.deepEqual(orderUnits(units, { stream: stream(3, "order"), length }), full.slice(0, length));
  }
});

Deno.test("orderUnits() throws RangeError when more units are wanted than there are", () => {
  const units = gatherUnits(windowsOf("a0 b1"), "window");
  assert.throws(() => orderUnits(units, { stream: stream(1, "order"), length: 3 }), {
    name: "RangeError",
    message: "Cannot order units: there must be 3, got 2",
  });
});
