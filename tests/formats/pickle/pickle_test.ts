/** Pickles of Python 3 and NumPy (tests/golden/formats/make_pickle.py), and of Python 2 by hand. */
import assert from "node:assert/strict";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import {
  isKind,
  type NdArray,
  type PickleValue,
  readArray,
  readPickle,
  readStored,
} from "../../../src/formats/pickle/pickle.ts";
import { mutationTest } from "../mutation.ts";
import { writePickle } from "./write_pickle.ts";

const PROTOCOLS = [0, 1, 2, 3, 4, 5];
const golden = (name: string) =>
  Deno.readFileSync(new URL(`../../golden/formats/pickle/${name}.pkl`, import.meta.url));
const read = (bytes: Uint8Array, file = "a.pkl") => readPickle(bytesInMemory(bytes, { file }));
const latin1Bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const readText = (text: string) => read(latin1Bytes(text));

function entry(value: PickleValue, key: PickleValue): PickleValue {
  return value instanceof Map ? value.get(key) ?? null : assert.fail("it must be a dict");
}

function array(value: PickleValue): NdArray {
  return isKind(value, "ndarray") ? value : assert.fail("it must be an array");
}

/** The values, with arrays and bytes read. */
function plain(value: PickleValue): unknown {
  if (isKind(value, "ndarray")) return { shape: value.shape, values: [...readArray(value)] };
  if (isKind(value, "bytes")) return readStored(value);
  if (value instanceof Map) return new Map([...value].map(([key, held]) => [key, plain(held)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

// What make_pickle.py writes, as JavaScript has it.
const TREE: [string, unknown][] = [
  ["none", null],
  ["truths", [true, false]],
  ["integers", [
    ...[0, 255, 256, -1, 65536, -(2 ** 31), 2 ** 40, -(2 ** 53)],
    1180591620717411303424n,
    -1180591620717411303424n,
  ]],
  ["floats", [0, -0.5, 1e300, 0.1, Infinity]],
  ["text", "a\\b\n\u00e9\u20ac\u{1f600}'\r"],
  ["bytes", Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ["empty", [[], [], new Map(), new Uint8Array(0), ""]],
  ["tuples", [[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
  ["nested", new Map<unknown, unknown>([["dict", new Map([["list", [[1], [2, [3]]]]])], [7, "seven"]])],
  ["shared", [[1, 2], [1, 2]]],
  ["scalars", [0.25, -3, 200, true, 1.5]],
  ["matrix", { shape: [2, 3], values: [1.5, -2.5, 0, 3.25, 1e-300, -0] }],
  ["point", { shape: [], values: [7.5] }],
  ["nothing", { shape: [0, 3], values: [] }],
];

for (const protocol of PROTOCOLS) {
  Deno.test(`readPickle() reads every kind of value as Python wrote it in protocol ${protocol}`, () => {
    const tree = read(golden(`tree.${protocol}`));
    assert.deepEqual(plain(tree), new Map(TREE));
    const shared = entry(tree, "shared");
    assert.ok(Array.isArray(shared) && shared[0] === shared[1], "one list in two places is one list");
    assert.ok(Object.isFrozen(entry(tree, "truths")) && !Object.isFrozen(entry(tree, "integers")));
  });

  Deno.test(`readArray() reads every type, order of bytes and order of axes of protocol ${protocol}`, () => {
    const arrays = read(golden(`arrays.${protocol}`));
    assert.ok(arrays instanceof Map && arrays.size === 44);
    for (const [name, value] of arrays) {
      const type = String(name).slice(1, 3), { shape, dtype } = array(value);
      const numbers = Array.from({ length: 12 }, (_, index) => "ub".includes(type[0]) ? index : index - 3);
      const expected = type === "b1" ? numbers.map((number) => number % 2) : numbers;
      assert.deepEqual([shape, dtype.name], [[2, 3, 2], type]);
      assert.deepEqual([...readArray(array(value))].map(Number), expected, String(name));
    }
  });
}

Deno.test("readArray() gives typed arrays, 64-bit whole numbers as bigints", () => {
  const arrays = read(golden("arrays.4"));
  const kinds = { f4: Float32Array, f8: Float64Array, i2: Int16Array, i8: BigInt64Array, b1: Uint8Array };
  for (const [type, kind] of Object.entries(kinds)) {
    assert.ok(readArray(array(entry(arrays, `>${type}`))) instanceof kind, type);
  }
});

Deno.test("readArray() reads an array that was a view of another", () => {
  assert.deepEqual(plain(read(golden("view.5"))), { shape: [3, 2], values: [0, 2, 4, 6, 8, 10] });
});

for (const protocol of [0, 2]) {
  Deno.test(`readArray() reads an array that stays in the file as text, protocol ${protocol}`, () => {
    const big = array(read(golden(`big.${protocol}`)));
    const encoding = protocol === 0 ? "raw-unicode-escape" : "utf-8";
    assert.deepEqual([big.shape, big.data?.encoding], [[9001, 1], encoding]);
    const values = readArray(big);
    // numpy.linspace(-1, 1, 9001) is exact at both ends and in the middle.
    assert.deepEqual([values.length, values[0], values[4500], values[9000]], [9001, -1, 0, 1]);
    assert.ok([...values].every((value, index) => Math.abs(Number(value) - (index / 4500 - 1)) < 1e-15));
  });
}

Deno.test("readPickle() decodes Python 2 strings byte by byte, in protocols 0 and 2", () => {
  // 0x80 to 0x9f are what windows-1252 has other characters for.
  const all = String.fromCharCode(...Array(256).keys());
  const zero = "S'\\x80\\x9f\\xff\\n\\r\\t\\\\\\'\"\\0\\101\\a\\b\\f\\v'\np1\n.";
  assert.equal(readText(zero), "\x80\x9f\xff\n\r\t\\'\"\0A\x07\b\f\v");
  assert.equal(readText('S"it\'s"\n.'), "it's");
  assert.equal(readText("\x80\x02U\x04\x80\x9f\xff'q\x01."), "\x80\x9f\xff'");
  assert.equal(readText(`T\0\x01\0\0${all}.`), all);
  for (const protocol of [0, 2] as const) {
    assert.deepEqual(read(writePickle(new Map([["all", all]]), { protocol })), new Map([["all", all]]));
  }
});

Deno.test("readPickle() reads text of Python 2 with its own escapes, and pairs of backslashes as they are", () => {
  assert.equal(readText("V\\u20ac\\U0001f600 \xe9 \\\\u0041 \\n\n."), "\u20ac\u{1f600} \xe9 \\\\u0041 \\n");
});

Deno.test("readPickle() reads long Python 2 strings from where they lie, escapes across blocks included", () => {
  // A block is 2^20 bytes; four bytes a byte, shifted by one, put an escape on every border.
  const count = 600_001, bytes = Uint8Array.from({ length: count }, (_, index) => index % 251);
  bytes[0] = 0x41;
  for (const protocol of [0, 2] as const) {
    const pickle = writePickle({ type: "u1", shape: [count], bytes }, { protocol });
    assert.deepEqual(readArray(array(read(pickle))), bytes);
  }
});

Deno.test("readPickle() reads all numbers that protocol 0 writes", () => {
  assert.deepEqual(readText("(I00\nI01\nI-7\nL12345678901234567890L\nF-1.5e3\nFnan\nF-inf\nI1\nl."), [
    ...[false, true, -7, 12345678901234567890n, -1500, NaN, -Infinity, 1],
  ]);
});

Deno.test("readPickle() refuses what is not on its list, by name and byte, and calls nothing", () => {
  const names =
    "a callable must be one of numpy.core.multiarray._reconstruct, numpy._core.multiarray._reconstruct, " +
    "numpy.core.multiarray.scalar, numpy._core.multiarray.scalar, numpy.core.numeric._frombuffer, " +
    "numpy._core.numeric._frombuffer, numpy.ndarray, numpy.dtype, _codecs.encode, collections.OrderedDict, " +
    "__builtin__.bytes, builtins.bytes";
  const refuses = (text: string, at: number, name: string) =>
    assert.throws(
      () => readText(text),
      new SyntaxError(`a.pkl: Cannot read byte ${at}: ${names}, got ${name}`),
    );
  refuses("cos\nsystem\n(S'ls'\ntR.", 0, "os.system");
  refuses("(I1\nlp0\n0cposix\nsystem\n.", 9, "posix.system");
  refuses("(S'ls'\nios\nsystem\n.", 7, "os.system");
  refuses("\x80\x04\x8c\x02os\x8c\x06system\x93.", 14, "os.system");
  refuses("c__builtin__\neval\n.", 0, "__builtin__.eval");
  refuses("cnumpy\nload\n.", 0, "numpy.load");
  refuses("cObject\nconstructor\n.", 0, "Object.constructor");
  refuses("c__proto__\n__proto__\n.", 0, "__proto__.__proto__");
});

Deno.test("readPickle() says where something is wrong, and what", () => {
  const refuses = (text: string, kind: ErrorConstructor, message: string) =>
    assert.throws(() => readText(text), new kind(`a.pkl: Cannot read byte ${message}`));
  refuses("", RangeError, "0: there must be 1 bytes, got 0");
  refuses("I1\n", RangeError, "3: there must be 1 bytes, got 0");
  refuses("\xff.", SyntaxError, "0: a byte must call for an operation, got 0xff");
  refuses("\x80\x06.", RangeError, "0: the protocol must be 0 to 5, got 6");
  refuses(".", SyntaxError, "0: an operation must have a value to work on, got none");
  refuses("(.", SyntaxError, "1: an operation must have a value to work on, got none");
  refuses("t.", SyntaxError, "0: an operation must have a mark, got none");
  refuses("0.", SyntaxError, "0: there must be a value to drop, got none");
  refuses("g5\n.", SyntaxError, "0: a value must have been kept under its number, got 5");
  refuses("Ix\n.", SyntaxError, '0: a whole number must be written in digits, got "x"');
  refuses("I1", SyntaxError, "0: a line must end, got the end of the file");
  refuses("Sabc\n.", SyntaxError, "0: a Python 2 string must stand in quotes, got a line of 3 bytes without");
  refuses("S'ab\\xg0'\n.", SyntaxError, '4: a byte must be written as in a Python 2 string, got "\\\\xg0"');
  refuses("S'ab\\x4'\n.", SyntaxError, '4: a byte must be written as in a Python 2 string, got "\\\\x4"');
  refuses("V\\u12\n.", SyntaxError, '0: a character must be written as \\uNNNN, got "\\\\u12"');
  refuses("X\x02\0\0\0\xff\xff.", SyntaxError, "0: text must be UTF-8, got other bytes");
  refuses(
    "T\xff\xff\xff\x7fab.",
    RangeError,
    "0: there must be as many bytes as announced, 2147483647, got 3",
  );
  refuses("T\xff\xff\xff\xffab.", RangeError, "0: there must be as many bytes as announced, -1, got 3");
  refuses("\x8b\0\0\0\x7f.", SyntaxError, "0: a whole number must have at most 256 bytes, got 2130706432");
  refuses("\x95\xff\0\0\0\0\0\0\0.", RangeError, "0: a frame must hold 255 bytes, got 1");
  refuses("(I1\nd.", SyntaxError, "4: every key must have a value, got 1 values");
  refuses("]I1\nI2\ns.", SyntaxError, "7: keys must be given to a dict, got a list");
  refuses(")I1\na.", SyntaxError, "4: values must be added to a list, got a tuple");
  refuses("I1\n)R.", SyntaxError, "4: what is called must be a callable, got 1");
  refuses("cnumpy\ndtype\nI1\nR.", SyntaxError, "16: arguments must be a tuple, got 1");
  refuses(
    "cnumpy\nndarray\n)R.",
    SyntaxError,
    "16: numpy.ndarray must be an argument of _reconstruct, got a call",
  );
  refuses("}(I1\nlb.", SyntaxError, "6: a state must be given to an array or a dtype, got a dict");
  refuses("P1\n.", SyntaxError, "0: a pickle must hold its objects itself, got a persistent id");
  refuses(
    "\x80\x05\x97.",
    SyntaxError,
    "2: an array's data must lie in the pickle, got an out-of-band buffer",
  );
});

for (
  const [name, message] of Object.entries({
    objects: '"O8"',
    record: '"V12"',
    text: '"U2"',
    complex: '"c16"',
  })
) {
  Deno.test(`readPickle() refuses NumPy's array of ${name}, by its type`, () => {
    assert.throws(() => read(golden(`${name}.2`)), (error) => {
      assert.ok(error instanceof TypeError);
      assert.match(
        error.message,
        /^a\.pkl: Cannot read byte \d+: a dtype must be one of f4, f8, .*, b1, got /,
      );
      return error.message.endsWith(message);
    });
  });
}

Deno.test("readPickle() refuses a set", () => {
  assert.throws(() => read(golden("set.4")), {
    name: "SyntaxError",
    message: /must be numbers, .*got a set$/,
  });
});

Deno.test("readArray() refuses an array with fewer or more bytes than its shape says, before taking memory for them", () => {
  const of = (shape: number[], bytes: number) =>
    array(read(writePickle({ type: "f8", shape, bytes: new Uint8Array(bytes) }, { protocol: 0 })));
  const refuses = (shape: number[], bytes: number, message: RegExp) =>
    assert.throws(() => readArray(of(shape, bytes)), { name: "RangeError", message });
  refuses(
    [2, 3],
    40,
    /^a\.pkl: Cannot read byte \d+: an array of shape \(2, 3\) and type f8 must have 48 bytes, got at most 40$/,
  );
  refuses([5], 48, /there must be 40 bytes, got more$/);
  refuses([2 ** 50, 2 ** 50], 8, /must have 1.0141204801825835e\+31 bytes, got at most 8$/);
});

Deno.test("readArray() refuses an array that was never given data", () => {
  const bare = readText("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR.");
  const message = "a.pkl: Cannot read byte 63: an array must have data, got none";
  assert.throws(() => readArray(array(bare)), new TypeError(message));
});

Deno.test("readPickle() refuses more values than it is told, whatever kind they are", () => {
  const source = (text: string) => bytesInMemory(latin1Bytes(text), { file: "a.pkl" });
  const limit = { mostValues: 3 }, message = /must be at most 3 values, got more$/;
  for (const text of ["}}}}.", "((((.", "N2222.", "Nq\x01q\x02q\x03.", "N\x94\x94\x94."]) {
    assert.throws(() => readPickle(source(text), limit), { name: "RangeError", message });
  }
  assert.deepEqual(readPickle(source("}}}."), limit), new Map());
});

/** Reads all that a pickle leaves in the file. */
function readAll(value: PickleValue, seen = new Set<PickleValue>()): void {
  if (value === null || typeof value !== "object" || seen.has(value)) return;
  seen.add(value);
  if (isKind(value, "ndarray")) return void readArray(value);
  if (isKind(value, "bytes")) return void readStored(value);
  const held = value instanceof Map ? [...value].flat() : Array.isArray(value) ? value : [];
  for (const one of held) readAll(one, seen);
}

for (const protocol of PROTOCOLS) {
  mutationTest(`readPickle() of protocol ${protocol}`, {
    files: [golden(`tree.${protocol}`), golden(`arrays.${protocol}`)],
    read: (bytes, file) => readAll(read(bytes, file)),
  });
}

mutationTest("readPickle() of Python 2", {
  files: ([0, 2] as const).map((protocol) =>
    writePickle(
      new Map<string, Parameters<typeof writePickle>[0]>([
        ["subject", "S2"],
        ["label", { type: "i4", shape: [8], bytes: new Uint8Array(32).fill(1) }],
      ]),
      { protocol },
    )
  ),
  read: (bytes, file) => readAll(read(bytes, file)),
});
