import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import golden from "../../golden/onnx/distributions.json" with { type: "json" };

const KEY = 0xb5ad4eceda1ce2a9n;

/** What one run of a program draws. */
async function drawn(draw: () => tf.Tensor, key = KEY): Promise<number[]> {
  const program = await compile(() => ({ drawn: draw() }), { inputs: {}, random: createRandom(key) });
  const { drawn } = await program.run({});
  await program.dispose();
  return [...drawn];
}

/** Chi-square of counts against the shares that are expected. */
function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count);
  return counts.reduce((sum, count, index) => {
    const expected = total * shares[index];
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

const limitOf = (degrees: keyof typeof golden.chiSquare) => golden.chiSquare[degrees];

const SIZE = 60_000;

/** Operations of TensorFlow.js, each by the distribution that SciPy knows it as. */
const CONTINUOUS: Record<keyof typeof golden.distributions, () => tf.Tensor> = {
  uniform: () => tf.randomUniform([SIZE], -1, 3),
  normal: () => tf.randomNormal([300, SIZE / 300], 3, 2),
  truncated: () => tf.truncatedNormal([SIZE], 1, 0.5),
  "gamma0.3": () => tf.randomGamma([SIZE], 0.3, 2),
  gamma1: () => tf.randomGamma([SIZE], 1, 0.5),
  "gamma2.5": () => tf.randomGamma([SIZE], 2.5),
  gamma40: () => tf.randomGamma([SIZE], 40),
};

for (const name of Object.keys(CONTINUOUS) as (keyof typeof CONTINUOUS)[]) {
  Deno.test(`compile() draws the distribution that SciPy calls ${name}`, async () => {
    const numbers = await drawn(CONTINUOUS[name]);
    const { quantiles, mean, variance, skewness, kurtosis } = golden.distributions[name];
    const bins = quantiles.length + 1, counts = new Array<number>(bins).fill(0);
    for (const number of numbers) {
      const bin = quantiles.findIndex((quantile) => number < quantile);
      counts[bin === -1 ? bins - 1 : bin]++;
    }
    const square = chiSquare(counts, new Array<number>(bins).fill(1 / bins));
    assert.ok(square < limitOf("199"), `chi-square ${square}`);
    let below = 0, distance = 0;
    counts.forEach((count, bin) => {
      below += count;
      distance = Math.max(distance, Math.abs(below / numbers.length - (bin + 1) / bins));
    });
    assert.ok(distance * Math.sqrt(SIZE) < golden.kolmogorov, `Kolmogorov-Smirnov ${distance}`);
    const moment = (power: number, center: number) =>
      numbers.reduce((sum, number) => sum + (number - center) ** power, 0) / SIZE;
    const deviation = Math.sqrt(variance);
    // Four standard errors, and twice those of a normal distribution for the higher moments.
    assert.ok(Math.abs(moment(1, 0) - mean) < 4 * deviation / Math.sqrt(SIZE), "mean");
    const spread = Math.sqrt((kurtosis + 2) / SIZE);
    assert.ok(Math.abs(moment(2, mean) / variance - 1) < 4 * spread, "variance");
    if (kurtosis > 1) return;
    assert.ok(Math.abs(moment(3, mean) / deviation ** 3 - skewness) < 8 * Math.sqrt(6 / SIZE), "skewness");
    assert.ok(
      Math.abs(moment(4, mean) / variance ** 2 - 3 - kurtosis) < 8 * Math.sqrt(24 / SIZE),
      "kurtosis",
    );
  });
}

Deno.test("tf.randomNormal() in a program is Box and Muller's in double precision, but for rounding", async () => {
  const numbers = await drawn(() => tf.randomNormal([golden.normal.length]), BigInt(golden.key));
  numbers.forEach((number, index) =>
    assert.ok(Math.abs(number - golden.normal[index]) < 3e-6, `${index}: ${number}`)
  );
});

Deno.test("tf.truncatedNormal() in a program inverts the distribution function, but for rounding", async () => {
  const numbers = await drawn(() => tf.truncatedNormal([golden.truncated.length]), BigInt(golden.key));
  numbers.forEach((number, index) =>
    assert.ok(Math.abs(number - golden.truncated[index]) < 2e-6, `${index}: ${number}`)
  );
});

Deno.test("tf.randomNormal() in a program has the tails of the normal distribution", async () => {
  const size = 2_000_000;
  const program = await compile(() => {
    const numbers = tf.randomNormal([size]);
    const beyond = (limit: number) => tf.sum(tf.cast(tf.greater(tf.abs(numbers), limit), "int32"));
    return { "3": beyond(3), "4": beyond(4), largest: tf.max(tf.abs(numbers)) };
  }, { inputs: {}, random: createRandom(KEY) });
  const results = await program.run({});
  for (const limit of ["3", "4"] as const) {
    const expected = 2 * size * golden.normalTail[limit];
    assert.ok(
      Math.abs(results[limit][0] - expected) < 4 * Math.sqrt(expected),
      `${limit}: ${results[limit]}`,
    );
  }
  assert.ok(results.largest[0] < 6.8);
  await program.dispose();
});

Deno.test("tf.truncatedNormal() in a program stays within two deviations", async () => {
  const numbers = await drawn(() => tf.truncatedNormal([200_000], 0, 1));
  assert.ok(numbers.every((number) => Math.abs(number) <= 2));
});

/** Counts of whole numbers from the lowest on. */
function countsOf(
  numbers: readonly number[],
  { lowest, kinds }: { lowest: number; kinds: number },
): number[] {
  const counts = new Array<number>(kinds).fill(0);
  for (const number of numbers) counts[number - lowest]++;
  assert.equal(counts.length, kinds);
  return counts;
}

Deno.test("tf.randomUniformInt() in a program gives each whole number from the lowest to below the highest alike", async () => {
  const numbers = await drawn(() => tf.randomUniformInt([SIZE], 5, 15));
  const square = chiSquare(countsOf(numbers, { lowest: 5, kinds: 10 }), new Array<number>(10).fill(0.1));
  assert.ok(square < limitOf("9"), `chi-square ${square}`);
});

Deno.test("tf.randomUniformInt() in a program reaches the whole range of int32", async () => {
  const numbers = await drawn(() => tf.randomUniformInt([SIZE], 0, 2 ** 31 - 1));
  // With 24 random bits, all would be multiples of 128 or next to one.
  assert.equal(new Set(numbers.map((number) => number % 128)).size, 128);
  assert.ok(numbers.every((number) => number >= 0));
  assert.ok(Math.max(...numbers) > 2 ** 31 * 0.999);
});

Deno.test("tf.randomUniformInt() in a program cuts off towards 0, as TensorFlow.js does", async () => {
  const numbers = await drawn(() => tf.randomUniformInt([SIZE], -3, 4));
  const square = chiSquare(
    countsOf(numbers, { lowest: -2, kinds: 6 }),
    [1, 1, 2, 1, 1, 1].map((part) => part / 7),
  );
  assert.ok(square < limitOf("5"), `chi-square ${square}`);
});

Deno.test("tf.randomUniform() in a program gives bool where the number reaches 1", async () => {
  const numbers = await drawn(() => tf.randomUniform([SIZE], 0, 4, "bool"));
  const square = chiSquare(countsOf(numbers, { lowest: 0, kinds: 2 }), [0.25, 0.75]);
  assert.ok(square < limitOf("1"), `chi-square ${square}`);
});

Deno.test("tf.truncatedNormal() in a program rounds int32 to the nearest", async () => {
  const numbers = await drawn(() => tf.truncatedNormal([SIZE], 1, 1.6, "int32"));
  const square = chiSquare(countsOf(numbers, { lowest: -2, kinds: 7 }), golden.roundedShares);
  assert.ok(square < limitOf("6"), `chi-square ${square}`);
});

Deno.test("tf.multinomial() in a program gives each outcome its probability", async () => {
  const logits = tf.tensor2d([[0.5, -1, 2, 0], [3, 3, 3, 3]]);
  const numbers = await drawn(() => tf.multinomial(logits, SIZE));
  const first = chiSquare(countsOf(numbers.slice(0, SIZE), { lowest: 0, kinds: 4 }), golden.outcomes);
  const second = chiSquare(countsOf(numbers.slice(SIZE), { lowest: 0, kinds: 4 }), [0.25, 0.25, 0.25, 0.25]);
  assert.ok(first < limitOf("3") && second < limitOf("3"), `chi-square ${first}, ${second}`);
  const given = await drawn(() => tf.multinomial(tf.tensor1d([0.2, 0.5, 0.3]), SIZE, undefined, true));
  const third = chiSquare(countsOf(given, { lowest: 0, kinds: 3 }), [0.2, 0.5, 0.3]);
  assert.ok(third < limitOf("2"), `chi-square ${third}`);
});
