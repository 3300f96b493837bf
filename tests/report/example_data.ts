/**
 * A run that nobody made: numbers of a plausible size and shape, to draw and to check reports with.
 *
 * @module
 */
import { type Stream, stream } from "../../src/random/stream.ts";
import type { ExampleWindow, History, ReportData } from "../../src/report/data.ts";
import { ARMS, CURVES, exampleSummary, FULL } from "./example_summary.ts";

const FOLDS = 3;
const SUBJECTS = Array.from({ length: 44 }, (_, index) => `${100 + index}`);

function historyOf(
  random: Stream,
  options: { label: string; arm: string; epochs: number; from: number },
): History {
  const { label, arm, epochs, from } = options;
  return {
    label,
    arm,
    lines: Array.from({ length: epochs }, (_, epoch) => ({
      epoch: epoch + 1,
      training: from * (0.2 + 0.8 * Math.exp(-epoch / 7)) + 0.01 * random.uniform(),
      validation: from * (0.3 + 0.7 * Math.exp(-epoch / 6)) + 0.02 * random.uniform(),
    })),
  };
}

/** Ten seconds that look like an electrocardiogram. */
function heartbeats(random: Stream): Float64Array {
  const period = 0.75 + 0.1 * random.uniform();
  return Float64Array.from({ length: 2560 }, (_, index) => {
    const phase = (index / 256 % period) / period;
    const wave = (at: number, width: number) => Math.exp(-(((phase - at) / width) ** 2));
    return 0.12 * wave(0.2, 0.03) - 0.12 * wave(0.37, 0.01) + 1.1 * wave(0.4, 0.012) -
      0.25 * wave(0.43, 0.012) +
      0.3 * wave(0.66, 0.05) + 0.01 * random.normal();
  });
}

function exampleOf(random: Stream, subject: string, kind: string): ExampleWindow {
  const samples = heartbeats(random);
  const pieces = random.shuffle(
    Array.from({ length: 20 }, (_, piece) => samples.subarray(128 * piece, 128 * piece + 128)),
  );
  return {
    subject,
    class: kind,
    sampleRateHz: 256,
    samples,
    transformations: [
      { name: "noise", samples: samples.map((value) => value + 0.06 * random.normal()) },
      { name: "scale", samples: samples.map((value) => 1.1 * value) },
      { name: "negate", samples: samples.map((value) => -value) },
      { name: "reverse", samples: samples.toReversed() },
      { name: "permute", samples: pieces.flatMap((piece) => [...piece]) },
      {
        name: "warp",
        samples: samples.map((_, index) =>
          samples[Math.min(2559, Math.round(index + 40 * Math.sin(index / 300)))]
        ),
      },
    ],
  };
}

/** A whole report's data. */
export function exampleData(): ReportData {
  const random = stream(1, "report/data");
  const side = (windows: number, subjects: number) => ({ windows, subjects });
  return {
    title: "mitdb_ventricular",
    question: "How many labelled windows does self-supervision save in finding ventricular beats?",
    manifestHash: "4f1c0a9e7b62d8835510c2f9a4e6b7d1",
    manifest: "question: How many labelled windows?\ndataset:\n  kind: wfdb\n  path: mitdb\n",
    command: "deno task experiment experiments/mitdb_ventricular.yaml",
    leak: "",
    labels: {
      age: { from: 0, to: 120, unit: "years" },
      effort: { from: 0, to: 10 },
      sex: { values: ["F", "M"] },
    },
    notes: [
      "Simulated people: shows the tool, says nothing about self-supervision.",
      "Records 102, 104, 107 and 217 are left out: paced (AAMI EC57).",
    ],
    verdicts: [
      { level: "note", text: "44 people are few: the intervals are wide." },
      { level: "warning", text: "3 cells of random-frozen had not converged at 100 epochs." },
    ],
    arms: ARMS,
    summary: exampleSummary(),
    classCounts: [{ class: "other", windows: 6920, subjects: 44 }, {
      class: "ventricular",
      windows: 1300,
      subjects: 37,
    }],
    hardNegatives: { name: "sinus tachycardia", windows: 412, subjects: 19 },
    people: SUBJECTS.map((subject, index) => ({
      subject,
      windows: [150 + index % 7, index % 6 === 0 ? 0 : 20 + index],
      hardNegatives: index % 2 === 0 ? 0 : 12 + index % 5,
    })),
    labelUnit: "window",
    split: {
      kind: "group-k-fold",
      folds: Array.from({ length: FOLDS }, (_, fold) => ({
        train: side(FULL + fold, 27),
        validation: side(520, 3),
        test: side(2740 - fold, 14),
      })),
      checks: [
        { name: "no subject on two sides", outcome: "pass", evidence: "44 subjects, 3 folds, 0 shared" },
        {
          name: "no overlapping samples on two sides",
          outcome: "pass",
          evidence: "8,220 intervals compared",
        },
        { name: "no signal under two names", outcome: "pass", evidence: "8,220 hashes, 0 equal" },
        { name: "sessions kept together", outcome: "not-applicable", evidence: "one session a subject" },
      ],
    },
    exposure: {
      kind: "training-fold",
      external: false,
      corpus: null,
      transductive: false,
      given: [],
      folds: Array.from(
        { length: FOLDS },
        (_, fold) => ({ fold: fold + 1, subjects: 27, recordings: 29 + fold }),
      ),
    },
    normalization: { scope: "subject", transductive: true },
    confusions: ARMS.filter((arm) => !arm.rule).map(({ name }, index) => ({
      grid: {},
      arm: name,
      counts: [[20010 - 400 * index, 750 + 400 * index], [620 + 260 * index, 3280 - 260 * index]],
    })),
    subjectScores: ARMS.filter((arm) => !arm.rule).flatMap(({ name }, index) =>
      SUBJECTS.map((subject) => ({
        grid: {},
        arm: name,
        subject,
        score: index === 4 && subject > "138"
          ? null
          : Math.min(1, CURVES[name].to + 0.02 - 0.09 * Math.abs(random.normal())),
      }))
    ),
    pretextHistories: [0, 1, 2].flatMap((fold) =>
      [1, 2, 3].map((seed) =>
        historyOf(random, { label: `fold ${fold}, seed ${seed}`, arm: "", epochs: 30, from: 1.95 })
      )
    ),
    trainingHistories: ARMS.filter((arm) => !arm.rule).flatMap(({ name }, index) =>
      [0, 1, 2].map((fold) =>
        historyOf(random, { label: `${name}, fold ${fold}`, arm: name, epochs: 30 + 10 * index, from: 0.69 })
      )
    ),
    examples: [exampleOf(random, "106", "ventricular"), exampleOf(random, "119", "other")],
    models: ARMS.filter((arm) => !arm.rule).map(({ name }, index) => ({
      arm: name,
      file: `models/${name}.onnx`,
      cell: `${name}-1-0-${index % FOLDS}-1`,
      bytes: 2_613_482 + index,
      certificate: {
        tfjs: { windows: 16, largestDifference: 3.1e-7 },
        batches: [1, 7].map((batch) => ({ batch, windows: 2740, largestDifference: index * 1e-8 * batch })),
      },
    })),
    discarded: [
      { reason: "no lead MLII", subject: "102", windows: 180 },
      { reason: "no lead MLII", subject: "104", windows: 181 },
      { reason: "fusion beat within the window", subject: "108", windows: 214 },
      { reason: "signal: flat", subject: "105", windows: 37 },
    ],
    failedCells: [],
    environment: {
      deno: "2.9.6",
      packages: { "@tensorflow/tfjs": "4.22.0", "onnxruntime-node": "1.30.0" },
      cpu: "AMD EPYC 7R13, 2 cores",
      threads: 1,
      git: { commit: "078b98c1d2f04c7d0b5e6a1f3c2d4e5f60718293", dirty: true },
      lock: "9b1c5d0e",
      system: "linux 6.8.0 x64",
      provider: "CPUExecutionProvider",
    },
    timings: {
      totalSeconds: 48211,
      stages: [
        { stage: "windows", runs: 1, seconds: 41 },
        { stage: "pretrain", runs: 9, seconds: 16400 },
        { stage: "fit", runs: 864, seconds: 31100 },
        { stage: "score", runs: 864, seconds: 600 },
      ],
      cellSeconds: Array.from({ length: 864 }, (_, index) => 10 + index % 50),
    },
    dataset: {
      name: "MIT-BIH Arrhythmia Database",
      licence: "ODC-By 1.0",
      citation: "Moody and Mark (2001), IEEE Engineering in Medicine and Biology 20(3):45-50",
      simulated: false,
    },
  };
}
