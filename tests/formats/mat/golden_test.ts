/** MAT-files that SciPy and MATLAB wrote: tests/golden/formats/make_mat.py, tests/golden/formats/mat/matlab/LICENSE.txt. */
import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { openLevel5 } from "../../../src/formats/mat/level5.ts";
import { openMat } from "../../../src/formats/mat/open.ts";
import { type Plain, plain, plainFile } from "./tree.ts";

const source = (name: string) =>
  bytesInMemory(Deno.readFileSync(new URL(`../../golden/formats/mat/${name}.mat`, import.meta.url)), {
    file: "golden.mat",
  });

const array = (kind: string, shape: number[], values: number[]): Plain => ({ class: kind, shape, values });
const double = (shape: number[], values: number[]) => array("double", shape, values);
const one = (text: string): Plain => ({ shape: [1, text.length], rows: [text] });

/** The matrix of the script, column by column. */
const VALUES = [1.5, 4, -2, 5, NaN, 1e300], MATRIX = double([2, 3], VALUES);
const BIG = 2 ** 53 - 1;
const ROWS: Plain = { shape: [3, 2], rows: ["ab", "cd", "e "] };

/** What the script writes in version 5. */
const LEVEL5: Record<string, Plain> = {
  matrix: MATRIX,
  single: array("single", [2, 2], [1.5, 4, -2, 5]),
  number: double([1, 1], [7]),
  empty: double([0, 3], []),
  int8: array("int8", [1, 2], [-128, 127]),
  uint8: array("uint8", [1, 2], [0, 255]),
  int16: array("int16", [1, 2], [-32768, 32767]),
  uint16: array("uint16", [1, 2], [0, 65535]),
  int32: array("int32", [1, 2], [-2147483648, 2147483647]),
  uint32: array("uint32", [1, 2], [0, 4294967295]),
  int64: array("int64", [1, 2], [-BIG, BIG]),
  uint64: array("uint64", [1, 2], [0, BIG]),
  logical: array("logical", [1, 3], [1, 0, 1]),
  // Column-major: the first axis runs fastest through 0, 12, 4, 16, 8, 20, then the last axis goes on.
  cube: double([2, 3, 4], [0, 1, 2, 3].flatMap((last) => [0, 12, 4, 16, 8, 20].map((first) => first + last))),
  text: one("h\xe9llo \u20ac"),
  rows: ROWS,
  none: { shape: [0, 0], rows: [] },
  cell: {
    shape: [1, 4],
    cells: [MATRIX, one("N1"), double([1, 0], []), {
      shape: [1, 2],
      cells: [one("inner"), double([1, 1], [3])],
    }],
  },
  struct: {
    shape: [1, 1],
    structs: [{
      Age: one("22"),
      ECG: {
        shape: [1, 1],
        structs: [{
          stimuli: { shape: [2, 1], cells: [MATRIX, double([2, 3], VALUES.map((value) => 2 * value))] },
        }],
      },
      Score: array("int64", [2, 1], [3, 5]),
    }],
  },
  structs: {
    shape: [1, 2],
    structs: [{ x: double([1, 1], [1]), name: one("a") }, { x: double([1, 1], [2]), name: one("b") }],
  },
  dreamer: {
    shape: [1, 1],
    structs: [{
      Data: {
        shape: [1, 2],
        cells: [[1, 1], [0, 0]].map((shape) => ({
          shape: [1, 1],
          structs: [{
            ECG: {
              shape: [1, 1],
              structs: [{ baseline: { shape, cells: shape[0] === 1 ? [MATRIX] : [] } }],
            },
          }],
        })),
      },
    }],
  },
};

for (const name of ["level5_plain", "level5_compressed"]) {
  Deno.test(`openMat() reads what SciPy wrote as ${name}`, async () => {
    using file = await openMat(source(name));
    assert.equal(file.version, "5");
    assert.deepEqual(plainFile(file), LEVEL5);
    assert.deepEqual(file.warnings(), []);
  });
}

Deno.test("openLevel5() reads the same from a variable that is inflated as it is read", () => {
  const file = openLevel5(source("level5_compressed"), { wholeBytes: 0 });
  assert.deepEqual(plainFile(file), LEVEL5);
  assert.deepEqual(file.warnings(), []);
});

Deno.test("openMat() reads what SciPy wrote as version 4", async () => {
  using file = await openMat(source("level4"));
  assert.equal(file.version, "4");
  assert.deepEqual(plainFile(file), {
    matrix: MATRIX,
    single: array("single", [2, 2], [1.5, 4, -2, 5]),
    int32: array("int32", [1, 2], [-1, 2]),
    int16: array("int16", [1, 2], [-3, 4]),
    uint16: array("uint16", [1, 1], [65535]),
    uint8: array("uint8", [1, 1], [255]),
    text: one("hello"),
    rows: ROWS,
  });
});

for (const name of ["level5_refused_plain", "level5_refused_compressed", "level4_refused"]) {
  Deno.test(`openMat() refuses complex and sparse arrays by name, and reads what stands beside them: ${name}`, async () => {
    using file = await openMat(source(name));
    for (const kind of ["complex", "sparse"]) {
      assert.throws(() => file.variable(kind), (error) =>
        error instanceof TypeError &&
        error.message.startsWith(`golden.mat: Cannot read ${kind}: it must be an array of real numbers`) &&
        error.message.endsWith(`, got ${kind}`));
    }
    assert.deepEqual(plain(file.variable("after")), double([1, 1], [1]));
  });
}

Deno.test("numbers() refuses whole numbers that a double can't hold", async () => {
  using file = await openMat(source("level5_refused_plain"));
  assert.throws(() => plain(file.variable("large")), {
    name: "RangeError",
    message: "golden.mat: Cannot read large: whole numbers must lie within 2^53 - 1, got 9007199254740992",
  });
});

/** MATLAB's own files, in both orders of bytes; the values are those that SciPy's tests expect. */
const MATLAB: Record<string, Record<string, Plain>> = {
  "matlab/testmatrix_4.2c_SOL2": {
    testmatrix: double([3, 5], [1, 2, 3, 2, 0, 0, 3, 0, 0, 4, 0, 0, 5, 0, 0]),
  },
  "matlab/teststring_4.2c_SOL2": { teststring: one('"Do nine men interpret?" "Nine men," I nod.') },
  "matlab/big_endian": {
    strings: { shape: [2, 1], cells: [one("hello"), one("world")] },
    floats: array("single", [2, 2], [2, 3, 3, 4]),
  },
  "matlab/teststructarr_6.1_SOL2": {
    teststructarr: {
      shape: [1, 2],
      structs: [
        { one: double([1, 1], [1]), two: double([1, 1], [2]) },
        { one: one("number 1"), two: one("number 2") },
      ],
    },
  },
  "matlab/teststructnest_6.1_SOL2": {
    teststructnest: {
      shape: [1, 1],
      structs: [{
        one: double([1, 1], [1]),
        two: { shape: [1, 1], structs: [{ three: one("number 3") }] },
      }],
    },
  },
  "matlab/test3dmatrix_7.4_GLNX86": {
    test3dmatrix: double([2, 3, 4], Array.from({ length: 24 }, (_, index) => index + 1)),
  },
  "matlab/testbool_8_WIN64": { testbools: array("logical", [2, 1], [1, 0]) },
  "matlab/testcell_7.1_GLNX86": {
    testcell: {
      shape: [1, 4],
      cells: [
        one("This cell contains this string and 3 arrays of increasing length"),
        double([1, 1], [1]),
        double([1, 2], [1, 2]),
        double([1, 3], [1, 2, 3]),
      ],
    },
  },
  "matlab/miutf8_array_name": { array_name: array("int64", [1, 1], [1]) },
  "matlab/testhdf5_7.4_GLNX86": {
    testdouble: double([1, 9], Array.from({ length: 9 }, (_, index) => index * Math.PI / 4)),
  },
};

for (const [name, expected] of Object.entries(MATLAB)) {
  Deno.test(`openMat() reads what MATLAB wrote as ${name}`, async () => {
    using file = await openMat(source(name));
    assert.deepEqual(plainFile(file), expected);
  });
}

Deno.test("openMat() reads characters of MATLAB's beyond Latin", async () => {
  using file = await openMat(source("matlab/testunicode_7.4_GLNX86"));
  const text = file.variable("testunicode");
  assert.ok(text.kind === "text");
  assert.match(text.rows()[0], /^Japanese: \n\u3059\u3079\u3066/);
  assert.equal(text.rows()[0].length, text.length);
});

const DAMAGED = {
  "matlab/corrupted_zlib_checksum": "golden.mat: dates: its zlib checksum is wrong; it was read all the same",
  "matlab/corrupted_zlib_data":
    "golden.mat: datagrid: it inflates to 28364 bytes in place of 26840; it was read all the same",
};

for (const [name, warning] of Object.entries(DAMAGED)) {
  for (const wholeBytes of [0, undefined]) {
    const how = wholeBytes === 0 ? "as it is read" : "as a whole";
    Deno.test(`openLevel5() reads ${name}, inflated ${how}, with a warning that names the variable`, () => {
      const file = openLevel5(source(name), { wholeBytes });
      assert.deepEqual(plain(file.variable("dates")), { shape: [0, 1], cells: [] });
      assert.equal(plain(file.variable("datagrid")).shape[1], 1);
      assert.deepEqual(file.warnings(), [warning]);
      assert.deepEqual(file.warnings(), [warning], "once");
    });
  }
}
