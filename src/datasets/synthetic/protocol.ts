/**
 * Who is recorded when, and under which condition.
 *
 * @module
 */
import type { SyntheticParameters } from "./schema.ts";
import type { Condition } from "./state.ts";

/** One recording's place in the protocol. */
export interface Slot {
  /** `p001` and on. */
  readonly subject: string;
  /** `s1` and on. */
  readonly session: string;
  /** `r01` and on, in the order of time. */
  readonly name: string;
  /** Rest or stress. */
  readonly condition: Condition;
  /** The condition and which of its recordings in the session this is: `stress-2`. */
  readonly stimulus: string;
}

/**
 * Every recording of the dataset, in code-point order of the ids, which is the order of time.
 *
 * Conditions are counterbalanced: a person with an odd number goes through rest, stress, stress, rest and
 * again; one with an even number through stress, rest, rest, stress; each further session swaps them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const slots = [...protocol({ people: 1, sessions: 1, recordingsPerSession: 4 })];
 * assert.deepEqual(slots.map(({ stimulus }) => stimulus), ["rest-1", "stress-1", "stress-2", "rest-2"]);
 * ```
 */
export function* protocol(
  { people, sessions, recordingsPerSession }: Pick<
    SyntheticParameters,
    "people" | "sessions" | "recordingsPerSession"
  >,
): Generator<Slot> {
  for (let person = 1; person <= people; person++) {
    for (let session = 1; session <= sessions; session++) {
      const order: Condition[] = (person + session) % 2 === 0 ? ["rest", "stress"] : ["stress", "rest"];
      for (let index = 0; index < recordingsPerSession; index++) {
        const pair = Math.floor(index / 2), condition = order[(index + pair) % 2];
        yield {
          subject: `p${String(person).padStart(3, "0")}`,
          session: `s${session}`,
          name: `r${String(index + 1).padStart(2, "0")}`,
          condition,
          // Each pair of recordings holds either condition once.
          stimulus: `${condition}-${pair + 1}`,
        };
      }
    }
  }
}
