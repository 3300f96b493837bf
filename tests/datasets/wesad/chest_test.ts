import assert from "node:assert/strict";
import { readRespiban } from "../../../src/datasets/wesad/chest.ts";
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { DEVICE, writeOpenSignals } from "../../formats/write_open_signals.ts";

Deno.test("readRespiban() gives mV from counts of 16 bits over 3 mV, the middle being 0", () => {
  const rows = [[0, 0, 32768, 9, 9], [1, 0, 0, 9, 9], [2, 0, 49152, 9, 9], [3, 0, 65535, 9, 9]];
  const bytes = new TextEncoder().encode(writeOpenSignals({ "00:07": DEVICE }, rows));
  const { ecg, sampleRateHz } = readRespiban(bytesInMemory(bytes, { file: "S2_respiban.txt" }));
  assert.equal(sampleRateHz, 700);
  // (32768/65536 - 1/2) * 3 = 0; (0 - 1/2) * 3 = -1.5; (3/4 - 1/2) * 3 = 0.75; (65535/65536 - 1/2) * 3 = 1.5 - 3/65536.
  assert.deepEqual(ecg, Float64Array.of(0, -1.5, 0.75, 1.4999542236328125));
});
