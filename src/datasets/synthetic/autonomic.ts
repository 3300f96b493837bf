/**
 * What the latent state does to the heart: the only way from a label to the signal.
 *
 * @module
 */
import type { Person } from "./person.ts";
import { MEAN_AROUSAL, MEAN_VALENCE } from "./state.ts";

/**
 * What a point of valence adds to heart rate: by choice so little that recordings differ by less than 1 bpm
 * through it.
 */
const VALENCE_BPM = 0.5;
const HEART_RATE_LIMITS_BPM = { lowest: 30, highest: 200 };

/**
 * Mean heart rate and ln RMSSD (ms) that a person tends to in a state.
 *
 *     drive = (arousal - 3.5) / (6.5 - 3.5)
 *     heart rate = rest + effect * (response * drive + 0.5 * (valence - 5)), kept within 30 to 200 bpm
 *     ln RMSSD = rest + effect * change * drive
 *
 * The mean state of rest gives the values at rest, that of stress the person's full response.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../random/stream.ts";
 * import { drawPerson } from "./person.ts";
 * const person = drawPerson(stream(1, "person/p001"));
 * const stressed = autonomicTone(person, { arousal: 6.5, valence: 5, effect: 1 });
 * assert.equal(stressed.heartRateBpm, person.restHeartRateBpm + person.responseBpm);
 * assert.equal(stressed.lnRmssd, person.restLnRmssd + person.lnRmssdChange);
 * ```
 */
export function autonomicTone(
  person: Person,
  { arousal, valence, effect }: { arousal: number; valence: number; effect: number },
): { heartRateBpm: number; lnRmssd: number } {
  const drive = (arousal - MEAN_AROUSAL.rest) / (MEAN_AROUSAL.stress - MEAN_AROUSAL.rest);
  const heartRateBpm = person.restHeartRateBpm +
    effect * (person.responseBpm * drive + VALENCE_BPM * (valence - MEAN_VALENCE));
  return {
    heartRateBpm: Math.max(
      HEART_RATE_LIMITS_BPM.lowest,
      Math.min(HEART_RATE_LIMITS_BPM.highest, heartRateBpm),
    ),
    lnRmssd: person.restLnRmssd + effect * person.lnRmssdChange * drive,
  };
}
