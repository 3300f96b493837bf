/**
 * The loss on the labels that choose a model.
 *
 * @module
 */
import { compile } from "../onnx/programs/compile.ts";
import type { Provider } from "../onnx/runtime/providers.ts";
import { classWeights } from "./class_weights.ts";
import { crossEntropy } from "./cross_entropy.ts";
import type { LabelledRows } from "./labelled_rows.ts";
import type { Learner } from "./learner.ts";

/** Most rows that are evaluated at a time. */
const LARGEST_BATCH = 64;

/** A validation loss that can be asked for again and again. */
export interface ValidationLoss {
  /** The loss with the weights of now. */
  compute(): Promise<number>;
  /** Gives the memory back. */
  dispose(): Promise<void>;
}

/**
 * Compiles the validation loss of a learner: cross-entropy, each class weighted by its own number of validation labels where
 * the rule is `balanced`; dropout is off.
 */
export async function compileValidation(
  learner: Learner,
  { labelled, classes, rule, threads, provider }: {
    labelled: LabelledRows;
    classes: number;
    rule: "balanced" | "none";
    threads: number;
    provider?: Provider;
  },
): Promise<ValidationLoss> {
  const count = labelled.rows.length, batch = Math.min(LARGEST_BATCH, count);
  const { columns } = learner.rows;
  const weights = classWeights(labelled.classes, { classes, rule });
  const program = await compile(
    ({ rows }) => ({ logits: learner.logits(rows, { training: false }) }),
    { inputs: { rows: [batch, ...learner.rowShape] }, threads, provider },
  );
  return {
    async compute() {
      const logits = new Float32Array(count * classes);
      for (let first = 0; first < count; first += batch) {
        const rows = new Float32Array(batch * columns);
        rows.set(learner.rows.read(labelled.rows.subarray(first, first + batch)));
        const results = await program.run({ rows });
        const some = Math.min(batch, count - first);
        logits.set(results.logits.subarray(0, some * classes), first * classes);
      }
      return crossEntropy(logits, { classes: labelled.classes, weights });
    },
    dispose: () => program.dispose(),
  };
}
