import assert from "node:assert/strict";
import { bytesInMemory } from "../../src/formats/bytes.ts";
import { linesOf } from "../../src/formats/lines.ts";
import { mutationTest } from "./mutation.ts";

const sourceOf = (text: string) => bytesInMemory(new TextEncoder().encode(text), { file: "a.csv" });

Deno.test("linesOf() gives each line with its number and where the next begins", () => {
  const lines = (text: string, from = {}) =>
    Array.from(
      linesOf(sourceOf(text), from),
      ({ line, next, bytes }) => [line, next, new TextDecoder().decode(bytes)],
    );
  assert.deepEqual(lines("ab\r\n\nc\rd"), [[1, 4, "ab"], [2, 5, ""], [3, 9, "c\rd"]]);
  assert.deepEqual(lines("ab\r\n\nc\n", { offset: 4, line: 2 }), [[2, 5, ""], [3, 7, "c"]]);
  assert.deepEqual(lines(""), []);
  assert.deepEqual(lines("a\n", { offset: 3 }), []);
});

Deno.test("linesOf() gives lines that lie across the parts in which a file is read", () => {
  const texts = Array.from({ length: 9 }, (_, index) => `${index}`.repeat(400_000 + index));
  const read = Array.from(
    linesOf(sourceOf(texts.join("\r\n"))),
    ({ bytes }) => new TextDecoder().decode(bytes),
  );
  assert.ok(read.length === 9 && read.every((text, index) => text === texts[index]));
});

Deno.test("linesOf() refuses a line of more than 2^20 bytes, wherever it ends", () => {
  for (const end of ["", "\n", "\nc"]) {
    assert.equal([...linesOf(sourceOf(`a\n${"b".repeat(2 ** 20)}${end}`))][1].bytes.length, 2 ** 20);
    for (const length of [2 ** 20 + 1, 3 * 2 ** 20]) {
      assert.throws(() => [...linesOf(sourceOf(`a\n${"b".repeat(length)}${end}`))], {
        name: "SyntaxError",
        message: "a.csv: Cannot read line 2: it must have at most 1048576 bytes, got more",
      });
    }
  }
});

mutationTest("linesOf()", {
  files: [new TextEncoder().encode("a,b\r\n1,2\r\n\r\n3,4")],
  read: (bytes, file) => [...linesOf(bytesInMemory(bytes, { file }))],
});
