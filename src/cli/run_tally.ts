/**
 * How far a run is: cells that are done, stages that run, and how long the rest takes.
 *
 * @module
 */
import type { PlannedStage } from "../pipeline/plan.ts";
import type { StageEvent } from "../pipeline/stage_event.ts";
import { formatDuration, type KindProgress, secondsLeft } from "./estimate.ts";

/** Counts what happens to stages. */
export interface RunTally {
  /** The stages of the part that begins, and which of them finish a cell; what ran before is forgotten. */
  begin(stages: readonly PlannedStage[], finishesCell: ReadonlyMap<PlannedStage, number>): void;
  /** Takes in what happens to a stage. */
  count(event: StageEvent): void;
  readonly cells: number;
  readonly cellsDone: number;
  /** Those that run now, in the order in which they were started. */
  readonly running: ReadonlyMap<PlannedStage, RunningStage>;
  /** `3/10 cells, 2 a minute, 3:30 left`. */
  figures(): string;
}

/** How far a stage is. */
export interface RunningStage {
  /** Milliseconds of `performance.now()` at its start. */
  readonly since: number;
  /** From 0 to 1. */
  readonly share: number;
  /** What the stage says of itself, `""` for nothing. */
  readonly note: string;
}

interface Kind {
  left: number;
  finished: number;
  seconds: number;
}

/** The share of a stage from which its length can be told. */
const TELLING_SHARE = 0.05;

/** A tally of nothing yet. */
export function createTally({ workers }: { workers: number }): RunTally {
  const kinds = new Map<string, Kind>();
  const running = new Map<PlannedStage, RunningStage>();
  let finishes: ReadonlyMap<PlannedStage, number> = new Map();
  let cells = 0, cellsDone = 0, cellsComputed = 0, start = performance.now();

  const kindOf = ({ stage }: PlannedStage) => {
    const kind = kinds.get(stage) ?? { left: 0, finished: 0, seconds: 0 };
    kinds.set(stage, kind);
    return kind;
  };

  function countEnd(stage: PlannedStage, { isComputed }: { isComputed: boolean }): void {
    const begun = running.get(stage), kind = kindOf(stage), completed = finishes.get(stage) ?? 0;
    running.delete(stage);
    kind.left--;
    if (begun !== undefined && isComputed) {
      kind.finished++;
      kind.seconds += (performance.now() - begun.since) / 1000;
    }
    cellsDone += completed;
    if (isComputed) cellsComputed += completed;
  }

  return {
    begin(stages, finishesCell) {
      finishes = finishesCell;
      kinds.clear();
      cells = [...finishesCell.values()].reduce((sum, count) => sum + count, 0);
      cellsDone = cellsComputed = 0;
      start = performance.now();
      for (const stage of stages) kindOf(stage).left++;
    },
    count(event) {
      const { stage } = event, begun = running.get(stage);
      if (event.kind === "waiting") return;
      if (event.kind === "started") running.set(stage, { since: performance.now(), share: 0, note: "" });
      else if (event.kind === "progress") {
        const { done, total, note = "" } = event.progress;
        if (begun !== undefined) running.set(stage, { since: begun.since, share: done / total, note });
      } else countEnd(stage, { isComputed: event.kind === "finished" });
    },
    get cells() {
      return cells;
    },
    get cellsDone() {
      return cellsDone;
    },
    running,
    figures() {
      const minutes = (performance.now() - start) / 60000;
      const seconds = secondsLeft(openKinds(kinds, running), workers);
      return [
        `${cellsDone}/${cells} cells`,
        ...cellsComputed > 0 ? [`${(cellsComputed / minutes).toFixed(0)} a minute`] : [],
        ...seconds === undefined ? [] : [`${formatDuration(seconds)} left`],
      ].join(", ");
    },
  };
}

/** What is left of each kind. A stage that is well on its way tells how long its kind takes before any has finished. */
function openKinds(
  kinds: ReadonlyMap<string, Kind>,
  running: ReadonlyMap<PlannedStage, RunningStage>,
): KindProgress[] {
  const now = performance.now();
  return [...kinds].map(([name, kind]) => {
    const begun = [...running].filter(([{ stage }]) => stage === name).map(([, entry]) => entry);
    const telling = begun.filter(({ share }) => share >= TELLING_SHARE);
    return {
      left: kind.left - begun.reduce((sum, { share }) => sum + share, 0),
      finished: kind.finished + telling.length,
      seconds: kind.seconds +
        telling.reduce((sum, { since, share }) => sum + (now - since) / 1000 / share, 0),
    };
  });
}
