import assert from "node:assert/strict";
import { type Provider, PROVIDER_NAMES } from "../../../src/onnx/runtime/providers.ts";
import { checkProvider, openSession } from "../../../src/onnx/runtime/session.ts";

Deno.test("checkProvider() starts cpu everywhere", () => checkProvider("cpu"));

for (const provider of PROVIDER_NAMES.filter((name) => name !== "cpu")) {
  Deno.test({
    name: `checkProvider() says what ${provider} needs, and what to do, where it is missing`,
    // Where it is there, nothing can be said of its absence.
    ignore: await starts(provider),
    async fn() {
      const message = new RegExp(
        `^Cannot start the execution provider ${provider}: there must be .+, got ".+"; .+, or compute on cpu$`,
      );
      await assert.rejects(checkProvider(provider), { name: "RangeError", message });
      await assert.rejects(openSession(new Uint8Array(), { provider }), { name: "RangeError", message });
    },
  });
}

async function starts(provider: Provider): Promise<boolean> {
  try {
    await checkProvider(provider);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
