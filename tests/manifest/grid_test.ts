import assert from "node:assert/strict";
import { z } from "zod";
import { expandGrid, type Sweep, sweepSchema, validateGrid } from "../../src/manifest/grid.ts";
import { linesOf, read } from "./files.ts";

const base = {
  labels: { fraction: 1, draws: 3 },
  window: { seconds: 10, stride: 10 },
  arms: { frozen: { train: "head" } },
  seeds: [1, 2],
};
const coordinatesOf = (sweep: Sweep) => expandGrid(base, sweep).map(({ coordinates }) => coordinates);
const refused = (sweep: Sweep) => linesOf(() => expandGrid(base, sweep));

Deno.test("expandGrid() spans 2 x 3 points, the first axis slowest, without what is excluded", () => {
  const sweep: Sweep = {
    "labels.fraction": [0.1, 1],
    "window.seconds": [5, 10, 30],
    exclude: [{ "labels.fraction": 0.1, "window.seconds": 30 }],
  };
  const points = expandGrid(base, sweep);
  assert.deepEqual(points.map(({ coordinates }) => coordinates), [
    { "labels.fraction": 0.1, "window.seconds": 5 },
    { "labels.fraction": 0.1, "window.seconds": 10 },
    { "labels.fraction": 1, "window.seconds": 5 },
    { "labels.fraction": 1, "window.seconds": 10 },
    { "labels.fraction": 1, "window.seconds": 30 },
  ]);
  assert.deepEqual(points[0].value, {
    labels: { fraction: 0.1, draws: 3 },
    window: { seconds: 5, stride: 10 },
    arms: { frozen: { train: "head" } },
    seeds: [1, 2],
  });
  assert.equal(base.window.seconds, 10);
});

Deno.test("expandGrid() zips the keys of one entry, after the other axes", () => {
  const sweep: Sweep = {
    zip: [{ "window.seconds": [10, 30], "window.stride": [5, 15] }],
    "labels.fraction": [0.1, 1],
  };
  assert.deepEqual(coordinatesOf(sweep), [
    { "labels.fraction": 0.1, "window.seconds": 10, "window.stride": 5 },
    { "labels.fraction": 0.1, "window.seconds": 30, "window.stride": 15 },
    { "labels.fraction": 1, "window.seconds": 10, "window.stride": 5 },
    { "labels.fraction": 1, "window.seconds": 30, "window.stride": 15 },
  ]);
});

Deno.test("expandGrid() multiplies the entries of zip with one another", () => {
  const sweep: Sweep = {
    zip: [{ "window.seconds": [10, 30], "window.stride": [5, 15] }, { "labels.fraction": [0.1, 1] }],
  };
  assert.deepEqual(coordinatesOf(sweep).map((one) => Object.values(one)), [
    [10, 5, 0.1],
    [10, 5, 1],
    [30, 15, 0.1],
    [30, 15, 1],
  ]);
});

Deno.test("expandGrid() sets maps, items of lists and quoted keys", () => {
  const points = expandGrid({ "a.b": 1, seeds: [1, 2], fit: { epochs: 1 } }, {
    '["a.b"]': [2],
    "seeds[1]": [9],
    fit: [{ batch: 3 }],
  });
  assert.deepEqual(points.map(({ value }) => value), [{ "a.b": 2, seeds: [1, 9], fit: { batch: 3 } }]);
});

Deno.test("expandGrid() gives the one point of an empty sweep", () => {
  assert.deepEqual(expandGrid(base, {}), [{ coordinates: {}, value: base, settings: [] }]);
});

Deno.test("expandGrid() excludes every point that has all values of an entry, of whatever type", () => {
  const sweep: Sweep = {
    "labels.fraction": [0.1, 1],
    fit: [{ a: 1, b: 2 }, null],
    exclude: [{ fit: { b: 2, a: 1 } }],
  };
  const points = expandGrid({ ...base, fit: 1 }, sweep);
  assert.deepEqual(points.map(({ coordinates }) => coordinates), [
    { "labels.fraction": 0.1, fit: null },
    { "labels.fraction": 1, fit: null },
  ]);
});

Deno.test("expandGrid() refuses keys that the manifest doesn't have, and suggests", () => {
  assert.deepEqual(
    refused({ "labels.fractoin": [1], "arms.frozn.train": ["all"], "seeds[2]": [1], nothing: [1] }),
    [
      'sweep.nothing: Cannot sweep this key: the manifest must know it, got "nothing"',
      'sweep["arms.frozn.train"]: Cannot sweep this key: the manifest must know it, got "arms.frozn.train"; ' +
      'did you mean "arms.frozen.train"?',
      'sweep["labels.fractoin"]: Cannot sweep this key: the manifest must know it, got "labels.fractoin"; ' +
      'did you mean "labels.fraction"?',
      'sweep["seeds[2]"]: Cannot sweep this key: the manifest must know it, got "seeds[2]"; did you mean "seeds[0]"?',
    ],
  );
});

Deno.test("expandGrid() takes keys of the schema that the manifest leaves out", () => {
  const schema = z.strictObject({ fit: z.strictObject({ epochs: z.int().default(30) }).prefault({}) });
  assert.deepEqual(expandGrid({}, { "fit.epochs": [1] }, { schema }).map(({ value }) => value), [{
    fit: { epochs: 1 },
  }]);
  assert.deepEqual(linesOf(() => expandGrid({}, { "fit.epoch": [1] }, { schema })), [
    'sweep["fit.epoch"]: Cannot sweep this key: the manifest must know it, got "fit.epoch"; did you mean "fit.epochs"?',
  ]);
  const either = z.strictObject({ fit: z.union([z.literal("none"), z.strictObject({ epochs: z.int() })]) });
  assert.deepEqual(linesOf(() => expandGrid({ fit: "none" }, { "fit.epochs": [1] }, { schema: either })), [
    'sweep["fit.epochs"]: Cannot set the key: fit must be a map, got "none"',
  ]);
});

Deno.test("expandGrid() refuses lists that are empty, uneven or repeat a value", () => {
  const sweep: Sweep = {
    "labels.fraction": [],
    "window.seconds": [1, 2, 1.0],
    zip: [{ "labels.draws": [1, 2], "window.stride": [1, 2, 3] }, {
      seeds: [[1], [1]],
      "arms.frozen.train": ["a", "a"],
    }],
  };
  assert.deepEqual(refused(sweep), [
    "sweep.zip[0]: Cannot zip these keys: their lists must have one length, got 2 for labels.draws, 3 for window.stride",
    'sweep.zip[1].seeds[1]: Cannot sweep a value twice: each must be new, got [[1], "a"] at 1 and 2',
    'sweep["labels.fraction"]: Cannot sweep this key: its list must hold a value, got []',
    'sweep["window.seconds"][2]: Cannot sweep a value twice: each must be new, got 1 at 1 and 3',
  ]);
});

Deno.test("expandGrid() lets one key of a zip repeat where the whole step is new", () => {
  assert.equal(expandGrid(base, { zip: [{ "window.seconds": [1, 1], "window.stride": [1, 2] }] }).length, 2);
});

Deno.test("expandGrid() refuses keys that overlap, however they are written", () => {
  assert.deepEqual(refused({ window: [{}], "window.stride": [1] }), [
    'sweep["window.stride"]: Cannot sweep this key: swept keys must not overlap, got window.stride and window',
  ]);
  assert.deepEqual(refused({ "window.stride": [1, 2], 'window["stride"]': [3, 4] }), [
    String
      .raw`sweep["window[\"stride\"]"]: Cannot sweep this key: swept keys must not overlap, got window.stride and window.stride`,
  ]);
});

Deno.test("expandGrid() refuses what is no key path", () => {
  assert.deepEqual(refused({ "a..b": [1], "": [2] }), [
    'sweep[""]: Cannot sweep this key: it must be a path such as fit.epochs, got ""',
    'sweep["a..b"]: Cannot read the key path: it must be like fit.epochs, seeds[0] or arms["a.b"], ' +
    'got "a..b" (from "..b" on)',
  ]);
});

Deno.test("expandGrid() refuses exclusions that leave out nothing or all", () => {
  const sweep = { "labels.fraction": [0.1, 1], zip: [{ "window.seconds": [1, 2], "window.stride": [3, 4] }] };
  const wrong = [
    {},
    { "labels.fractoin": 1 },
    { "labels.fraction": 0.5 },
    { "window.seconds": 1, "window.stride": 4 },
  ];
  assert.deepEqual(refused({ ...sweep, exclude: wrong }), [
    "sweep.exclude[0]: Cannot exclude a point: its values must be given, got {}",
    'sweep.exclude[1]["labels.fractoin"]: Cannot exclude a point: its keys must be swept ones ' +
    '(labels.fraction, window.seconds or window.stride), got "labels.fractoin"; did you mean "labels.fraction"?',
    'sweep.exclude[2]["labels.fraction"]: Cannot exclude a point: its value must be 0.1 or 1, got 0.5',
    "sweep.exclude[3]: Cannot exclude a point: the sweep must have one, got {window.seconds: 1, window.stride: 4}",
  ]);
  assert.deepEqual(refused({ ...sweep, exclude: [{ "labels.fraction": 1 }, { "labels.fraction": 0.1 }] }), [
    "sweep.exclude: Cannot exclude all points: one must be left, got none of 4",
  ]);
});

Deno.test("expandGrid() refuses more than 100,000 points", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index);
  const sweep = { "labels.fraction": hundred, "labels.draws": hundred, "window.seconds": hundred };
  assert.deepEqual(refused(sweep), [
    "sweep: Cannot expand the sweep: it must have at most 100000 points, got 1000000",
  ]);
});

const schema = z.strictObject({
  labels: z.strictObject({ fraction: z.number().min(0).max(1) }),
  encoder: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cnn"), layers: z.int().default(4) }),
    z.strictObject({ kind: z.literal("mlp"), units: z.int().default(64) }),
  ]).optional(),
  seeds: z.array(z.int()).default([1]),
  sweep: sweepSchema.optional(),
});
const points = (text: string) => validateGrid(schema, read({ "a.yaml": text }));

Deno.test("validateGrid() gives each point with its defaults, though a required key be swept alone", () => {
  const text = "sweep:\n  labels.fraction: [0.1, 1]\n  encoder.kind: [cnn, mlp]\n";
  assert.deepEqual(
    points(text).map(({ coordinates, output }) => [coordinates, output.labels, output.encoder]),
    [
      [{ "labels.fraction": 0.1, "encoder.kind": "cnn" }, { fraction: 0.1 }, { kind: "cnn", layers: 4 }],
      [{ "labels.fraction": 0.1, "encoder.kind": "mlp" }, { fraction: 0.1 }, { kind: "mlp", units: 64 }],
      [{ "labels.fraction": 1, "encoder.kind": "cnn" }, { fraction: 1 }, { kind: "cnn", layers: 4 }],
      [{ "labels.fraction": 1, "encoder.kind": "mlp" }, { fraction: 1 }, { kind: "mlp", units: 64 }],
    ],
  );
});

Deno.test("validateGrid() gives the one point of a manifest without a sweep", () => {
  assert.deepEqual(points("labels: {fraction: 0.5}\n"), [
    { coordinates: {}, output: { labels: { fraction: 0.5 }, seeds: [1] } },
  ]);
});

Deno.test("validateGrid() points at the swept value that is wrong, once for all points", () => {
  const text = [
    "seeds: [1, x]",
    "sweep:",
    "  labels.fraction: [0.1, 5, 1]",
    "  zip:",
    "    - {encoder: [{kind: cnn}, {kind: mlp, unit: 3}]}",
  ].join("\n");
  assert.deepEqual(linesOf(() => points(text)), [
    'a.yaml:1:12: seeds[1]: Cannot use this value: it must be a whole number, got "x"',
    "a.yaml:3:26: labels.fraction: Cannot use this value: it must be a number from 0 to 1, got 5",
    'a.yaml:5:43: encoder.unit: Cannot use this key: it must be one of kind or units, got "unit"; did you mean "units"?',
  ]);
});

Deno.test("validateGrid() gives the problems of the sweep with those of the keys that aren't swept", () => {
  assert.deepEqual(
    linesOf(() => points("seeds: 1\nsweep:\n  labels.fraction: []\n  encoder.knid: [cnn]\n")),
    [
      "a.yaml:1:1: seeds: Cannot use this value: it must be a list, each a whole number, got 1",
      'a.yaml:3:3: sweep["labels.fraction"]: Cannot sweep this key: its list must hold a value, got []',
      'a.yaml:4:3: sweep["encoder.knid"]: Cannot sweep this key: the manifest must know it, got "encoder.knid"; ' +
      'did you mean "encoder.kind"?',
    ],
  );
  assert.deepEqual(linesOf(() => points("seeds: 1\nlabels: {fraction: 3}\nsweep: {seeds: 3, zip: {}}\n")), [
    "a.yaml:2:10: labels.fraction: Cannot use this value: it must be a number from 0 to 1, got 3",
    "a.yaml:3:9: sweep.seeds: Cannot use this value: it must be a list of at least 1, got 3",
    "a.yaml:3:19: sweep.zip: Cannot use this value: it must be a list, each a map from names to a list, got {}",
  ]);
});

Deno.test("validateGrid() points at overrides and at extended files", () => {
  const files = {
    "b.yaml": "extends: a.yaml\n",
    "a.yaml": "labels: {fraction: 1}\nsweep: {seeds: [[1], 2]}\n",
  };
  assert.deepEqual(
    linesOf(() => validateGrid(schema, read(files, ["sweep.labels={fraction: [1]}", "encoder.kind=cnm"]))),
    [
      '--set encoder.kind=cnm: encoder.kind: Cannot use this value: it must be one of cnn or mlp, got "cnm"; did you mean "cnn"?',
      "--set sweep.labels={fraction: [1]}: sweep.labels: Cannot use this value: " +
      "it must be a list of at least 1, got {fraction: [1]}",
    ],
  );
  assert.deepEqual(linesOf(() => validateGrid(schema, read(files, ['sweep["labels.fraction"]=[0.5, 2]']))), [
    '--set sweep["labels.fraction"]=[0.5, 2]: labels.fraction: ' +
    "Cannot use this value: it must be a number from 0 to 1, got 2",
    "a.yaml:2:22: seeds: Cannot use this value: it must be a list, each a whole number, got 2",
  ]);
});
