import assert from "node:assert/strict";
import { prepareTarget, TARGETS } from "../../src/targets/table.ts";
import { recordingOf, windowOf } from "./windows.ts";

Deno.test("prepareTarget() prepares the target of a specification with its defaults", async () => {
  const recordings = [3, 5, 8].map((arousal, index) => recordingOf(`s${index}`, { labels: { arousal } }));
  const ranges = { arousal: { from: 1, to: 9 } };
  const target = await prepareTarget({ kind: "rating", side: ">=" }, { recordings, ranges });
  assert.deepEqual(target.classes, ["low", "high"]);
  assert.deepEqual(recordings.map((recording) => target.assign(windowOf(recording), recording)), [0, 1, 1]);
});

Deno.test("prepareTarget() throws when a parameter is unknown", async () => {
  await assert.rejects(
    prepareTarget({ kind: "rating", treshold: 4 }, { recordings: [], ranges: {} }),
    /treshold/,
  );
});

for (const [kind, plugin] of Object.entries(TARGETS)) {
  Deno.test(`TARGETS loads ${kind}`, async () => {
    assert.equal(typeof (await plugin.load()).prepare, "function");
  });
}
