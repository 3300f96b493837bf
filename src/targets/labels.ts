/**
 * The labels of windows, and what was discarded for which reason.
 *
 * @module
 */
import { byCodePoint, type RecordingRow, type WindowRow } from "../formats/window_table.ts";
import type { Target } from "./target.ts";

/** A window with its class. */
export interface WindowLabel {
  /** The id of the window. */
  readonly window: string;
  /** Index into the target's classes. */
  readonly class: number;
  /** Whether it is easily taken for the positive class without being it. */
  readonly isHardNegative: boolean;
}

/** Windows of one subject that got no class, and why. */
export interface Discard {
  /** Why there is no class, as in `arousal is missing`. */
  readonly reason: string;
  /** Whose windows they are. */
  readonly subject: string;
  /** How many windows. */
  readonly windows: number;
}

/**
 * Gives every window its class; those without one are counted by reason and subject.
 *
 * Labels are in code-point order of window ids, discards of reasons, then subjects.
 * Throws RangeError for a window whose recording is not among `recordings`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordingTarget } from "./target.ts";
 * const place = { subject: "a", session: "1" };
 * const recording = { id: "r", ...place, stimulus: "film", labels: { arousal: null } };
 * const window = { id: "r@0+8", recording: "r", ...place, first: 0, length: 8, hash: "", quality: "ok" };
 * const reason = "arousal is missing";
 * const target = recordingTarget(["low", "high"], new Map([["r", { reason }]]));
 * assert.deepEqual(labelWindows(target, { windows: [window], recordings: [recording] }), {
 *   labels: [],
 *   discarded: [{ reason, subject: "a", windows: 1 }],
 * });
 * ```
 */
export function labelWindows(
  target: Target,
  { windows, recordings }: { windows: Iterable<WindowRow>; recordings: Iterable<RecordingRow> },
): { labels: WindowLabel[]; discarded: Discard[] } {
  const byId = new Map<string, RecordingRow>();
  for (const recording of recordings) byId.set(recording.id, recording);
  const labels: WindowLabel[] = [], counts = new Map<string, Map<string, number>>();
  for (const window of windows) {
    const recording = byId.get(window.recording);
    if (recording === undefined) {
      throw new RangeError(
        `Cannot label the window ${window.id}: its recording must be known, got ${window.recording}`,
      );
    }
    const outcome = target.outcome(window, recording);
    if ("class" in outcome) {
      const isHardNegative = target.isHardNegative?.(window, recording) ?? false;
      labels.push({ window: window.id, class: outcome.class, isHardNegative });
      continue;
    }
    const ofReason = counts.get(outcome.reason) ?? new Map<string, number>();
    counts.set(outcome.reason, ofReason.set(window.subject, (ofReason.get(window.subject) ?? 0) + 1));
  }
  const discarded = [...counts].flatMap(([reason, ofReason]) =>
    [...ofReason].map(([subject, count]) => ({ reason, subject, windows: count }))
  );
  return {
    labels: labels.sort((left, right) => byCodePoint(left.window, right.window)),
    discarded: discarded.sort((left, right) =>
      byCodePoint(left.reason, right.reason) || byCodePoint(left.subject, right.subject)
    ),
  };
}
