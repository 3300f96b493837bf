import assert from "node:assert/strict";
import { z } from "zod";
import { choiceOf } from "../../src/manifest/choice.ts";
import { check, validate } from "../../src/manifest/validate.ts";
import { linesOf, read } from "./files.ts";

const load = () => Promise.resolve(0);
const optimizer = choiceOf({
  adam: { schema: z.strictObject({ learningRate: z.number().positive().default(0.001) }), load },
  sgd: {
    schema: z.strictObject({ learningRate: z.number(), momentum: z.number().min(0).lt(1).default(0) }),
    load,
  },
});
const schema = z.strictObject({
  signal: z.strictObject({
    lead: z.string().min(1).default("MLII"),
    resample: z.number().positive().default(256),
    normalize: z.union([
      z.literal("none"),
      z.strictObject({
        scope: z.enum(["subject", "window", "recording"]),
        trim: z.number().min(0).max(1).default(0),
      }),
    ]).default("none"),
  }).prefault({}),
  fit: z.strictObject({
    epochs: z.int().min(1).max(1000).default(30),
    optimizer: optimizer.prefault({ kind: "adam" }),
  })
    .prefault({}),
  arms: z.record(z.string().regex(/^[a-z-]+$/), z.strictObject({ train: z.enum(["all", "head"]).optional() }))
    .default({}),
  seeds: z.array(z.int()).min(1).default([1]),
  stratify: z.boolean().default(false),
  free: z.unknown().optional(),
});

const lines = (text: string, set: string[] = []) =>
  linesOf(() => validate(schema, read({ "a.yaml": text }, set)));

Deno.test("validate() gives the value with every default", () => {
  assert.deepEqual(
    validate(
      schema,
      read({ "a.yaml": "fit: {optimizer: {kind: sgd, learningRate: 1}}\narms: {frozen: {}}" }),
    ),
    {
      signal: { lead: "MLII", resample: 256, normalize: "none" },
      fit: { epochs: 30, optimizer: { kind: "sgd", learningRate: 1, momentum: 0 } },
      arms: { frozen: {} },
      seeds: [1],
      stratify: false,
    },
  );
});

Deno.test("validate() gives all problems of a manifest at once, by place", () => {
  const text = [
    "# header",
    "signal:",
    "  resample: fast",
    "  normalize: {scope: subjet, trim: 2}",
    "  filter: 1",
    "fit:",
    "  epochs: 0",
    "  optimizer: {kind: sgd, momentum: 1}",
    "arms:",
    "  frozen: {train: heads}",
    "  Frozen: {}",
    "seeds: [1, 2.5]",
    "stratify: yes",
  ].join("\n");
  assert.deepEqual(lines(text), [
    'a.yaml:3:3: signal.resample: Cannot use this value: it must be a number above 0, got "fast"',
    "a.yaml:4:15: signal.normalize.scope: " +
    'Cannot use this value: it must be one of subject, window or recording, got "subjet"; did you mean "subject"?',
    "a.yaml:4:30: signal.normalize.trim: Cannot use this value: it must be a number from 0 to 1, got 2",
    'a.yaml:5:3: signal.filter: Cannot use this key: it must be one of lead, resample or normalize, got "filter"',
    "a.yaml:7:3: fit.epochs: Cannot use this value: it must be a whole number from 1 to 1000, got 0",
    "a.yaml:8:3: fit.optimizer.learningRate: Cannot leave this key out: it must be a number, got nothing",
    "a.yaml:8:26: fit.optimizer.momentum: " +
    "Cannot use this value: it must be a number of at least 0 and below 1, got 1",
    'a.yaml:10:12: arms.frozen.train: Cannot use this value: it must be one of all or head, got "heads"; did you mean "head"?',
    'a.yaml:11:3: arms.Frozen: Cannot use this key: it must be text like /^[a-z-]+$/, got "Frozen"',
    "a.yaml:12:12: seeds[1]: Cannot use this value: it must be a whole number, got 2.5",
    'a.yaml:13:1: stratify: Cannot use this value: it must be true or false, got "yes"; did you mean true?',
  ]);
});

Deno.test("validate() suggests the nearest key of the map, else where the key belongs", () => {
  assert.deepEqual(lines("sginal: {}\n"), [
    "a.yaml:1:1: sginal: Cannot use this key: it must be one of signal, fit, arms, seeds, stratify or free, " +
    'got "sginal"; did you mean "signal"?',
  ]);
  assert.deepEqual(lines("signal: {epochs: 3}\n"), [
    "a.yaml:1:10: signal.epochs: Cannot use this key: it must be one of lead, resample or normalize, " +
    'got "epochs"; did you mean "fit.epochs"?',
  ]);
  assert.deepEqual(lines("signal: {train: all}\n"), [
    "a.yaml:1:10: signal.train: Cannot use this key: it must be one of lead, resample or normalize, " +
    'got "train"; did you mean "arms.<name>.train"?',
  ]);
});

Deno.test("validate() says under which choice a key exists", () => {
  assert.deepEqual(lines("fit: {optimizer: {kind: adam, momentum: 0.9}}\n"), [
    "a.yaml:1:31: fit.optimizer.momentum: Cannot use this key: it must be one of kind or learningRate, " +
    'got "momentum", which belongs to kind = sgd',
  ]);
});

Deno.test("validate() lists the names of a choice and the nearest", () => {
  assert.deepEqual(lines("fit: {optimizer: {kind: adma}}\n"), [
    "a.yaml:1:19: fit.optimizer.kind: Cannot use this value: it must be one of adam or sgd, " +
    'got "adma"; did you mean "adam"?',
  ]);
  assert.deepEqual(lines("fit: {optimizer: {}}\n"), [
    "a.yaml:1:7: fit.optimizer.kind: Cannot leave this key out: it must be one of adam or sgd, got nothing",
  ]);
  assert.deepEqual(lines("fit: {optimizer: adam}\n"), [
    'a.yaml:1:7: fit.optimizer: Cannot use this value: it must be a map whose kind is adam or sgd, got "adam"',
  ]);
});

Deno.test("validate() reports on the member of a union that fits best", () => {
  assert.deepEqual(lines("signal: {normalize: {trim: -1}}\n"), [
    "a.yaml:1:10: signal.normalize.scope: " +
    "Cannot leave this key out: it must be one of subject, window or recording, got nothing",
    "a.yaml:1:22: signal.normalize.trim: Cannot use this value: it must be a number from 0 to 1, got -1",
  ]);
  assert.deepEqual(lines("signal: {normalize: nonne}\n"), [
    'a.yaml:1:10: signal.normalize: Cannot use this value: it must be "none" or a map of scope and trim, ' +
    'got "nonne"; did you mean "none"?',
  ]);
  assert.deepEqual(lines("signal: {normalize: 3}\n"), [
    'a.yaml:1:10: signal.normalize: Cannot use this value: it must be "none" or a map of scope and trim, got 3',
  ]);
});

Deno.test("validate() takes a wrong constant for the sign of another member", () => {
  const shape = z.strictObject({
    at: z.union([
      z.strictObject({ by: z.literal("time"), seconds: z.number(), zone: z.string() }),
      z.strictObject({ by: z.literal("count"), windows: z.number() }),
    ]),
  });
  assert.deepEqual(linesOf(() => validate(shape, read({ "a.yaml": "at: {by: time, windows: 3}\n" }))), [
    "a.yaml:1:1: at.seconds: Cannot leave this key out: it must be a number, got nothing",
    "a.yaml:1:1: at.zone: Cannot leave this key out: it must be text, got nothing",
    'a.yaml:1:16: at.windows: Cannot use this key: it must be one of by, seconds or zone, got "windows", ' +
    "which belongs to by = count",
  ]);
});

Deno.test("validate() names missing keys and what they would hold", () => {
  const required = z.strictObject({
    fit: z.strictObject({ epochs: z.int().min(1) }),
    lead: z.string(),
    any: z.unknown(),
  });
  assert.deepEqual(linesOf(() => validate(required, read({ "a.yaml": "# nothing\nfit: {}\n" }))), [
    "a.yaml:1:1: any: Cannot leave this key out: it must be given, got nothing",
    "a.yaml:1:1: lead: Cannot leave this key out: it must be text, got nothing",
    "a.yaml:2:1: fit.epochs: Cannot leave this key out: it must be a whole number of at least 1, got nothing",
  ]);
});

Deno.test("validate() says what to write where YAML's types are the reason", () => {
  assert.deepEqual(lines("signal: {lead: 201, resample: '256'}\nstratify: Off\n"), [
    'a.yaml:1:10: signal.lead: Cannot use this value: it must be text that is not empty, got 201; quote it to make it text: "201"',
    'a.yaml:1:21: signal.resample: Cannot use this value: it must be a number above 0, got "256"; a number has no quotes',
    'a.yaml:2:1: stratify: Cannot use this value: it must be true or false, got "Off"; did you mean false?',
  ]);
});

Deno.test("validate() suggests quotes for a number that is a name", () => {
  const shape = z.strictObject({ leads: z.enum(["3", "12"]) });
  assert.deepEqual(linesOf(() => validate(shape, read({ "a.yaml": "leads: 12\n" }))), [
    'a.yaml:1:1: leads: Cannot use this value: it must be one of 3 or 12, got 12; quote it to make it text: "12"',
  ]);
});

Deno.test("validate() refuses .nan, .inf and dates wherever they stand", () => {
  assert.deepEqual(lines("signal: {resample: .inf}\nseeds: [.nan]\nfree: {deep: [-.inf]}\nfre: .nan\n"), [
    "a.yaml:1:10: signal.resample: Cannot use this value: it must be a finite number, got .inf",
    "a.yaml:2:9: seeds[0]: Cannot use this value: it must be a finite number, got .nan",
    "a.yaml:3:15: free.deep[0]: Cannot use this value: it must be a finite number, got -.inf",
    "a.yaml:4:1: fre: Cannot use this key: it must be one of signal, fit, arms, seeds, stratify or free, " +
    'got "fre"; did you mean "free"?',
    "a.yaml:4:1: fre: Cannot use this value: it must be a finite number, got .nan",
  ]);
  assert.deepEqual(lines("%YAML 1.1\n---\nfree: 2001-01-01\n"), [
    "a.yaml:3:1: free: Cannot use this value: it must be text, a number, true, false, null, a list or a map, " +
    "got the date 2001-01-01; quote it to make it text",
  ]);
});

Deno.test("validate() has overrides as the places of what they set", () => {
  assert.deepEqual(validate(schema, read({ "a.yaml": "" }, ["fit.epochs=3"])).fit.epochs, 3);
  assert.deepEqual(lines("", ["fit.epoch=3", "pretext.x=1", "arms.frozen.train=heads"]), [
    '--set arms.frozen.train=heads: arms.frozen.train: Cannot use this value: it must be one of all or head, got "heads"; did you mean "head"?',
    '--set fit.epoch=3: fit.epoch: Cannot use this key: it must be one of epochs or optimizer, got "epoch"; did you mean "epochs"?',
    "--set pretext.x=1: pretext: Cannot use this key: it must be one of signal, fit, arms, seeds, stratify or free, " +
    'got "pretext"',
  ]);
});

Deno.test("validate() says how to leave out what comes from an extended manifest", () => {
  const files = {
    "b.yaml": "extends: a.yaml\nfit: {optimizer: {kind: adam}}\n",
    "a.yaml": "fit:\n  optimizer: {kind: sgd, learningRate: 1, momentum: 0.5}\n",
  };
  assert.deepEqual(linesOf(() => validate(schema, read(files))), [
    "a.yaml:2:43: fit.optimizer.momentum: Cannot use this key: it must be one of kind or learningRate, " +
    'got "momentum", which belongs to kind = sgd (a manifest that extends this one leaves it out with "momentum: null")',
  ]);
  const mended = { ...files, "b.yaml": "extends: a.yaml\nfit: {optimizer: {kind: adam, momentum: null}}\n" };
  assert.deepEqual(validate(schema, read(mended)).fit.optimizer, { kind: "adam", learningRate: 1 });
});

Deno.test("validate() puts a schema's own message into the form of the others", () => {
  const pair = z.strictObject({
    low: z.number(),
    high: z.number(),
  }).refine(({ low, high }) => low < high, "low must lie below high")
    .refine(({ low }) => low !== 9, {
      path: ["low"],
      message: "Cannot start at nine: it must be another, got 9",
    });
  const run = (text: string) =>
    linesOf(() => validate(z.strictObject({ band: pair }), read({ "a.yaml": text })));
  assert.deepEqual(run("band: {low: 3, high: 2}"), [
    "a.yaml:1:1: band: Cannot use this value: low must lie below high, got {low: 3, high: 2}",
  ]);
  assert.deepEqual(run("band: {low: 9, high: 20}"), [
    "a.yaml:1:8: band.low: Cannot start at nine: it must be another, got 9",
  ]);
});

Deno.test("validate() words lists, tuples and fixed sets of names", () => {
  const shape = z.strictObject({
    pair: z.tuple([z.number(), z.string()]).optional(),
    short: z.array(z.number()).max(2).optional(),
    losses: z.partialRecord(z.enum(["invariance", "variance"]), z.number()).optional(),
    even: z.int().multipleOf(2).optional(),
    empty: z.strictObject({}).optional(),
  });
  const text = "pair: [1]\nshort: [1, 2, 3]\nlosses: {varance: 1}\neven: 3\nempty: {x: 1}\n";
  assert.deepEqual(linesOf(() => validate(shape, read({ "a.yaml": text }))), [
    "a.yaml:1:1: pair: Cannot use this value: it must be a list of 2 (a number, then text), got [1]",
    "a.yaml:2:1: short: Cannot use this value: it must be a list of at most 2, each a number, got [1, 2, 3]",
    "a.yaml:3:10: losses.varance: Cannot use this key: it must be one of invariance or variance, " +
    'got "varance"; did you mean "variance"?',
    "a.yaml:4:1: even: Cannot use this value: it must be a whole number divisible by 2, got 3",
    'a.yaml:5:9: empty.x: Cannot use this key: this map must be empty, got "x"',
  ]);
});

Deno.test("validate() judges one part of a manifest with its place in the whole", () => {
  const source = read({ "a.yaml": "fit:\n  epochs: 3\n  epoch: 4\nother: {}\n" });
  const fit = z.strictObject({ epochs: z.int() });
  assert.deepEqual(linesOf(() => validate(fit, source, { at: ["fit"] })), [
    'a.yaml:3:3: fit.epoch: Cannot use this key: it must be "epochs", got "epoch"; did you mean "epochs"?',
  ]);
});

Deno.test("check() gives output or problems without throwing", () => {
  assert.deepEqual(check(z.strictObject({ x: z.int() }), read({ "a.yaml": "x: 1" })), { output: { x: 1 } });
  assert.deepEqual(check(z.strictObject({ x: z.int() }), read({ "a.yaml": "x: a" })), {
    problems: [{
      file: "a.yaml",
      line: 1,
      column: 1,
      path: "x",
      message: 'Cannot use this value: it must be a whole number, got "a"',
    }],
  });
});
