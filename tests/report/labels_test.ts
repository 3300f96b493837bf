import assert from "node:assert/strict";
import { roomyLabels, spreadLabels, textWidth } from "../../src/report/labels.ts";

Deno.test("spreadLabels() leaves labels that have room where they are", () => {
  assert.deepEqual(spreadLabels([80, 10, 40], { gap: 10, from: 0, to: 100 }), [80, 10, 40]);
});

Deno.test("spreadLabels() moves a crowd evenly about its middle", () => {
  // Ranks 0..2 at 50: pooled level (50 + 40 + 30) / 3 = 40, then 40, 50, 60.
  assert.deepEqual(spreadLabels([50, 50, 50], { gap: 10, from: 0, to: 100 }), [40, 50, 60]);
  // 20 and 24 pool at (20 + 14) / 2 = 17, then 17 and 27; 90 stays.
  assert.deepEqual(spreadLabels([24, 90, 20], { gap: 10, from: 0, to: 100 }), [27, 90, 17]);
});

Deno.test("spreadLabels() keeps within the ends, and shrinks the gap when all don't fit", () => {
  assert.deepEqual(spreadLabels([2, 2], { gap: 10, from: 0, to: 100 }), [0, 10]);
  assert.deepEqual(spreadLabels([99, 99], { gap: 10, from: 0, to: 100 }), [90, 100]);
  assert.deepEqual(spreadLabels([5, 5, 5], { gap: 10, from: 0, to: 10 }), [0, 5, 10]);
  assert.deepEqual(spreadLabels([], { gap: 10, from: 0, to: 10 }), []);
});

Deno.test("roomyLabels() keeps the last label and those before it that leave room", () => {
  // 30 wide at 100 begins at 85; 80 ends at 95: no room. 40 ends at 55, 8 before 85: room. 10 ends at 25, 25 + 8 > 25.
  assert.deepEqual(roomyLabels([10, 40, 80, 100], [30, 30, 30, 30]), [false, true, false, true]);
  assert.deepEqual(roomyLabels([0, 100], [10, 10]), [true, true]);
});

Deno.test("textWidth() grows with the text and the size of the letters", () => {
  assert.ok(textWidth("WWW", 12) > textWidth("iii", 12));
  assert.equal(textWidth("abc", 24), 2 * textWidth("abc", 12));
});
