import assert from "node:assert/strict";
import { encode } from "../../../src/onnx/files/encode.ts";
import { Graph } from "../../../src/onnx/graph/graph.ts";
import { compile } from "../../../src/onnx/programs/compile.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";
import { squares32 } from "../../../src/onnx/random/squares.ts";
import { randomUniform } from "../../../src/onnx/recording/random_uniform.ts";
import { openSession } from "../../../src/onnx/runtime/session.ts";

/** The function of the paper, in whole numbers. */
function reference(counter: bigint, key: bigint): bigint {
  const word = (value: bigint) => BigInt.asUintN(64, value);
  const y = word(counter * key), z = word(y + key);
  let x = y;
  for (const added of [y, z, y]) {
    x = word(x * x + added);
    x = word(x << 32n) | (x >> 32n);
  }
  return word(x * x + z) >> 32n;
}

/** The words that the graph gives for counters. */
async function words(counters: readonly bigint[], key: bigint): Promise<bigint[]> {
  const graph = new Graph();
  const counter = graph.input("uint64", [counters.length]), given = graph.input("uint64", []);
  const value = squares32(graph, counter, given);
  const session = await openSession(encode(graph.nodes, {
    inputs: [{ name: "counter", value: counter }, { name: "key", value: given }],
    outputs: [{ name: "words", value }],
  }));
  const results = await session.run({
    counter: { values: BigUint64Array.from(counters), shape: [counters.length] },
    key: { values: BigUint64Array.of(key), shape: [] },
  });
  await session.dispose();
  return [...results.words.values as BigUint64Array];
}

Deno.test("squares32() gives the words of randomgen's test set (bashtage/randomgen, squares-32-testset-1.csv)", async () => {
  // Each entry of the set is a word with the next one in its high half.
  const entries = [
    0x0e03102b5167ea8bn,
    0x943ac4d0e59f61d7n,
    0x8de3053855a66612n,
    0x163e8e1ac0fe52f5n,
    0x8d143cbfdc3ad0e9n,
    0x713d6902d43c7244n,
    0x13faed5aef743c57n,
    0x2d8b299ab7c25dban,
  ];
  const expected = entries.flatMap((entry) => [entry & 0xffffffffn, entry >> 32n]);
  assert.deepEqual(await words(expected.map((_, counter) => BigInt(counter)), 0x3bc8bca4d301945bn), expected);
});

Deno.test("squares32() agrees with whole-number arithmetic at any counter", async () => {
  const key = 0xe95d1c4b8f7a2635n;
  const starts = [0n, 1n << 31n, (1n << 32n) - 50n, (1n << 53n) - 50n, (1n << 64n) - 100n];
  const counters = starts.flatMap((start) =>
    Array.from({ length: 100 }, (_, index) => start + BigInt(index))
  );
  assert.deepEqual(await words(counters, key), counters.map((counter) => reference(counter, key)));
});

Deno.test("randomUniform() gives the high 24 bits of the words from the counter on, one draw after another", async () => {
  const key = 0x8b3d5f7192a4c6e7n, start = (1n << 64n) - 3n;
  const random = createRandom(key);
  random.counter = start;
  const program = await compile(() => ({ a: randomUniform([2, 2]), b: randomUniform([3]) }), {
    inputs: {},
    random,
  });
  const { a, b } = await program.run({});
  const expected = Array.from({ length: 7 }, (_, index) => {
    return Number(reference(BigInt.asUintN(64, start + BigInt(index)), key) >> 8n) / 2 ** 24;
  });
  assert.deepEqual([...a, ...b], expected);
  assert.equal(random.counter, 4n);
  await program.dispose();
});

Deno.test("randomUniform() fills [0, 1) evenly", async () => {
  const random = createRandom(0x5d6f8091a2b3c4d5n);
  const program = await compile(() => ({ drawn: randomUniform([40000]) }), { inputs: {}, random });
  const { drawn } = await program.run({});
  const counts = new Array<number>(20).fill(0);
  for (const number of drawn) counts[Math.floor(20 * number)]++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  // The 99.99th percentile with 19 degrees of freedom is 50.8.
  assert.ok(chiSquare < 50.8, `chi-square ${chiSquare}`);
  await program.dispose();
});

Deno.test("randomUniform() throws outside a program", () => {
  assert.throws(() => randomUniform([2]), /a program must be being compiled/);
});

Deno.test("createRandom() throws for a key that is no 64-bit word, or a plain number", () => {
  assert.throws(() => createRandom(1n), RangeError);
  assert.throws(() => createRandom(-1n), RangeError);
  assert.throws(() => createRandom(1n << 64n), RangeError);
});
