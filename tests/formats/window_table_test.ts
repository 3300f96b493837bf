import assert from "node:assert/strict";
import {
  byCodePoint,
  readWindowTable,
  recordingOfWindow,
  windowId,
  type WindowRow,
  writeWindowTable,
} from "../../src/formats/window_table.ts";
import { stream } from "../../src/random/stream.ts";

function row(recording: string, first: number): WindowRow {
  const [, subject, session] = recording.split("/");
  return {
    id: windowId(recording, { first, length: 10 }),
    recording,
    subject,
    session,
    first,
    length: 10,
    hash: "0a".repeat(32),
    quality: "ok",
  };
}

Deno.test("windowId() joins recording, first sample and length", () => {
  assert.equal(windowId("swell/p1/1/N", { first: 0, length: 2560 }), "swell/p1/1/N@0+2560");
});

Deno.test("recordingOfWindow() gives back the recording when its name looks like part of an id", () => {
  for (const recording of ["swell/p1/1/N", "d/a@0+1/1/r", "d/ü b/1/a+b@c"]) {
    assert.equal(recordingOfWindow(windowId(recording, { first: 10, length: 2560 })), recording);
  }
});

Deno.test("recordingOfWindow() throws when a text is no id of a window", () => {
  for (const text of ["", "d/a/1/r", "d/a/1/r@0", "@0+1", "d/a/1/r@0+1x", "d/a/1/r@-1+1"]) {
    assert.throws(() => recordingOfWindow(text), SyntaxError);
  }
});

Deno.test("byCodePoint() orders as the bytes of UTF-8 do", () => {
  const encoder = new TextEncoder(), source = stream(1, "order");
  const alphabet = ["a", "b", "ü", "\uD7FF", "\uE000", "\uFFFD", "\u{10000}", "\u{10FFFF}"];
  const text = () => Array.from({ length: source.integer(4) }, () => alphabet[source.integer(8)]).join("");
  for (let draw = 0; draw < 2000; draw++) {
    const left = text(), right = text();
    assert.equal(
      Math.sign(byCodePoint(left, right)),
      Math.sign(Buffer.compare(encoder.encode(left), encoder.encode(right))),
    );
  }
});

Deno.test("writeWindowTable() writes a header and rows in the order given", () => {
  const text = writeWindowTable([row("d/b/1/x", 0), row("d/a/1/x", 20), row("d/a/1/x", 100)]);
  const hash = "0a".repeat(32);
  assert.equal(
    text,
    `id,recording,subject,session,first,length,hash,quality
d/b/1/x@0+10,d/b/1/x,b,1,0,10,${hash},ok
d/a/1/x@20+10,d/a/1/x,a,1,20,10,${hash},ok
d/a/1/x@100+10,d/a/1/x,a,1,100,10,${hash},ok
`,
  );
});

Deno.test("readWindowTable() gives back what writeWindowTable() wrote", () => {
  const rows = [row("d/a/1/x", 0), row("d/a/1/x", 10), row('d/"b"/1/x,y', 0)];
  assert.deepEqual(readWindowTable(writeWindowTable(rows)), rows);
});

Deno.test("writeWindowTable() throws RangeError when an id does not fit its row or occurs twice", () => {
  assert.throws(() => writeWindowTable([{ ...row("d/a/1/x", 0), first: 5 }]), {
    name: "RangeError",
    message: 'Cannot write the window table: an id must be "d/a/1/x@5+10", got "d/a/1/x@0+10"',
  });
  assert.throws(() => writeWindowTable([row("d/a/1/x", 0), row("d/a/1/x", 0)]), {
    name: "RangeError",
    message: 'Cannot write the window table: ids must be unique, got "d/a/1/x@0+10" twice',
  });
});

Deno.test("readWindowTable() throws SyntaxError when a column is missing", () => {
  assert.throws(() => readWindowTable("id,recording\na@0+1,a\n"), {
    name: "SyntaxError",
    message: 'Cannot read the window table: it must have a column "subject", got none',
  });
});

Deno.test("readWindowTable() throws SyntaxError when a position is no whole number", () => {
  const text = writeWindowTable([row("d/a/1/x", 0)]);
  for (const value of ["-1", "1.5", "", "1e3", "9007199254740993"]) {
    assert.throws(() => readWindowTable(text.replace(",0,10,", `,${value},10,`)), {
      name: "SyntaxError",
      message: `Cannot read the window table: "first" of row 1 must be a whole number, got "${value}"`,
    });
  }
});

Deno.test("readWindowTable() throws SyntaxError when an id does not fit its row", () => {
  const text = writeWindowTable([row("d/a/1/x", 0)]);
  assert.throws(() => readWindowTable(text.replace("@0+10", "@5+10")), {
    name: "SyntaxError",
    message: 'Cannot read the window table: the id of row 1 must be "d/a/1/x@0+10", got "d/a/1/x@5+10"',
  });
});
