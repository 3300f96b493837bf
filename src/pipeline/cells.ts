/**
 * The cells of a run: every arm at every budget, draw, fold and seed, at every point of the grid.
 *
 * @module
 */
import { isWholeBudget } from "../targets/budget.ts";
import type { GridPoint } from "./grid_points.ts";

/** What one cell is asked to compute. */
export interface CellSpecification {
  /** The cell's name, unique in a run and usable as a path. */
  readonly cell: string;
  readonly point: GridPoint;
  readonly arm: string;
  readonly draw: number;
  readonly fold: number;
  readonly seed: number;
}

/** Folds by grid point: their number is known once the split has been made. */
export type FoldCounts = ReadonlyMap<GridPoint, number>;

/**
 * All cells, in the order of `cells.csv`: grid point, arm, draw, fold, seed.
 *
 * At the whole budget every draw is the same, so there is one.
 */
export function listCells(points: readonly GridPoint[], folds: FoldCounts): CellSpecification[] {
  return points.flatMap((point) => {
    const { manifest, budget, grid } = point;
    const draws = isWholeBudget(manifest.labels) ? 1 : manifest.labels.draws;
    const place = Object.entries(grid).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
    return Object.keys(manifest.arms).flatMap((arm) =>
      numbered(draws).flatMap((draw) =>
        numbered(folds.get(point) ?? 0).flatMap((fold) =>
          manifest.seeds.map((seed) => ({
            cell: [...place, arm, `budget=${budget}`, `draw=${draw}`, `fold=${fold}`, `seed=${seed}`].join(
              " ",
            ),
            point,
            arm,
            draw,
            fold,
            seed,
          }))
        )
      )
    );
  });
}

function numbered(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
