import assert from "node:assert/strict";
import { mergeMoments, momentsOf, NO_MOMENTS } from "../../src/signal/moments.ts";

Deno.test("momentsOf() gives nothing when there are no samples", () => {
  assert.deepEqual(momentsOf(new Float64Array(0)), NO_MOMENTS);
});

Deno.test("mergeMoments() gives the other when one is of no samples", () => {
  const moments = momentsOf(Float64Array.of(4, 6));
  assert.deepEqual(moments, { count: 2, mean: 5, squares: 2 });
  assert.deepEqual(mergeMoments(moments, NO_MOMENTS), moments);
  assert.deepEqual(mergeMoments(NO_MOMENTS, moments), moments);
  assert.deepEqual(mergeMoments(NO_MOMENTS, NO_MOMENTS), NO_MOMENTS);
});

Deno.test("mergeMoments() weighs pieces by their lengths", () => {
  // 0, and 4, 4, 4: mean 3, squares 9 + 1 + 1 + 1.
  const merged = mergeMoments(momentsOf(Float32Array.of(0)), momentsOf(Float32Array.of(4, 4, 4)));
  assert.deepEqual(merged, { count: 4, mean: 3, squares: 12 });
});
