/**
 * Early stopping on a validation loss.
 *
 * @module
 */

/** Watches validation losses. */
export interface EarlyStopping {
  /** Takes the loss after so many optimizer steps; says whether it is the lowest so far and whether training should end. */
  observe(loss: number, options: { step: number }): { best: boolean; stop: boolean };
  /** The lowest loss and where it was; undefined before the first. */
  readonly best: { readonly loss: number; readonly step: number } | undefined;
  /** Evaluations since the lowest loss, those before `minSteps` too. */
  readonly sinceBest: number;
}

/**
 * Ends training after `patience` evaluations in a row without a lower loss, counting none before `minSteps`.
 *
 * The lowest loss may lie before `minSteps`; of equal losses the first is kept.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const stopping = earlyStopping({ patience: 2, minSteps: 20 });
 * const stops = [3, 1, 2, 2, 2].map((loss, index) => stopping.observe(loss, { step: 10 * (index + 1) }).stop);
 * assert.deepEqual(stops, [false, false, false, true, true]);
 * assert.deepEqual(stopping.best, { loss: 1, step: 20 });
 * ```
 */
export function earlyStopping(
  { patience, minSteps }: { patience: number; minSteps: number },
): EarlyStopping {
  let best: EarlyStopping["best"], waited = 0, sinceBest = 0;
  return {
    observe(loss, { step }) {
      if (best === undefined || loss < best.loss) {
        best = { loss, step };
        waited = sinceBest = 0;
        return { best: true, stop: false };
      }
      sinceBest++;
      if (step > minSteps) waited++;
      return { best: false, stop: waited >= patience };
    },
    get best() {
      return best;
    },
    get sinceBest() {
      return sinceBest;
    },
  };
}
