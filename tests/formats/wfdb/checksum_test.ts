import assert from "node:assert/strict";
import { checksum, verifyChecksum } from "../../../src/formats/wfdb/checksum.ts";

Deno.test("checksum() wraps at 16 bits with a sign, even past 32 bits", () => {
  assert.equal(checksum(Int16Array.of()), 0);
  assert.equal(checksum(Int16Array.of(-120, 20)), -100);
  assert.equal(checksum(Int16Array.of(32767, 32767, 3)), 1);
  assert.equal(checksum(Int16Array.of(-32768, -1)), 32767);
  // 200,000 times -30,000 is -6,000,000,000, and 91,553 times 65,536 more than that is 17,408.
  assert.equal(checksum(new Int16Array(200_000).fill(-30_000)), 17_408);
});

Deno.test("verifyChecksum() accepts a checksum with and without its sign", () => {
  const where = { file: "a.dat", record: "a", signal: "I" };
  verifyChecksum(Int16Array.of(-1), { expected: -1, ...where });
  verifyChecksum(Int16Array.of(-1), { expected: 65535, ...where });
  assert.throws(
    () => verifyChecksum(Int16Array.of(-1), { expected: 1, ...where }),
    new RangeError(
      "a.dat: Cannot read signal I of record a: its checksum must be 1 as the header says, got -1",
    ),
  );
});
