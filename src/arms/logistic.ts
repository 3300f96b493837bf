/**
 * Logistic regression.
 *
 * @module
 */
import { solvePositiveDefinite } from "./cholesky.ts";

/** What a regression is fitted to. */
export interface LogisticOptions {
  /** The rows, one after another, `[rows, columns]`. */
  readonly rows: Float64Array;
  /** Numbers of a row. */
  readonly columns: number;
  /** The class of each row. */
  readonly labels: ArrayLike<number>;
  /** How much a label of each class counts, `[classes]`. */
  readonly weights: readonly number[];
  /** How much the labels count against the penalty, above 0: scikit-learn's `C`. */
  readonly inversePenalty: number;
}

/** A fitted regression; its logits are x kernel + bias. */
export interface LogisticRegression {
  /** `[columns, classes]`. */
  readonly kernel: Float64Array;
  /** `[classes]`; {@link NEVER} for a class without a label. */
  readonly bias: Float64Array;
  /** Newton steps taken. */
  readonly steps: number;
  /** Whether the gradient vanished. */
  readonly converged: boolean;
}

/** The logit of a class without a label: its probability is exactly 0 in float32 too. */
export const NEVER = -1e4;

const MOST_STEPS = 100;
/** The gradient has vanished when no part of it is larger than this share of C times the sum of weights. */
const TOLERANCE = 1e-10;
/** A loss that is larger by this share of itself is no larger: that much is rounding. */
const ROUNDING = 1e-12;

/**
 * Fits softmax regression with an L2 penalty: minimises C sum_i s_i (-log p_i[label_i]) + (1/2) sum w^2.
 *
 * s_i is the weight of the row's class. p = softmax(x kernel + bias), the bias is not penalised. Two classes have one vector w, for
 * the second; the first has zeros, p = 1 / (1 + exp(-(x w + b))). More have a vector each, and biases whose sum is 0. A class
 * without a label gets no probability; with labels of one class alone that class has probability 1.
 *
 * Newton's method with the step halved until the loss falls; the loss is convex and so has one minimum. Throws RangeError when there are no
 * rows, C is not above 0, a number is not finite, or a label is no class.
 *
 * Source: scikit-learn, `LogisticRegression(C=C, class_weight=weights)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { kernel, bias } = fitLogistic({ rows: Float64Array.of(-1, 1), columns: 1, labels: [0, 1], weights: [1, 1], inversePenalty: 1 });
 * const slope = kernel[1]; // where w = 2 (1 - p(1))
 * assert.ok(Math.abs(slope - 2 / (1 + Math.exp(slope))) < 1e-9 && Math.abs(bias[1]) < 1e-9);
 * ```
 */
export function fitLogistic(options: LogisticOptions): LogisticRegression {
  const { columns, weights } = options, problem = problemOf(options);
  let parameters: Float64Array = new Float64Array(problem.free.length * (columns + 1));
  let state = evaluate(problem, parameters), steps = 0;
  while (state.slope > TOLERANCE * problem.total && steps < MOST_STEPS) {
    const direction = solvePositiveDefinite(state.curvature, state.gradient),
      start = parameters,
      { loss } = state;
    let share = 1;
    do {
      parameters = start.map((value, index) => value - share * direction[index]);
      state = evaluate(problem, parameters);
      share /= 2;
    } while (state.loss > loss + ROUNDING * Math.abs(loss));
    steps++;
  }
  const kernel = new Float64Array(columns * weights.length);
  const bias = Float64Array.from(weights, (_, label) => problem.present.includes(label) ? 0 : NEVER);
  problem.free.forEach((label, index) => {
    const own = parameters.subarray(index * (columns + 1), (index + 1) * (columns + 1));
    for (let column = 0; column < columns; column++) kernel[column * weights.length + label] = own[column];
    bias[label] = own[columns];
  });
  return { kernel, bias, steps, converged: state.slope <= TOLERANCE * problem.total };
}

/** What stays the same while parameters change. */
interface Problem extends LogisticOptions {
  /** The classes that have labels. */
  readonly present: readonly number[];
  /** Those of them that have parameters, `[free, columns + 1]`, the bias last. */
  readonly free: readonly number[];
  /** C times the sum of the rows' weights. */
  readonly total: number;
}

function problemOf(options: LogisticOptions): Problem {
  const { rows, columns, labels, weights, inversePenalty } = options;
  if (labels.length === 0 || rows.length !== labels.length * columns) {
    throw new RangeError(
      `Cannot fit a regression: there must be a label for each row, got ${labels.length} labels for ${
        rows.length / columns
      } rows`,
    );
  }
  if (!(inversePenalty > 0)) {
    throw new RangeError(`Cannot fit a regression: C must be above 0, got ${inversePenalty}`);
  }
  const stranger = rows.find((value) => !Number.isFinite(value));
  if (stranger !== undefined) {
    throw new RangeError(`Cannot fit a regression: every number must be finite, got ${stranger}`);
  }
  let total = 0;
  const seen = new Set<number>();
  for (const label of Array.from(labels)) {
    if (!(label in weights)) {
      throw new RangeError(
        `Cannot fit a regression: a label must be a whole number below ${weights.length}, got ${label}`,
      );
    }
    seen.add(label);
    total += inversePenalty * weights[label];
  }
  const present = [...seen].sort((a, b) => a - b);
  return { ...options, present, free: present.length > 2 ? present : present.slice(1), total };
}

/** The loss at some parameters, and how it changes. */
interface State {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** The largest part of the gradient, without its sign. */
  readonly slope: number;
  /** The lower triangle of the second derivatives. */
  readonly curvature: Float64Array;
}

function evaluate(problem: Problem, parameters: Float64Array): State {
  const { rows, columns, labels, weights, inversePenalty, present, free } = problem;
  const width = columns + 1, size = parameters.length;
  const gradient = new Float64Array(size), curvature = new Float64Array(size * size);
  /** Where the parameters of a class lie among the free ones; -1 for the class whose logit is 0. */
  const places = present.map((label) => free.indexOf(label));
  const row = new Float64Array(width).fill(1);
  let loss = 0;
  for (let index = 0; index < labels.length; index++) {
    row.set(rows.subarray(index * columns, (index + 1) * columns));
    const logits = places.map((place) => place < 0 ? 0 : dot(row, parameters, place * width));
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    const own = present.indexOf(labels[index]), weight = inversePenalty * weights[labels[index]];
    loss += weight * (largest + Math.log(total) - logits[own]);
    const shares = logits.map((logit) => Math.exp(logit - largest) / total);
    places.forEach((place, k) => {
      if (place < 0) return;
      const error = weight * (shares[k] - (k === own ? 1 : 0));
      for (let i = 0; i < width; i++) gradient[place * width + i] += error * row[i];
      places.forEach((other, l) => {
        if (other < 0 || other > place) return;
        const bend = weight * shares[k] * ((k === l ? 1 : 0) - shares[l]);
        for (let i = 0; i < width; i++) {
          const start = (place * width + i) * size + other * width;
          for (let j = 0; j < width; j++) curvature[start + j] += bend * row[i] * row[j];
        }
      });
    });
  }
  loss += penalize({ parameters, gradient, curvature, width });
  return { loss, gradient, slope: Math.max(0, ...gradient.map(Math.abs)), curvature };
}

/** Adds the penalty's part to gradient and curvature, and gives its part of the loss. */
function penalize(
  { parameters, gradient, curvature, width }: {
    parameters: Float64Array;
    gradient: Float64Array;
    curvature: Float64Array;
    width: number;
  },
): number {
  const size = parameters.length;
  let loss = 0;
  for (let index = 0; index < size; index++) {
    if (index % width === width - 1) continue;
    loss += parameters[index] ** 2 / 2;
    gradient[index] += parameters[index];
    curvature[index * size + index] += 1;
  }
  if (size <= width) return loss;
  // The same number added to all biases changes no probability. Half the square of their sum makes one minimum of the many
  // without moving it otherwise.
  let sum = 0;
  for (let index = width - 1; index < size; index += width) sum += parameters[index];
  for (let index = width - 1; index < size; index += width) {
    gradient[index] += sum;
    for (let other = width - 1; other <= index; other += width) curvature[index * size + other] += 1;
  }
  return loss + sum ** 2 / 2;
}

function dot(row: Float64Array, parameters: Float64Array, start: number): number {
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += row[index] * parameters[start + index];
  return sum;
}
