/** Broken bytes give a clear error or a result, never another failure. */
import assert from "node:assert/strict";
import { readAnnotations } from "../../../src/formats/wfdb/annotations.ts";
import { readHeader } from "../../../src/formats/wfdb/header.ts";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { type Stream, stream } from "../../../src/random/stream.ts";
import { annotationBytes, recordFiles } from "./write.ts";

const MUTATIONS = 1000;

function mutate(bytes: Uint8Array, source: Stream): Uint8Array {
  const mutant = Uint8Array.from(bytes);
  for (let times = 1 + source.integer(4); times > 0; times--) {
    mutant[source.integer(mutant.length)] = source.integer(256);
  }
  return source.integer(4) === 0 ? mutant.subarray(0, source.integer(mutant.length)) : mutant;
}

/** How many of the mutants were refused; throws what is no refusal. */
function refusals(what: string, read: (source: Stream) => unknown): number {
  let count = 0;
  for (let index = 0; index < MUTATIONS; index++) {
    try {
      read(stream(index, what));
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      assert.match(error.message, /^a\.\w+: Cannot read .* must .*, got .+/s);
      count++;
    }
  }
  return count;
}

const files = recordFiles({
  name: "a",
  rate: "360/1.5(20)",
  signals: [
    { name: "MLII", gain: "200(1024)/mV", samples: Array.from({ length: 50 }, (_, index) => 1000 + index) },
    { name: "V5", samples: Array.from({ length: 50 }, (_, index) => -index) },
  ],
  comments: ["69 M"],
});
const [header, samples] = files.values();

Deno.test("readHeader() and readSignals() refuse broken headers in words", () => {
  const refused = refusals("header", (source) => {
    const text = new TextDecoder().decode(mutate(header, source));
    return readSignals(readHeader(text, { file: "a.hea" }), { file: "a.hea", files });
  });
  assert.ok(refused > MUTATIONS / 2);
});

Deno.test("readSignals() refuses broken samples by their checksum or their length", () => {
  const intact = readHeader(new TextDecoder().decode(header), { file: "a.hea" });
  const refused = refusals(
    "samples",
    (source) => readSignals(intact, { file: "a.hea", files: new Map([["a.dat", mutate(samples, source)]]) }),
  );
  assert.ok(refused > MUTATIONS * 0.95);
});

Deno.test("readAnnotations() refuses broken annotations in words", () => {
  const bytes = annotationBytes(Array.from({ length: 40 }, (_, index) => ({
    sample: 700 * index * index,
    code: 1 + index,
    subtype: index % 3,
    text: index % 5 ? "" : "(AFIB",
  })));
  const refused = refusals(
    "annotations",
    (source) => readAnnotations(mutate(bytes, source), { file: "a.atr", sampleRateHz: 360 }),
  );
  assert.ok(refused > MUTATIONS / 8);
});
