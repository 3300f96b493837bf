import assert from "node:assert/strict";
import { readCsv, writeCsv } from "../../src/formats/csv.ts";
import { stream } from "../../src/random/stream.ts";

Deno.test("readCsv() gives one object a row, every value as text", () => {
  assert.deepEqual(readCsv("id,first\na,0\nb,12.50\n"), [{ id: "a", first: "0" }, {
    id: "b",
    first: "12.50",
  }]);
});

Deno.test("readCsv() reads an empty cell as empty text", () => {
  assert.deepEqual(readCsv("a,b\n,2\n1,\n"), [{ a: "", b: "2" }, { a: "1", b: "" }]);
});

Deno.test("readCsv() understands quotes around commas, quotes and line ends", () => {
  assert.deepEqual(readCsv('a,b\n"x,y","say ""hi"""\n"two\nlines",z\n'), [
    { a: "x,y", b: 'say "hi"' },
    { a: "two\nlines", b: "z" },
  ]);
});

Deno.test("readCsv() understands CRLF, a byte order mark and a missing last line end", () => {
  assert.deepEqual(readCsv("\uFEFFa,b\r\n1,2\r\n3,4"), [{ a: "1", b: "2" }, { a: "3", b: "4" }]);
});

Deno.test("readCsv() keeps spaces", () => {
  assert.deepEqual(readCsv("a,b\n x , \n"), [{ a: " x ", b: " " }]);
});

Deno.test("readCsv() gives no rows when there is a header alone", () => {
  assert.deepEqual(readCsv("a,b\n"), []);
});

Deno.test("readCsv() throws SyntaxError that names the line when a row has another number of cells", () => {
  assert.throws(() => readCsv("a,b\n1,2\n3\n"), {
    name: "SyntaxError",
    message: /^Cannot read CSV: .*line 3/,
  });
});

Deno.test("readCsv() throws SyntaxError when a quote stays open", () => {
  assert.throws(() => readCsv('a,b\n"1,2\n'), { name: "SyntaxError", message: /^Cannot read CSV: / });
});

Deno.test("writeCsv() writes the columns in their order and leaves other keys out", () => {
  assert.equal(writeCsv(["b", "a"], [{ a: 1, b: 2, c: 3 }, { b: 4, a: 5 }]), "b,a\n2,1\n4,5\n");
});

Deno.test("writeCsv() writes null, undefined and a missing key as nothing", () => {
  assert.equal(writeCsv(["a", "b", "c"], [{ a: null, b: undefined }]), "a,b,c\n,,\n");
});

Deno.test("writeCsv() writes booleans as words, zero and empty text as they are", () => {
  assert.equal(
    writeCsv(["a", "b", "c", "d"], [{ a: true, b: false, c: 0, d: "" }]),
    "a,b,c,d\ntrue,false,0,\n",
  );
});

Deno.test("writeCsv() writes the header when there are no rows", () => {
  assert.equal(writeCsv(["a", "b"], []), "a,b\n");
});

Deno.test("writeCsv() quotes what readCsv() would misunderstand", () => {
  assert.equal(
    writeCsv(["a", "b"], [{ a: "x,y", b: 'say "hi"' }, { a: "two\nlines", b: "plain" }]),
    'a,b\n"x,y","say ""hi"""\n"two\nlines",plain\n',
  );
});

Deno.test("writeCsv() writes numbers that are read back as the same double", () => {
  const source = stream(1, "csv");
  const numbers = [
    0.1,
    1 / 3,
    5e-324,
    1.7976931348623157e308,
    -123456789.123456789,
    1e21,
    2 ** 53,
    Infinity,
    NaN,
  ];
  for (let draw = 0; draw < 500; draw++) {
    numbers.push((source.uniform() - 0.5) * 10 ** (source.integer(600) - 300));
  }
  const rows = readCsv(writeCsv(["value"], numbers.map((value) => ({ value }))));
  assert.deepEqual(rows.map((row) => Number(row.value)), numbers);
});

Deno.test("writeCsv() writes texts that readCsv() gives back", () => {
  const source = stream(2, "csv"), alphabet = ["a", "ü", " ", ",", '"', "\n", "'", ";", "\t", "0", "😀"];
  const text = () => Array.from({ length: source.integer(6) }, () => alphabet[source.integer(11)]).join("");
  const rows = Array.from({ length: 300 }, (_, index) => ({ id: `r${index}`, left: text(), right: text() }));
  assert.deepEqual(readCsv(writeCsv(["id", "left", "right"], rows)), rows);
});
