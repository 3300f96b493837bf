import assert from "node:assert/strict";
import { z } from "zod";
import { type Choice, choiceOf, suggest, unknownName } from "../../src/manifest/choice.ts";
import type { Plugin } from "../../src/manifest/plugin.ts";

const load = () => Promise.resolve("loaded");
const table = {
  adam: { schema: z.strictObject({ learningRate: z.number().default(0.001) }), load },
  // A schema that isn't strict: a table's entry is made so.
  sgd: {
    schema: z.object({ learningRate: z.number(), momentum: z.number().default(0) })
      .refine(({ momentum }) => momentum < 1, "momentum must lie below 1").describe("plain descent"),
    load,
  },
} as const satisfies Record<string, Plugin<z.ZodObject, string>>;

Deno.test("choiceOf() reads the plug-in's name and its parameters with defaults, the name first", () => {
  const choice: Choice<typeof table> = choiceOf(table).parse({ learningRate: 1, kind: "sgd" });
  assert.deepEqual(choice, { kind: "sgd", learningRate: 1, momentum: 0 });
  assert.deepEqual(Object.keys(choice), ["kind", "learningRate", "momentum"]);
});

Deno.test("choiceOf() types the parameters by the name", () => {
  const choice = choiceOf(table).parse({ kind: "sgd", learningRate: 1, momentum: 0.5 });
  const momentum: number | undefined = choice.kind === "sgd" ? choice.momentum : undefined;
  assert.equal(momentum, 0.5);
});

Deno.test("choiceOf() refuses unknown parameters and names, and keeps a schema's refinements", () => {
  const choice = choiceOf(table);
  assert.ok(!choice.safeParse({ kind: "sgd", learningRate: 1, nesterov: true }).success);
  assert.ok(!choice.safeParse({ kind: "lamb" }).success);
  const refined = choice.safeParse({ kind: "sgd", learningRate: 1, momentum: 1 });
  assert.deepEqual(refined.error?.issues.map(({ message }) => message), ["momentum must lie below 1"]);
});

Deno.test("choiceOf() leaves other keys to a schema that says what they hold", () => {
  const open = { free: { schema: z.object({}).catchall(z.number()), load } };
  assert.deepEqual(choiceOf(open).parse({ kind: "free", x: 1 }), { kind: "free", x: 1 });
  assert.ok(!choiceOf(open).safeParse({ kind: "free", x: "a" }).success);
});

Deno.test("choiceOf() takes another discriminator", () => {
  const choice = choiceOf(table, { discriminator: "method" }).parse({ method: "adam" });
  assert.deepEqual(choice, { method: "adam", learningRate: 0.001 });
});

Deno.test("choiceOf() loads nothing", () => {
  const lazy = {
    heavy: {
      schema: z.strictObject({}),
      load: () => {
        throw new Error("loaded");
      },
    },
  };
  assert.deepEqual(choiceOf(lazy).parse({ kind: "heavy" }), { kind: "heavy" });
});

Deno.test("choiceOf() throws RangeError for an empty table and a parameter that is the discriminator", () => {
  assert.throws(() => choiceOf({}), {
    name: "RangeError",
    message: "Cannot build a choice: its table must have an entry, got none",
  });
  assert.throws(() => choiceOf({ a: { schema: z.strictObject({ kind: z.string() }), load } }), {
    name: "RangeError",
    message: 'Cannot build a choice: the parameters of "a" must leave the key "kind" to the table, got both',
  });
});

Deno.test("suggest() finds the nearest name", () => {
  assert.equal(suggest("epoch", ["batch", "epochs"]), "epochs");
  assert.equal(suggest("knid", ["kind", "path"]), "kind");
  assert.equal(suggest("LEARNING-RATE", ["momentum", "learningRate"]), "learningRate");
  // One edit is nearer than two.
  assert.equal(suggest("frozem", ["frozoo", "frozen"]), "frozen");
  assert.equal(suggest("subject", ["subjects", "subject"]), "subject");
});

Deno.test("suggest() takes the first of equally near names", () => {
  assert.equal(suggest("bat", ["cat", "hat"]), "cat");
  assert.equal(suggest("bat", ["hat", "cat"]), "hat");
});

Deno.test("suggest() gives nothing where no name is near", () => {
  assert.equal(suggest("depth", ["momentum", "learningRate"]), undefined);
  assert.equal(suggest("a", ["b"]), undefined);
  assert.equal(suggest("sdg", ["adam"]), undefined);
  assert.equal(suggest("x", []), undefined);
});

Deno.test("unknownName() lists the known names and suggests the nearest", () => {
  const error = unknownName({ what: "encoder", name: "resnt", known: ["sarkar-cnn", "resnet", "tiny"] });
  assert.ok(error instanceof RangeError);
  assert.equal(
    error.message,
    'Cannot find the encoder: its name must be sarkar-cnn, resnet or tiny, got "resnt"; did you mean "resnet"?',
  );
  assert.equal(
    unknownName({ what: "encoder", name: "mlp", known: ["resnet"] }).message,
    'Cannot find the encoder: its name must be resnet, got "mlp"',
  );
  assert.equal(
    unknownName({ what: "encoder", name: "mlp", known: [] }).message,
    'Cannot find the encoder: its name must be in a table, which is empty, got "mlp"',
  );
});
