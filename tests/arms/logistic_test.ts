import assert from "node:assert/strict";
import { classWeights } from "../../src/arms/class_weights.ts";
import { fitLogistic, type LogisticOptions, NEVER } from "../../src/arms/logistic.ts";

interface Case {
  readonly name: string;
  readonly columns: number;
  readonly rows: number[];
  readonly labels: number[];
  readonly weights: "balanced" | "none";
  readonly inversePenalty: number;
  readonly coefficients: number[][];
  readonly intercepts: number[];
  readonly probabilities: number[][];
}

const golden = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/arms/logistic.json", import.meta.url)),
) as { cases: Case[] };

const TOLERANCE = 1e-8;

function close(actual: number, expected: number, what: string) {
  const difference = Math.abs(actual - expected);
  assert.ok(difference <= TOLERANCE * Math.max(1, Math.abs(expected)), `${what}: ${actual}, not ${expected}`);
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits), parts = logits.map((logit) => Math.exp(logit - largest));
  const total = parts.reduce((sum, part) => sum + part);
  return parts.map((part) => part / total);
}

const of = (changes: Partial<LogisticOptions>): LogisticOptions => ({
  rows: Float64Array.of(-2, -1, 1, 2),
  columns: 1,
  labels: [0, 1, 0, 1],
  weights: [1, 1],
  inversePenalty: 1,
  ...changes,
});

for (const { name, columns, rows, labels, weights: rule, inversePenalty, ...expected } of golden.cases) {
  Deno.test(`fitLogistic() agrees with scikit-learn: ${name}`, () => {
    const classes = Math.max(...labels) + 1, weights = classWeights(labels, { classes, rule });
    const fitted = fitLogistic({ rows: Float64Array.from(rows), columns, labels, weights, inversePenalty });
    assert.equal(fitted.converged, true);
    const offset = classes === 2 ? 1 : 0;
    expected.coefficients.forEach((own, label) => {
      own.forEach((value, column) =>
        close(fitted.kernel[column * classes + label + offset], value, `coefficient ${label}, ${column}`)
      );
      close(fitted.bias[label + offset], expected.intercepts[label], `intercept ${label}`);
    });
    expected.probabilities.forEach((own, row) => {
      const logits = weights.map((_, label) =>
        Array.from(
          { length: columns },
          (_, column) => rows[row * columns + column] * fitted.kernel[column * classes + label],
        )
          .reduce((sum, part) => sum + part, fitted.bias[label])
      );
      softmax(logits).forEach((share, label) => close(share, own[label], `probability ${row}, ${label}`));
    });
  });
}

Deno.test("fitLogistic() is where the gradient vanishes", () => {
  const options = of({ rows: Float64Array.of(-2, -1, 1, 3), inversePenalty: 2 });
  const { kernel: [, slope], bias: [, intercept], steps } = fitLogistic(options);
  let bySlope = slope, byIntercept = 0;
  options.rows.forEach((x, row) => {
    const error = 2 * (1 / (1 + Math.exp(-(x * slope + intercept))) - options.labels[row]);
    bySlope += error * x;
    byIntercept += error;
  });
  assert.ok(Math.abs(bySlope) < 1e-9 && Math.abs(byIntercept) < 1e-9, `${bySlope}, ${byIntercept}`);
  assert.ok(steps > 0 && steps < 10, `${steps}`);
});

Deno.test("fitLogistic() gives a class without labels no probability, and two that have some those of two classes", () => {
  const two = fitLogistic(of({}));
  const { kernel, bias } = fitLogistic(of({ labels: [0, 2, 0, 2], weights: [1, 0, 1] }));
  assert.ok(two.kernel[1] > 0.1);
  assert.deepEqual([...kernel], [0, 0, two.kernel[1]]);
  assert.deepEqual([...bias], [0, NEVER, two.bias[1]]);
});

Deno.test("fitLogistic() is sure of the only class that has labels", () => {
  const { kernel, bias, converged, steps } = fitLogistic(of({ labels: [1, 1, 1, 1] }));
  assert.deepEqual([[...kernel], [...bias], converged, steps], [[0, 0], [NEVER, 0], true, 0]);
  assert.equal(Math.exp(NEVER), 0);
});

Deno.test("fitLogistic() refuses no rows, other numbers of labels, labels that are no class, and what is not finite", () => {
  const refuses = (changes: Partial<LogisticOptions>, message: RegExp) =>
    assert.throws(() => fitLogistic(of(changes)), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  refuses({ rows: new Float64Array(), labels: [] }, /a label for each row, got 0 labels for 0 rows/);
  refuses({ labels: [0, 1, 0] }, /got 3 labels for 4 rows/);
  refuses({ labels: [0, 1, 0, 2] }, /a whole number below 2, got 2/);
  refuses({ rows: Float64Array.of(1, 2, NaN, 4) }, /every number must be finite, got NaN/);
  refuses({ inversePenalty: 0 }, /must be above 0, got 0/);
});
