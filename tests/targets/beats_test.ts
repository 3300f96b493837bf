import assert from "node:assert/strict";
import type { TimedAnnotation, WindowRow } from "../../src/formats/window_table.ts";
import { beats } from "../../src/targets/beats.ts";
import { type BeatsParameters, beatsSchema } from "../../src/targets/beats_schema.ts";
import type { Outcome } from "../../src/targets/target.ts";
import { recordingOf, windowOf } from "./windows.ts";

const CLASSES = { ventricular: ["V", "E"], other: ["N", "A"] };
const RECORDING = recordingOf("s0", { labels: {} });
/** Beats that let every class occur, far from any window. */
const ELSEWHERE = [{ seconds: 1e6, symbol: "V", text: "" }, { seconds: 1e6 + 1, symbol: "N", text: "" }];

/** Annotations from `[seconds, symbol]` or `[seconds, "(rhythm"]`. */
function annotationsOf(...marks: (readonly [number, string])[]): TimedAnnotation[] {
  return marks.map(([seconds, mark]) =>
    mark.startsWith("(") ? { seconds, symbol: "+", text: mark } : { seconds, symbol: mark, text: "" }
  );
}

/** The target on one recording with these marks, whose windows count at 1 Hz: `windowOf(RECORDING, 20)` is [20, 30). */
function prepare(
  parameters: Partial<BeatsParameters>,
  { marks, sampleRateHz = 1 }: { marks: (readonly [number, string])[]; sampleRateHz?: number },
) {
  const annotations = new Map([[RECORDING.id, [...annotationsOf(...marks), ...ELSEWHERE]]]);
  return beats.prepare(beatsSchema.parse({ classes: CLASSES, ...parameters }), {
    recordings: [RECORDING],
    ranges: {},
    marks: { sampleRateHz, annotations },
  });
}

/** What the window [20, 30) is among these marks: the name of its class, or the reason why it has none. */
function judge(parameters: Partial<BeatsParameters>, ...marks: (readonly [number, string])[]): string {
  const target = prepare(parameters, { marks }), window = windowOf(RECORDING, 20);
  const found: Outcome = target.outcome(window, RECORDING);
  assert.equal(target.assign(window, RECORDING), "class" in found ? found.class : null);
  return "class" in found ? target.classes[found.class] : found.reason;
}

Deno.test("beats gives a window the positive class for one such beat, the other class for others alone", () => {
  assert.equal(judge({}, [21, "N"], [22, "V"], [23, "N"]), "ventricular");
  assert.equal(judge({}, [22, "E"]), "ventricular");
  assert.equal(judge({}, [21, "N"], [22, "A"]), "other");
  assert.equal(judge({}, [15, "V"], [21, "N"], [35, "V"]), "other");
});

Deno.test("beats lets the named class be positive, whichever comes last by code point", () => {
  const both = [[21, "N"], [22, "V"]] as const;
  assert.equal(judge({ positive: "other" }, ...both), "other");
  assert.equal(judge({ positive: "ventricular" }, ...both), "ventricular");
  const { classes, positive } = prepare({ positive: "other" }, { marks: [] });
  assert.deepEqual([classes, positive], [["ventricular", "other"], 1]);
  assert.deepEqual(prepare({}, { marks: [] }).classes, ["other", "ventricular"]);
});

Deno.test("beats gives a beat at a border to the window that begins there", () => {
  const target = prepare({ edge: 0 }, { marks: [[10, "N"], [20, "V"]] });
  const classes = [0, 10, 20].map((first) => target.assign(windowOf(RECORDING, first), RECORDING));
  assert.deepEqual(classes, [null, 0, 1]);
});

Deno.test("beats places beats at 360 Hz among windows at 256 Hz, also where seconds are no binary fractions", () => {
  // Sample 45 k lies at k / 8 s, sample 32 k at the same rate's 256 Hz; 0.1 s is sample 36 and, at 100 Hz, sample 10.
  for (const [beat, sampleRateHz, length] of [[45, 256, 32], [36, 100, 10], [12, 30, 1]]) {
    const marks = Array.from({ length: 500 }, (_, k) => [beat * k / 360, k % 2 === 0 ? "V" : "N"] as const);
    const target = prepare({ edge: 0 }, { marks, sampleRateHz });
    for (let k = 0; k < 500; k++) {
      const window: WindowRow = { ...windowOf(RECORDING, k * length), length };
      assert.equal(target.assign(window, RECORDING), k % 2 === 0 ? 1 : 0, `${sampleRateHz} Hz, window ${k}`);
    }
  }
});

Deno.test("beats discards a window with a positive beat closer than the edge, on either side of a border", () => {
  for (const seconds of [19.86, 19.99, 20, 20.14, 29.86, 29.99, 30, 30.14]) {
    assert.equal(judge({}, [seconds, "V"], [25, "N"]), "ventricular beat at the edge", `${seconds}`);
  }
  assert.equal(judge({}, [19.9, "V"]), "ventricular beat at the edge");
});

Deno.test("beats takes a beat at just the edge's distance as outside or inside, whatever its binary fraction", () => {
  assert.ok(20.15 - 20 < 0.15 && 30.15 - 30 < 0.15, "the naive comparison would call it closer");
  for (const seconds of [19.85, 30.15]) assert.equal(judge({}, [seconds, "V"], [25, "N"]), "other");
  for (const seconds of [20.15, 29.85]) assert.equal(judge({}, [seconds, "V"], [25, "N"]), "ventricular");
});

Deno.test("beats takes the edge in seconds from the manifest; 0 leaves no beat in doubt", () => {
  assert.equal(judge({ edge: 0.5 }, [20.4, "V"]), "ventricular beat at the edge");
  assert.equal(judge({ edge: 0.5 }, [20.6, "V"]), "ventricular");
  assert.equal(judge({ edge: 0 }, [20, "V"]), "ventricular");
  assert.equal(judge({ edge: 0 }, [25, "N"], [30, "V"]), "other");
});

Deno.test("beats keeps a window whose positive beat at the edge is joined by one well inside", () => {
  assert.equal(judge({}, [20.05, "V"], [25, "V"]), "ventricular");
  assert.equal(judge({}, [25, "E"], [30.05, "V"]), "ventricular");
});

Deno.test("beats counts beats of the least decisive class wherever they lie inside, and nowhere else", () => {
  assert.equal(judge({}, [20.05, "N"]), "other");
  assert.equal(judge({}, [29.95, "N"]), "other");
  assert.equal(judge({}, [19.95, "N"], [30.05, "N"]), "no beat");
});

Deno.test("beats discards a window that holds a discarded beat, or has one closer than the edge outside", () => {
  const discard = ["F", "Q"];
  for (const seconds of [19.9, 20, 25, 29.99, 30, 30.14]) {
    assert.equal(judge({ discard }, [seconds, "F"]), "beat F", `${seconds}`);
  }
  assert.equal(judge({ discard }, [19.85, "F"], [25, "V"], [30.15, "Q"]), "ventricular");
  assert.equal(judge({ discard }, [22, "V"], [23, "Q"], [24, "F"]), "beat Q");
});

Deno.test("beats discards a window that overlaps a discarded rhythm", () => {
  const parameters = { discardRhythm: ["VFL"] }, beat = [25, "N"] as const;
  assert.equal(judge(parameters, [15, "(VFL"], [22, "(N"], beat), "rhythm VFL");
  assert.equal(judge(parameters, beat, [29, "(VFL"]), "rhythm VFL");
  assert.equal(judge(parameters, [0, "(VFL"], beat), "rhythm VFL");
  assert.equal(judge(parameters, [21, "(VFL\0 \0"], [22, "(N"], beat), "rhythm VFL");
  assert.equal(judge(parameters, [10, "(VFL"], [20, "(N"], beat), "other");
  assert.equal(judge(parameters, beat, [30, "(VFL"]), "other");
  assert.equal(judge(parameters, [20, "(VF"], beat), "other");
});

Deno.test("beats discards a window with a beat of no class; what is no beat, or outside, doesn't matter", () => {
  assert.equal(judge({}, [22, "V"], [23, "B"]), 'beat "B" is in no class');
  assert.equal(judge({}, [19.9, "B"], [25, "V"], [30, "B"]), "ventricular");
  assert.equal(judge({}, [21, "~"], [22, "!"], [23, "N"]), "other");
  assert.equal(judge({}, [21, "~"], [22, "(AFIB"]), "no beat");
});

Deno.test("beats gives the first reason: discarded beat, discarded rhythm, beat of no class, edge", () => {
  const parameters = { discard: ["F"], discardRhythm: ["VFL"] };
  const edge = [20, "V"] as const, stranger = [21, "B"] as const, rhythm = [22, "(VFL"] as const;
  assert.equal(judge(parameters, edge, stranger, rhythm, [23, "F"]), "beat F");
  assert.equal(judge(parameters, edge, stranger, rhythm), "rhythm VFL");
  assert.equal(judge(parameters, edge, stranger), 'beat "B" is in no class');
  assert.equal(judge(parameters, edge), "ventricular beat at the edge");
});

Deno.test("beats decides among more than two classes by precedence", () => {
  const classes = { ventricular: ["V"], atrial: ["A"], normal: ["N"] };
  const recording = recordingOf("s1", { labels: {} }), window = windowOf(recording, 20);
  const judgeThree = (precedence: string[], ...marks: (readonly [number, string])[]) => {
    const annotations = [...annotationsOf(...marks), ...annotationsOf([1e6, "V"], [1e6, "A"], [1e6, "N"])];
    const target = beats.prepare(beatsSchema.parse({ classes, precedence }), {
      recordings: [recording],
      ranges: {},
      marks: { sampleRateHz: 1, annotations: new Map([[recording.id, annotations]]) },
    });
    assert.deepEqual(target.classes, ["atrial", "normal", "ventricular"]);
    assert.equal(target.positive, undefined);
    const found = target.outcome(window, recording);
    return "class" in found ? target.classes[found.class] : found.reason;
  };
  const all = [[22, "N"], [23, "A"], [24, "V"]] as const;
  assert.equal(judgeThree(["ventricular", "atrial", "normal"], ...all), "ventricular");
  assert.equal(judgeThree(["atrial", "ventricular", "normal"], ...all), "atrial");
  assert.equal(judgeThree(["normal", "atrial", "ventricular"], ...all), "normal");

  const order = ["ventricular", "atrial", "normal"];
  assert.equal(judgeThree(order, [20, "V"], [25, "A"]), "ventricular beat at the edge");
  assert.equal(judgeThree(order, [20, "A"], [25, "N"]), "atrial beat at the edge");
  assert.equal(judgeThree(order, [20, "A"], [25, "V"]), "ventricular");
  assert.equal(judgeThree(order, [20, "V"], [25, "N"], [29.9, "A"]), "ventricular beat at the edge");
  assert.equal(judgeThree(order, [20, "N"]), "normal");
});

Deno.test("beats finds hard negatives among windows of the other class, by a beat inside or by a rhythm", () => {
  const parameters = { hardNegatives: { name: "atrial", beats: ["A"], rhythms: ["AFIB"] } };
  const isHard = (...marks: (readonly [number, string])[]) => {
    const { isHardNegative, hardNegatives } = prepare(parameters, { marks });
    assert.equal(hardNegatives, "atrial");
    return isHardNegative?.(windowOf(RECORDING, 20), RECORDING);
  };
  assert.equal(isHard([22, "A"], [23, "N"]), true);
  assert.equal(isHard([20, "A"]), true);
  assert.equal(isHard([22, "N"], [29, "(AFIB"]), true);
  assert.equal(isHard([19.9, "A"], [22, "N"], [30, "A"]), false);
  assert.equal(isHard([10, "(AFIB"], [20, "(N"], [22, "N"]), false);
  assert.equal(isHard([22, "A"], [23, "V"]), false, "it is positive");
  assert.equal(isHard([20, "V"], [22, "A"]), false, "it has no class");
});

Deno.test("beats finds no hard negatives where none are asked for", () => {
  const target = prepare({}, { marks: [[22, "A"]] });
  assert.equal(target.isHardNegative, undefined);
  assert.equal(target.hardNegatives, undefined);
  assert.equal(target.constantOver, "window");
});

Deno.test("beats refuses a dataset and recordings without annotations, and a recording that it doesn't know", () => {
  const parameters = beatsSchema.parse({ classes: CLASSES }), stranger = recordingOf("s9", { labels: {} });
  assert.throws(() => beats.prepare(parameters, { recordings: [RECORDING], ranges: {} }), {
    name: "RangeError",
    message: "Cannot tell windows by their beats: the dataset must have annotations, got none",
  });
  for (const annotations of [new Map(), new Map([[stranger.id, []]])]) {
    annotations.set(RECORDING.id, ELSEWHERE);
    const context = {
      recordings: [RECORDING, stranger],
      ranges: {},
      marks: { sampleRateHz: 1, annotations },
    };
    assert.throws(() => beats.prepare(parameters, context), {
      name: "RangeError",
      message: "Cannot tell windows by their beats: every recording must have annotations " +
        "(exclude those without), got none of d/s9/1/r",
    });
  }
  const target = prepare({}, { marks: [] });
  assert.throws(() => target.assign(windowOf(stranger), stranger), {
    name: "RangeError",
    message: /one the target knows, got d\/s9\/1\/r/,
  });
});

Deno.test("beats refuses a class none of whose beats occurs, and takes one of which some do", () => {
  const classes = { ventricular: ["V", "E"], other: ["N"], paced: ["/", "f"] };
  const parameters = { classes, precedence: ["ventricular", "paced", "other"] };
  assert.throws(() => prepare(parameters, { marks: [[5, "A"]] }), {
    name: "RangeError",
    message:
      'Cannot tell windows of the class "paced": one of its beats / or f must occur in some recording, got A, N, V',
  });
  assert.equal(prepare(parameters, { marks: [[5, "f"]] }).classes.length, 3);
});

/** The messages of what the schema finds wrong, each after its path. */
function problems(parameters: object): string[] {
  const { error } = beatsSchema.safeParse({ classes: CLASSES, ...parameters });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

Deno.test("beatsSchema fills in its defaults", () => {
  assert.deepEqual(beatsSchema.parse({ classes: CLASSES, hardNegatives: { name: "A", beats: ["A"] } }), {
    classes: CLASSES,
    discard: [],
    discardRhythm: [],
    edge: 0.15,
    hardNegatives: { name: "A", beats: ["A"], rhythms: [] },
  });
});

Deno.test("beatsSchema refuses symbols that mark no beat", () => {
  for (
    const [parameters, path] of [
      [{ classes: { a: ["V"], b: ["N", "+"] } }, "classes.b.1"],
      [{ classes: { a: ["V"], b: ["x"] } }, "classes.b.0"],
      [{ discard: ["!"] }, "discard.0"],
      [{ hardNegatives: { name: "a", beats: ["~"] } }, "hardNegatives.beats.0"],
    ] as const
  ) {
    const [problem, ...others] = problems(parameters);
    assert.ok(problem.startsWith(`${path}: `), problem);
    assert.deepEqual(others, []);
  }
});

Deno.test("beatsSchema refuses one class, a beat in two, a negative edge and a rhythm with its parenthesis", () => {
  assert.deepEqual(problems({ classes: { a: ["V"] } }), ["classes: at least two classes are needed"]);
  for (const classes of [{ a: ["V"], b: ["N", "V"] }, { a: ["V"], b: ["N", "N"] }]) {
    assert.deepEqual(problems({ classes }), ["classes: a value must belong to one class, once"]);
  }
  assert.match(problems({ edge: -0.1 }).join(), /^edge: /);
  assert.match(problems({ discardRhythm: ["(VFL"] }).join(), /^discardRhythm.0: .*without its parenthesis/);
});

Deno.test("beatsSchema lets the positive class decide between two classes, and precedence among more", () => {
  const three = { a: ["V"], b: ["N"], c: ["A"] };
  assert.deepEqual(problems({ positive: "venticular" }), [
    "positive: must be the name of a class, other or ventricular",
  ]);
  assert.match(problems({ precedence: ["ventricular", "other"] }).join(), /^precedence: must be left out/);
  assert.match(
    problems({ classes: three, precedence: ["a", "b", "c"], positive: "a" }).join(),
    /^positive: /,
  );
  for (const precedence of [undefined, ["a", "b"], ["a", "b", "b"], ["a", "b", "c", "a"], ["a", "b", "d"]]) {
    assert.match(problems({ classes: three, precedence }).join(), /^precedence: must list a, b and c, /);
  }
  assert.deepEqual(problems({ classes: three, precedence: ["c", "a", "b"] }), []);
});

Deno.test("beatsSchema refuses to discard beats of a class", () => {
  assert.deepEqual(problems({ discard: ["F", "V"] }), ["discard.1: must be a beat of no class"]);
});

Deno.test("beatsSchema takes hard negatives from the other of two classes", () => {
  const problemsOf = (hardNegatives: object, more: object = {}) =>
    problems({ hardNegatives: { name: "n", ...hardNegatives }, ...more });
  assert.deepEqual(problemsOf({}), ["hardNegatives: must name beats or rhythms"]);
  assert.deepEqual(problemsOf({ beats: ["A", "V", "F"] }), [
    'hardNegatives.beats.1: must be a beat of the class "other"',
    'hardNegatives.beats.2: must be a beat of the class "other"',
  ]);
  assert.deepEqual(problemsOf({ beats: ["V"] }, { positive: "other" }), []);
  const three = { classes: { a: ["V"], b: ["N"], c: ["A"] }, precedence: ["a", "b", "c"] };
  assert.match(problemsOf({ rhythms: ["AFIB"] }, three).join(), /^hardNegatives: must be left out/);
});
