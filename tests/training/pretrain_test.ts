import assert from "node:assert/strict";
import { type RowReader, rowsInMemory } from "../../src/formats/rows.ts";
import { readOnnx } from "../../src/onnx/files/export.ts";
import { openSession } from "../../src/onnx/runtime/session.ts";
import { stream } from "../../src/random/stream.ts";
import { computeFeatures } from "../../src/training/features.ts";
import { pretrain, type PretrainOptions } from "../../src/training/pretrain.ts";

const SAMPLES = 64, WINDOWS = 40;

const positions = (from: number, to: number) =>
  Int32Array.from({ length: to - from }, (_, index) => from + index);

/** Pulses of height 1 at a random place of a period, so that negation and scaling by 3 can be told. */
function pulses(): RowReader {
  const numbers = stream(1, "pulses"), values = new Float32Array(WINDOWS * SAMPLES);
  for (let window = 0; window < WINDOWS; window++) {
    const offset = numbers.integer(16);
    for (let sample = 0; sample < SAMPLES; sample++) {
      values[window * SAMPLES + sample] = ((sample + offset) % 16 === 0 ? 1 : 0) + 0.02 * numbers.normal();
    }
  }
  return rowsInMemory(values, SAMPLES);
}

const options = (changes: Partial<PretrainOptions> = {}): PretrainOptions => ({
  encoder: {
    kind: "cnn",
    blocks: [{ filters: 4, kernel: 8, layers: 1 }, { filters: 8, kernel: 4, layers: 1 }],
    pool: { size: 4, stride: 2 },
  },
  objective: {
    kind: "transformation-recognition",
    transformations: { negate: { weight: 0.3 }, scale: { factor: 3 } },
    head: { hidden: [8], dropout: 0.1 },
    fit: { epochs: 2, batch: 8, optimizer: { kind: "adam", learningRate: 0.01 } },
  },
  windows: pulses(),
  train: positions(0, 30),
  validation: positions(30, 40),
  sampleRateHz: 32,
  stream: stream(1, "fold/1/pretext"),
  initial: stream(1, "encoder"),
  threads: 1,
  microBatch: 12,
  metadata: { fold: "1" },
  ...changes,
});

Deno.test("pretrain() learns to recognise transformations of people set aside", async () => {
  const start = options();
  const { history, scores, state } = await pretrain(
    options({
      objective: {
        ...start.objective!,
        fit: { epochs: 40, batch: 8, optimizer: { kind: "adam", learningRate: 0.01 } },
      },
    }),
  );
  // 30 windows in batches of 8 are 4 steps an epoch, the last of 6 windows.
  assert.deepEqual(history.map(({ step, epoch }) => [step, epoch]).at(-1), [160, 40]);
  assert.equal(history.length, 40);
  assert.ok(history[39].trainLoss < 0.2 * history[0].trainLoss);
  assert.deepEqual(scores.map(({ transformation }) => transformation), ["original", "scale", "negate"]);
  for (const { transformation, balancedAccuracy, f1 } of scores) {
    assert.ok(balancedAccuracy! > 0.95 && f1! > 0.95, `${transformation}: ${balancedAccuracy}, ${f1}`);
  }
  const session = await openSession(state);
  const windows = { values: start.windows.read([0, 1, 2]), shape: [3, SAMPLES, 1] };
  assert.deepEqual((await session.run({ windows })).logits.shape, [3, 3]);
  await session.dispose();
});

Deno.test("pretrain() gives the same bytes for the same streams, others for another seed", async () => {
  const [first, again, other] = [
    await pretrain(options()),
    await pretrain(options()),
    await pretrain(options({ stream: stream(2, "fold/1/pretext") })),
  ];
  assert.deepEqual(first.encoder, again.encoder);
  assert.deepEqual(first.state, again.state);
  assert.deepEqual([first.history, first.scores], [again.history, again.scores]);
  assert.notDeepEqual(readOnnx(first.encoder).weights, readOnnx(other.encoder).weights);
});

Deno.test("pretrain() without an objective gives the first weights, which depend on their own stream alone", async () => {
  const first = await pretrain(options({ objective: null }));
  const other = await pretrain(options({ objective: null, stream: stream(2, "fold/9/pretext") }));
  const trained = await pretrain(options());
  assert.deepEqual(first.encoder, other.encoder);
  assert.deepEqual([first.state.length, first.history, first.scores], [0, [], []]);
  const weights = readOnnx(first.encoder).weights;
  assert.deepEqual(
    Object.keys(weights).filter((name) => name in readOnnx(trained.encoder).weights).length,
    4,
  );
  assert.notDeepEqual(weights, readOnnx(trained.encoder).weights);
});

Deno.test("pretrain() writes what built the network and the given metadata into the encoder", async () => {
  const { metadata, inputs, outputs } = readOnnx((await pretrain(options({ objective: null }))).encoder);
  assert.equal(metadata.fold, "1");
  assert.deepEqual(JSON.parse(metadata.architecture), {
    encoder: options().encoder,
    samples: SAMPLES,
    sampleRateHz: 32,
  });
  assert.deepEqual([inputs.windows, outputs.features], [["batch", SAMPLES, 1], ["batch", 8]]);
});

Deno.test("pretrain() reads a batch of windows at a time, and those of training and validation alone", async () => {
  const windows = pulses(), read = new Set<number>();
  let most = 0;
  const spied: RowReader = {
    ...windows,
    read(positions) {
      most = Math.max(most, positions.length);
      for (const position of Array.from(positions)) read.add(position);
      return windows.read(positions);
    },
  };
  await pretrain(options({ windows: spied, train: positions(0, 20), validation: positions(25, 30) }));
  assert.equal(most, 8);
  assert.deepEqual([...read].toSorted((a, b) => a - b), [...positions(0, 20), ...positions(25, 30)]);
});

Deno.test("pretrain() refuses parameters that are none of the objective's", async () => {
  const objective = { kind: "transformation-recognition", exposure: "training-fold" } as const;
  await assert.rejects(pretrain(options({ objective })), /exposure/);
});

Deno.test("computeFeatures() gives each window its features, in order, whatever the number of windows", async () => {
  const { encoder } = await pretrain(options({ objective: null }));
  const windows = pulses();
  const compute = async (rows: RowReader) => {
    const features: number[] = [];
    await computeFeatures(encoder, rows, { threads: 1, write: (values) => features.push(...values) });
    return features;
  };
  const all = await compute(windows);
  assert.equal(all.length, WINDOWS * 8);
  const three = await compute(rowsInMemory(windows.read([5, 6, 7]), SAMPLES));
  assert.deepEqual(three, all.slice(5 * 8, 8 * 8));
  const session = await openSession(encoder);
  const one = await session.run({ windows: { values: windows.read([6]), shape: [1, SAMPLES, 1] } });
  const sixth = all.slice(6 * 8, 7 * 8);
  Array.from(one.features.values, Number).forEach((value, index) =>
    assert.ok(Math.abs(value - sixth[index]) < 1e-6)
  );
  await session.dispose();
});
