import assert from "node:assert/strict";
import golden from "../golden/random/streams.json" with { type: "json" };
import { type Stream, stream } from "../../src/random/stream.ts";

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Counts which of `bins` each of `draws` values falls into. */
function tally(draws: number, { bins, value }: { bins: number; value: () => number }): Uint32Array {
  const counts = new Uint32Array(bins);
  for (let draw = 0; draw < draws; draw++) counts[value()]++;
  return counts;
}

// scipy.stats.chi2.ppf(0.999, degrees of freedom): a sound generator exceeds them once in a thousand seeds.
const CRITICAL = new Map([[5, 20.515], [15, 37.697], [23, 49.728], [63, 103.442], [99, 148.230]]);

function assertEven(counts: ArrayLike<number>) {
  const critical = CRITICAL.get(counts.length - 1);
  assert.ok(critical !== undefined);
  const statistic = chiSquare(counts);
  assert.ok(statistic < critical, `chi-square ${statistic} must be below ${critical}`);
}

function take(source: Stream, count: number): number[] {
  return Array.from({ length: count }, () => source.uniform());
}

/** Pearson's correlation. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  let product = 0, leftSquares = 0, rightSquares = 0;
  left.forEach((value, index) => {
    product += (value - a) * (right[index] - b);
    leftSquares += (value - a) ** 2;
    rightSquares += (right[index] - b) ** 2;
  });
  return product / Math.sqrt(leftSquares * rightSquares);
}

Deno.test("stream() gives the same numbers for the same seed and name", () => {
  assert.deepEqual(take(stream(7, "fold/2/warp"), 20), take(stream(7, "fold/2/warp"), 20));
});

for (const expected of golden.cases) {
  Deno.test(`stream() agrees with a second implementation for ${expected.seed}/${expected.name}`, () => {
    const open = () => stream(expected.seed, expected.name);
    assert.deepEqual(take(open(), 8), expected.uniform);
    const integers = open();
    assert.deepEqual(expected.integers.map(() => integers.integer(3 * 2 ** 30)), expected.integers);
    assert.deepEqual(open().shuffle(expected.shuffle.map((_, index) => index)), expected.shuffle);
    assert.equal(String(open().key()), expected.key);
    // Logarithm and cosine may round differently in another library.
    const normals = open();
    for (const number of expected.normal) assert.ok(Math.abs(normals.normal() - number) < 1e-14);
  });
}

Deno.test("stream() gives other numbers for another seed or name", () => {
  const numbers = [stream(1, "a"), stream(2, "a"), stream(1, "b"), stream(-1, "a"), stream(1, "")]
    .map((source) => source.uniform());
  assert.equal(new Set(numbers).size, numbers.length);
});

Deno.test("stream() throws RangeError when the seed is no whole number", () => {
  for (const seed of [0.5, NaN, Infinity, 2 ** 53]) {
    assert.throws(() => stream(seed, "a"), {
      name: "RangeError",
      message: `Cannot open the stream "a": the seed must be a whole number, got ${seed}`,
    });
  }
});

Deno.test("stream() keeps a name's numbers whatever other streams draw in between", () => {
  const alone = take(stream(1, "a"), 6);
  const first = stream(1, "a"), second = stream(1, "b");
  const interleaved = alone.map(() => {
    take(second, 3);
    return first.uniform();
  });
  assert.deepEqual(interleaved, alone);
});

Deno.test("stream() gives uncorrelated numbers to neighbouring names and seeds", () => {
  const count = 10_000;
  const base = take(stream(1, "fold/1"), count);
  for (const other of [stream(1, "fold/2"), stream(2, "fold/1"), stream(1, "fold/1").child("1")]) {
    // The standard error is 1 / sqrt(count) = 0.01.
    const r = correlation(base, take(other, count));
    assert.ok(Math.abs(r) < 0.033, `correlation ${r} must be within 3.3 standard errors of 0`);
  }
});

Deno.test("stream() spreads the first number of many names evenly", () => {
  let name = 0;
  assertEven(
    tally(16_000, { bins: 16, value: () => Math.floor(16 * stream(3, `window/${name++}`).uniform()) }),
  );
});

Deno.test("child() depends on names alone, not on what the parent drew", () => {
  const untouched = stream(1, "fit"), used = stream(1, "fit");
  take(used, 17);
  used.normal();
  assert.equal(untouched.child("dropout").name, "1/fit/dropout");
  assert.deepEqual(take(untouched.child("dropout"), 5), take(used.child("dropout"), 5));
});

Deno.test("child() is the stream of the joined name", () => {
  assert.deepEqual(take(stream(4, "a").child("b").child("c"), 5), take(stream(4, "a/b/c"), 5));
});

Deno.test("child() leaves the parent's numbers alone", () => {
  const source = stream(1, "a");
  take(source.child("b"), 4);
  assert.deepEqual(take(source, 4), take(stream(1, "a"), 4));
});

Deno.test("key() is odd, has 64 bits and belongs to the name", () => {
  const keys = ["a", "b", "c", "d"].map((name) => stream(1, name).key());
  for (const key of keys) {
    assert.equal(key & 1n, 1n);
    assert.equal(BigInt.asUintN(64, key), key);
  }
  assert.equal(new Set(keys).size, keys.length);
  const used = stream(1, "a");
  take(used, 3);
  assert.equal(used.key(), keys[0]);
});

Deno.test("uniform() stays in [0, 1) and fills it evenly", () => {
  const source = stream(11, "uniform");
  assertEven(tally(100_000, {
    bins: 100,
    value: () => {
      const number = source.uniform();
      assert.ok(number >= 0 && number < 1);
      return Math.floor(100 * number);
    },
  }));
});

Deno.test("uniform() has the moments of the uniform distribution", () => {
  const count = 100_000, numbers = take(stream(12, "uniform"), count);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / count;
  const variance = numbers.reduce((sum, number) => sum + (number - 0.5) ** 2, 0) / count;
  // Standard errors: sqrt(1/12 / n) of the mean, sqrt(1/180 / n) of the second central moment.
  assert.ok(Math.abs(mean - 0.5) < 3.3 * Math.sqrt(1 / 12 / count));
  assert.ok(Math.abs(variance - 1 / 12) < 3.3 * Math.sqrt(1 / 180 / count));
});

Deno.test("uniform() uses 53 bits, evenly down to the low ones", () => {
  const source = stream(13, "uniform");
  assertEven(tally(64_000, { bins: 64, value: () => (source.uniform() * 2 ** 53) % 64 }));
});

Deno.test("uniform() gives pairs of successive numbers that fill the square evenly", () => {
  const source = stream(14, "uniform");
  assertEven(tally(64_000, {
    bins: 64,
    value: () => 8 * Math.floor(8 * source.uniform()) + Math.floor(8 * source.uniform()),
  }));
});

Deno.test("integer() gives every value below the bound equally often", () => {
  const source = stream(15, "integer");
  assertEven(tally(60_000, { bins: 6, value: () => source.integer(6) }));
});

Deno.test("integer() stays even when the bound does not divide 2^32", () => {
  // Without rejection the lower half of [0, 3 * 2^30) would come up twice as often as the upper.
  const source = stream(16, "integer"), below = 3 * 2 ** 30;
  assertEven(tally(60_000, { bins: 6, value: () => Math.floor(source.integer(below) / (below / 6)) }));
});

Deno.test("integer() takes bounds from 1 to 2^32", () => {
  const source = stream(17, "integer");
  assert.equal(source.integer(1), 0);
  const wide = Array.from({ length: 100 }, () => source.integer(2 ** 32));
  assert.ok(wide.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32));
  assert.ok(wide.some((value) => value >= 2 ** 31));
});

Deno.test("integer() throws RangeError when the bound is no whole number from 1 to 2^32", () => {
  for (const below of [0, -1, 1.5, NaN, 2 ** 32 + 1]) {
    assert.throws(() => stream(1, "a").integer(below), {
      name: "RangeError",
      message: `Cannot draw a whole number: the bound must be a whole number from 1 to 2^32, got ${below}`,
    });
  }
});

Deno.test("normal() follows the standard normal distribution", () => {
  // scipy.stats.norm.ppf(k / 16): sixteen equally likely intervals.
  const upper = [1.5341205443525463, 1.1503493803760079, 0.8871465590188759, 0.6744897501960817];
  upper.push(0.48877641111466947, 0.31863936396437514, 0.15731068461017070);
  const edges = [...upper.map((edge) => -edge), 0, ...upper.toReversed()];
  const source = stream(18, "normal");
  assertEven(tally(80_000, {
    bins: 16,
    value: () => {
      const number = source.normal();
      return edges.filter((edge) => edge <= number).length;
    },
  }));
});

Deno.test("normal() has mean 0, variance 1, no skew, and successive numbers that are uncorrelated", () => {
  const count = 100_000, source = stream(19, "normal");
  const numbers = Array.from({ length: count }, () => source.normal());
  const moment = (order: number) => numbers.reduce((sum, number) => sum + number ** order, 0) / count;
  // The variance of the k-th sample moment is (E z^2k - (E z^k)^2) / n: 1, 2, 15 and 96 for k = 1 to 4.
  assert.ok(Math.abs(moment(1)) < 3.3 * Math.sqrt(1 / count));
  assert.ok(Math.abs(moment(2) - 1) < 3.3 * Math.sqrt(2 / count));
  assert.ok(Math.abs(moment(3)) < 3.3 * Math.sqrt(15 / count));
  assert.ok(Math.abs(moment(4) - 3) < 3.3 * Math.sqrt(96 / count));
  const even = numbers.filter((_, index) => index % 2 === 0);
  const odd = numbers.filter((_, index) => index % 2 === 1);
  assert.ok(Math.abs(correlation(even, odd)) < 3.3 / Math.sqrt(count / 2));
});

Deno.test("shuffle() is a permutation and leaves its input alone", () => {
  const items = Array.from({ length: 50 }, (_, index) => index), copy = [...items];
  const shuffled = stream(20, "shuffle").shuffle(items);
  assert.deepEqual(items, copy);
  assert.notDeepEqual(shuffled, items);
  assert.deepEqual(shuffled.toSorted((a, b) => a - b), items);
});

Deno.test("shuffle() takes any iterable, the empty one too", () => {
  assert.deepEqual(stream(1, "a").shuffle(new Set<string>()), []);
  assert.deepEqual(stream(1, "a").shuffle(new Set(["only"])), ["only"]);
});

Deno.test("shuffle() gives all 24 orders of four items equally often", () => {
  const source = stream(21, "shuffle"), counts = new Map<string, number>();
  for (let draw = 0; draw < 24_000; draw++) {
    const order = source.shuffle("abcd").join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  assertEven([...counts.values()]);
});
