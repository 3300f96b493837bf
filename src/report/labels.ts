/**
 * Places for labels, so that none covers another.
 *
 * @module
 */

/** How wide text is in a sans-serif face, in pixels; a little more than it really is. */
export function textWidth(text: string, fontSizePx: number): number {
  let ems = 0;
  for (const character of text) {
    if (/[ilj.,:;'|!()[\]]/.test(character)) ems += 0.34;
    else if (/[mwMW%@]/.test(character)) ems += 0.92;
    else if (/[A-Z–=+]/.test(character)) ems += 0.7;
    else ems += 0.6;
  }
  return ems * fontSizePx;
}

/**
 * Moves labels apart, as little as possible: minimizes the sum of squared moves under `gap` between neighbours and the two ends.
 *
 * Pool adjacent violators on `target - rank * gap`. Where all don't fit, the gap shrinks. Returns positions in the order given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(spreadLabels([50, 50, 90], { gap: 10, from: 0, to: 100 }), [45, 55, 90]);
 * ```
 */
export function spreadLabels(
  targets: readonly number[],
  options: { gap: number; from: number; to: number },
): number[] {
  const { from, to } = options;
  const gap = Math.min(options.gap, (to - from) / Math.max(1, targets.length - 1));
  const order = targets.map((_, index) => index).sort((a, b) => targets[a] - targets[b] || a - b);
  const pools: { sum: number; size: number }[] = [];
  order.forEach((index, rank) => {
    pools.push({ sum: targets[index] - rank * gap, size: 1 });
    for (let last = pools.length - 1; last > 0; last--) {
      const [before, here] = [pools[last - 1], pools[last]];
      if (before.sum / before.size <= here.sum / here.size) break;
      pools.splice(last - 1, 2, { sum: before.sum + here.sum, size: before.size + here.size });
    }
  });
  const level = pools.flatMap(({ sum, size }) => Array<number>(size).fill(sum / size));
  const places = new Array<number>(targets.length);
  const highest = to - gap * (targets.length - 1);
  order.forEach((index, rank) => {
    places[index] = Math.min(highest, Math.max(from, level[rank])) + rank * gap;
  });
  return places;
}

/**
 * Which of the labels along an axis to write: from the last to the first, those that leave room to the one after.
 *
 * `centres` and `widths` are in pixels, in ascending order of the centres.
 */
export function roomyLabels(centres: readonly number[], widths: readonly number[], gapPx = 8): boolean[] {
  const keep = new Array<boolean>(centres.length).fill(false);
  let limit = Infinity;
  for (let index = centres.length - 1; index >= 0; index--) {
    if (centres[index] + widths[index] / 2 + gapPx > limit) continue;
    keep[index] = true;
    limit = centres[index] - widths[index] / 2;
  }
  return keep;
}
