import assert from "node:assert/strict";
import { writeYaml } from "../../src/manifest/write.ts";
import { openTiny, stagesOf, TINY } from "./tiny.ts";

Deno.test("openExperiment() names a run after its file, and after its content too where it was overridden", () => {
  assert.equal(openTiny().name, "tiny");
  const { name, hash } = openTiny({ set: ["seeds=[2]"] });
  assert.match(hash, /^[0-9a-f]{32}$/);
  assert.equal(name, `tiny--${hash.slice(0, 8)}`);
  assert.notEqual(name, openTiny({ set: ["seeds=[3]"] }).name);
});

Deno.test("openExperiment() gives a manifest whose text opens as the same experiment", async () => {
  const before = openTiny({
    set: ["sweep={labels.fraction: [0.5, 1], encoder.leak: [0.1, 0.2]}", "hypotheses=[]"],
  });
  const after = openTiny({ text: writeYaml(before.resolved) });
  assert.deepEqual(after.resolved, before.resolved);
  assert.equal(after.hash, before.hash);
  assert.deepEqual(after.points, before.points);
  assert.deepEqual(await stagesOf(after), await stagesOf(before));
});

Deno.test("openExperiment() takes what declares a hypothesis or a primary score into the hash", () => {
  const hashes = [[], ["hypotheses=[]"], ["score.primary=auroc"]].map((set) => openTiny({ set }).hash);
  assert.equal(new Set(hashes).size, 3);
});

const REFUSED: Record<string, [string, RegExp]> = {
  "an arm that is none": [
    "{arm: forzen, against: supervised, budget: 1}",
    /tiny\.yaml:16:15: hypotheses\[0\]\.arm: .*\(supervised, frozen\), got "forzen"; did you mean "frozen"\?/,
  ],
  "an arm to compare with that is none": [
    "{arm: frozen, against: heart-rate, budget: 1}",
    /hypotheses\[0\]\.against: .*\(supervised, frozen\), got "heart-rate"$/,
  ],
  "a budget that is not swept": [
    "{arm: frozen, against: supervised, budget: 0.1}",
    /hypotheses\[0\]\.budget: .* one of the budgets 0\.5, all, got 0\.1$/,
  ],
};

for (const [what, [hypothesis, message]] of Object.entries(REFUSED)) {
  Deno.test(`openExperiment() throws when a hypothesis names ${what}`, () => {
    const text = TINY.replace("{arm: frozen, against: supervised, budget: 1}", hypothesis);
    assert.throws(() => openTiny({ text }), { name: "ManifestError", message });
  });
}

for (const key of ["score.primary", "question", "hypotheses"]) {
  Deno.test(`openExperiment() throws when ${key} is swept, which a run has once`, () => {
    const values = key === "hypotheses"
      ? "[[], [{arm: frozen, against: supervised, budget: 1}]]"
      : "[auroc, accuracy]";
    assert.throws(() => openTiny({ set: [`sweep={${key}: ${values}}`] }), {
      name: "ManifestError",
      message: /Cannot sweep this key: it must be none that holds for the whole run .*, got /,
    });
  });
}
