import assert from "node:assert/strict";
import { zipSync } from "fflate";
import expected from "../golden/formats/npy_expected.json" with { type: "json" };
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { readNpyArray, readNpz } from "../../src/formats/npy_array.ts";
import { mutationTest } from "./mutation.ts";
import { npyBytes } from "./npy_bytes.ts";

const golden = (name: string) => Deno.readFileSync(new URL(`../golden/formats/${name}`, import.meta.url));

/** How Python writes numbers that JavaScript writes otherwise. */
const PYTHON: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity };

Deno.test("readNpz() reads every kind of number that NumPy saves, compressed or stored", () => {
  for (const file of ["arrays.npz", "stored.npz"]) {
    const arrays = readNpz(golden(file), { file });
    assert.ok(arrays.size > 0);
    for (const [name, { shape, values }] of arrays) {
      const known = expected[name as keyof typeof expected];
      assert.deepEqual([[...shape], [...values]], [
        known.shape,
        known.values.map((text) => PYTHON[text] ?? Number(text)),
      ], name);
    }
  }
  assert.equal(readNpz(golden("arrays.npz"), { file: "a.npz" }).size, Object.keys(expected).length);
});

Deno.test("readNpyArray() refuses what holds no real numbers, and a file of another length", () => {
  const read = (bytes: Uint8Array) => readNpyArray(bytesInMemory(bytes, { file: "a.npy" }));
  const numbers = Float64Array.of(1, 2);
  assert.throws(() => read(npyBytes("<c16", [1], numbers)), {
    name: "RangeError",
    message: /^a\.npy: .*got the type <c16$/,
  });
  assert.throws(() => read(npyBytes("<U4", [1], numbers)), {
    name: "RangeError",
    message: /got the type <U4$/,
  });
  assert.throws(() => read(npyBytes("<f8", [3], numbers)), {
    name: "RangeError",
    message: /^a\.npy: .*must end at byte 152, got 144 bytes$/,
  });
  assert.throws(() => read(npyBytes("<f8", [2 ** 30], numbers)), {
    name: "RangeError",
    message: /at most 134217728 numbers/,
  });
  assert.throws(() => read(Uint8Array.of(1, 2, 3)), {
    name: "SyntaxError",
    message: /^a\.npy: Cannot read NPY/,
  });
});

Deno.test("readNpz() refuses what is no archive, and names the array that is broken", () => {
  assert.throws(() => readNpz(Uint8Array.of(1, 2, 3), { file: "a.npz" }), { message: /^a\.npz: / });
  const archive = zipSync({ "x.npy": Uint8Array.of(1, 2, 3) });
  assert.throws(() => readNpz(archive, { file: "a.npz" }), {
    name: "SyntaxError",
    message: /^a\.npz: x: Cannot read NPY/,
  });
});

mutationTest("readNpyArray()", {
  files: [
    npyBytes("<f4", [4, 2], new Float32Array(8)),
    npyBytes(">i2", [3], new Int16Array(3), { fortran: true }),
  ],
  read: (bytes, file) => readNpyArray(bytesInMemory(bytes, { file })),
});

mutationTest("readNpz()", {
  files: [golden("arrays.npz"), golden("stored.npz")],
  read: (bytes, file) => readNpz(bytes, { file }),
});
