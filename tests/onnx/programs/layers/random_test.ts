/** Layers that draw, and what a seed, a counter, threads and parts of a batch change in what they draw. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, type Compiled, type CompileOptions } from "../../../../src/onnx/programs/compile.ts";
import { createRandom } from "../../../../src/onnx/random/random.ts";

const KEY = 0xb5ad4eceda1ce2a9n;

/** A layer in training on ones, compiled. */
function onOnes(
  layer: tf.layers.Layer,
  { shape, ...options }: { shape: number[] } & Omit<CompileOptions, "inputs">,
): Promise<Compiled> {
  layer.apply(tf.zeros(shape));
  return compile(() => ({ y: layer.apply(tf.ones(shape), { training: true }) as tf.Tensor }), {
    inputs: {},
    random: createRandom(KEY),
    ...options,
  });
}

async function ranOn(layer: tf.layers.Layer, shape: number[]): Promise<Float32Array> {
  const program = await onOnes(layer, { shape });
  const { y } = await program.run({});
  await program.dispose();
  return Float32Array.from(y);
}

const meanOf = (numbers: ArrayLike<number>) => {
  const list = Array.from(numbers), mean = list.reduce((sum, number) => sum + number, 0) / list.length;
  return { mean, variance: list.reduce((sum, number) => sum + (number - mean) ** 2, 0) / list.length };
};

Deno.test("tf.layers.dropout() in a program drops its share and scales the rest", async () => {
  const numbers = await ranOn(tf.layers.dropout({ rate: 0.3 }), [200, 100]);
  const kept = numbers.filter((number) => number !== 0);
  assert.ok(kept.every((number) => number === Math.fround(1 / Math.fround(0.7))));
  // Four standard deviations of a binomial count.
  assert.ok(Math.abs(kept.length - 14_000) < 4 * Math.sqrt(20_000 * 0.3 * 0.7), `${kept.length}`);
});

Deno.test("tf.layers.dropout() in a program drops whole slices along axes of length 1 of its noise shape", async () => {
  const numbers = await ranOn(tf.layers.dropout({ rate: 0.5, noiseShape: [4, 1, 32] }), [4, 5, 32]);
  for (let row = 0; row < 4; row++) {
    const slices = Array.from(
      { length: 5 },
      (_, time) => [...numbers.slice((row * 5 + time) * 32, (row * 5 + time + 1) * 32)],
    );
    for (const slice of slices) assert.deepEqual(slice, slices[0]);
  }
  assert.notDeepEqual(numbers.slice(0, 32), numbers.slice(160, 192));
});

Deno.test("tf.layers.spatialDropout1d() in a program drops whole channels", async () => {
  const numbers = await ranOn(tf.layers.spatialDropout1d({ rate: 0.5 }), [3, 7, 40]);
  for (let index = 0; index < numbers.length; index++) {
    const row = Math.floor(index / 280), channel = index % 40;
    assert.equal(numbers[index], numbers[row * 280 + channel]);
  }
  const { mean } = meanOf(numbers.slice(0, 40));
  assert.ok(mean > 0.4 && mean < 1.6);
});

Deno.test("tf.layers.gaussianNoise() in a program adds its deviation", async () => {
  const { mean, variance } = meanOf(await ranOn(tf.layers.gaussianNoise({ stddev: 0.2 }), [200, 100]));
  assert.ok(Math.abs(mean - 1) < 4 * 0.2 / Math.sqrt(20_000));
  assert.ok(Math.abs(variance / 0.04 - 1) < 4 * Math.sqrt(2 / 20_000));
});

Deno.test("tf.layers.gaussianDropout() in a program multiplies by a deviation of sqrt(rate / (1 - rate))", async () => {
  const { mean, variance } = meanOf(await ranOn(tf.layers.gaussianDropout({ rate: 0.2 }), [200, 100]));
  assert.ok(Math.abs(mean - 1) < 4 * 0.5 / Math.sqrt(20_000));
  assert.ok(Math.abs(variance / 0.25 - 1) < 4 * Math.sqrt(2 / 20_000));
});

Deno.test("tf.layers.alphaDropout() in a program drops its share to the number that TensorFlow.js puts there", async () => {
  const numbers = await ranOn(tf.layers.alphaDropout({ rate: 0.1 }), [200, 100]);
  const saturation = 1.7580993408473766, scale = (0.9 * (1 + 0.1 * saturation ** 2)) ** -0.5;
  const offset = scale * saturation * 0.1;
  // TensorFlow.js takes the saturation of SELU with the wrong sign.
  const dropped = numbers.filter((number) => Math.abs(number - (scale * saturation + offset)) < 1e-6);
  const kept = numbers.filter((number) => Math.abs(number - (scale + offset)) < 1e-6);
  assert.equal(dropped.length + kept.length, 20_000);
  assert.ok(Math.abs(dropped.length - 2000) < 4 * Math.sqrt(20_000 * 0.1 * 0.9), `${dropped.length}`);
});

for (const kind of ["simpleRNN", "gru", "lstm"] as const) {
  Deno.test(`tf.layers.${kind}() in a program drops inputs and states anew in each run, the same from the same counter`, async () => {
    const layer = tf.layers[kind]({
      units: 6,
      dropout: 0.4,
      recurrentDropout: 0.4,
      kernelInitializer: tf.initializers.constant({ value: 0.2 }),
      recurrentInitializer: tf.initializers.constant({ value: 0.1 }),
    });
    const random = createRandom(KEY);
    const program = await onOnes(layer, { shape: [4, 3, 8], random });
    const runs = [await program.run({}), await program.run({})].map(({ y }) => [...y]);
    assert.notDeepEqual(runs[0], runs[1]);
    const { counter } = random;
    random.counter = 0n;
    assert.deepEqual([...(await program.run({})).y], runs[0]);
    assert.equal(2n * random.counter, counter);
    await program.dispose();
    // Without dropout in use, the rows are alike and the layer draws nothing.
    const still = await compile(() => ({ y: layer.apply(tf.ones([4, 3, 8])) as tf.Tensor }), { inputs: {} });
    const { y } = await still.run({});
    assert.deepEqual([...y.slice(0, 6)], [...y.slice(6, 12)]);
    assert.notDeepEqual([...y], runs[0]);
    await still.dispose();
  });
}

Deno.test("tf.layers.simpleRNN() in a program uses one mask for all time steps", async () => {
  // The state is the sum of the inputs that are kept, which are the same in each of three steps.
  const layer = tf.layers.simpleRNN({
    units: 1,
    dropout: 0.5,
    activation: "linear",
    kernelInitializer: "ones",
    recurrentInitializer: "ones",
    useBias: false,
  });
  const numbers = await ranOn(layer, [40, 3, 8]);
  for (const number of numbers) assert.equal(number % 6, 0);
  assert.ok(new Set(numbers).size > 3);
});

Deno.test("compile() draws anew for cells that TensorFlow.js would give one mask for ever, and leaves none behind", async () => {
  const recurrentInitializer = "ones";
  const dropping = () => tf.layers.lstmCell({ units: 2, dropout: 0.5, recurrentInitializer });
  const forgetting = () => tf.layers.gruCell({ units: 3, recurrentDropout: 0.5, recurrentInitializer });
  for (const cell of [dropping(), tf.layers.stackedRNNCells({ cells: [dropping(), forgetting()] })]) {
    const layer = tf.layers.rnn({ cell });
    layer.apply(tf.ones([4, 3, 8]));
    const { numTensors } = tf.memory();
    const programs = [await onOnes(layer, { shape: [4, 3, 8] }), await onOnes(layer, { shape: [4, 3, 8] })];
    assert.ok(tf.memory().numTensors <= numTensors);
    const runs = [await programs[0].run({}), await programs[0].run({}), await programs[1].run({})];
    assert.notDeepEqual(runs[0].y, runs[1].y);
    assert.deepEqual(runs[0].y, runs[2].y);
    for (const program of programs) await program.dispose();
  }
});

Deno.test("compile() draws the same from a counter that is given back", async () => {
  const layer = tf.layers.dropout({ rate: 0.5 });
  const random = createRandom(KEY);
  const program = await onOnes(layer, { shape: [4, 10], random });
  const runs: number[][] = [];
  const counters: bigint[] = [];
  for (let run = 0; run < 4; run++) {
    counters.push(random.counter);
    runs.push([...(await program.run({})).y]);
  }
  await program.dispose();
  assert.equal(new Set(runs.map((run) => run.join())).size, 4);
  const resumed = createRandom(KEY);
  resumed.counter = counters[2];
  const again = await onOnes(layer, { shape: [4, 10], random: resumed });
  assert.deepEqual([[...(await again.run({})).y], [...(await again.run({})).y]], runs.slice(2));
  assert.equal(resumed.counter, random.counter);
  await again.dispose();
});

Deno.test("compile() draws the same with any number of threads, but for the rounding of logarithms", async () => {
  const draw = async (threads: number) => {
    const program = await compile(() => ({
      uniform: tf.dropout(tf.ones([300, 300]), 0.5).add(tf.randomUniform([300])),
      whole: tf.randomUniformInt([300, 300], 0, 1000),
      normal: tf.randomNormal([300, 300]),
    }), { inputs: {}, random: createRandom(KEY), threads });
    const results = await program.run({});
    await program.dispose();
    return results;
  };
  const one = await draw(1), two = await draw(2);
  assert.deepEqual(two.uniform, one.uniform);
  assert.deepEqual(two.whole, one.whole);
  // A vectorized logarithm differs from that of the last elements of a thread in the last bits.
  two.normal.forEach((number, index) => assert.ok(Math.abs(number - one.normal[index]) < 2e-6));
});

Deno.test("compile() draws other numbers for each operation of a program", async () => {
  const random = createRandom(KEY);
  const program = await compile(() => ({
    a: tf.randomUniform([50]),
    b: tf.randomUniform([50]),
    c: tf.randomUniform([50], 0, 2),
  }), { inputs: {}, random });
  const { a, b, c } = await program.run({});
  assert.equal(new Set([...a, ...b, ...c.map((number) => number / 2)]).size, 150);
  assert.equal(random.counter, 150n);
  await program.dispose();
});

Deno.test("compile() draws the same for equal seeds within a run, and anew in the next", async () => {
  const random = createRandom(KEY);
  const program = await compile(() => ({
    first: tf.randomUniform([40], 0, 1, "float32", 7),
    equal: tf.randomUniform([40], 0, 1, "float32", 7),
    other: tf.randomUniform([40], 0, 1, "float32", 8),
    text: tf.randomUniform([40], 0, 1, "float32", "seven"),
    none: tf.randomUniform([40]),
    normal: tf.randomNormal([40], 0, 1, "float32", 7),
    outcomes: tf.multinomial(tf.tensor1d([0.5, 0.5]), 60, 7, true),
    sameOutcomes: tf.multinomial(tf.tensor1d([0.5, 0.5]), 60, 7, true),
    otherOutcomes: tf.multinomial(tf.tensor1d([0.5, 0.5]), 60, 8, true),
  }), { inputs: {}, random });
  const { equal, sameOutcomes, ...runs } = await program.run({});
  assert.deepEqual(equal, runs.first);
  assert.deepEqual(sameOutcomes, runs.outcomes);
  const next = await program.run({});
  const all = [...Object.values(runs), ...[next.first, next.other, next.none, next.outcomes]];
  assert.equal(new Set(all.map((numbers) => numbers.join())).size, all.length);
  await program.dispose();
});

Deno.test("compile() draws anew in each run for a dropout layer with a seed", async () => {
  const program = await onOnes(tf.layers.dropout({ rate: 0.5, seed: 3 }), { shape: [4, 10] });
  const runs = [await program.run({}), await program.run({})];
  assert.notDeepEqual(runs[0].y, runs[1].y);
  await program.dispose();
});

Deno.test("compile() draws for a part of a batch what the whole batch draws in these rows", async () => {
  const draw = (rows: number) => () => {
    const batch = tf.randomUniform([rows, 3]), flat = tf.randomNormal([rows * 2]);
    return {
      batch,
      shared: tf.randomUniform([7]),
      flat,
      seeded: tf.randomUniform([rows, 2], 0, 1, "float32", 4),
    };
  };
  const whole = await compile(draw(6), { inputs: {}, random: createRandom(KEY) });
  const expected = await whole.run({});
  const part = { rows: 2, of: 6, first: 0 }, random = createRandom(KEY);
  const parts = await compile(draw(2), { inputs: {}, random, part });
  for (const first of [4, 0, 2]) {
    part.first = first;
    random.counter = 0n;
    const { batch, shared, flat, seeded } = await parts.run({});
    assert.deepEqual([...batch], [...expected.batch.slice(3 * first, 3 * first + 6)]);
    assert.deepEqual([...flat], [...expected.flat.slice(2 * first, 2 * first + 4)]);
    assert.deepEqual([...seeded], [...expected.seeded.slice(2 * first, 2 * first + 4)]);
    assert.deepEqual(shared, expected.shared);
  }
  // 18 for the batch, 7 for the shared ones, 12 normal numbers of two words.
  assert.equal(random.counter, 49n);
  await Promise.all([whole.dispose(), parts.dispose()]);
});

Deno.test("compile() refuses generators that TensorFlow.js would never get a number from", async () => {
  const refused = (draw: () => tf.Tensor, message: RegExp) =>
    assert.rejects(compile(() => ({ y: draw() }), { inputs: {}, random: createRandom(KEY) }), { message });
  await refused(() => tf.truncatedNormal([2], 0, -1), /its standard deviation must not be below 0, got -1/);
  await refused(() => tf.randomGamma([2], -1), /alpha must be above 0, got -1/);
  await refused(
    () => tf.rand([2], () => 0.5),
    /Cannot record rand: its numbers come from a function of JavaScript/,
  );
  await refused(() => tf.rand([2], Math.random), /Cannot record Math\.random/);
});

Deno.test("compile() refuses layers whose shape is random", async () => {
  const layer = tf.layers.randomWidth({ factor: 0.5 });
  const attempt = compile(({ x }) => ({ y: layer.apply(x) as tf.Tensor }), {
    inputs: { x: [1, 4, 4, 1] },
    random: createRandom(KEY),
  });
  await assert.rejects(attempt, { message: /Cannot read a tensor while a program is recorded/ });
});

Deno.test("compile() refuses weights that are drawn while a program is recorded", async () => {
  for (const layer of [tf.layers.dense({ units: 2 }), tf.layers.lstm({ units: 2 })]) {
    const shape = layer.getClassName() === "LSTM" ? [2, 3, 4] : [2, 4];
    const attempt = compile(() => ({ y: layer.apply(tf.ones(shape)) as tf.Tensor }), {
      inputs: {},
      random: createRandom(KEY),
    });
    await assert.rejects(attempt, { message: /build the model before|Cannot read a tensor/ });
  }
});
