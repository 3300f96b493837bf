/**
 * What a person sees while a run works: bars in a terminal, plain lines elsewhere, nothing with `--json`.
 *
 * @module
 */
import logUpdate from "log-update";
import { colours } from "./colours.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import type { StageEvent } from "../pipeline/stage_event.ts";
import { formatDuration, secondsLeft } from "./estimate.ts";

/** Follows a run. */
export interface Progress {
  /** The stages of the part that begins, and which of them finish a cell. */
  begin(stages: readonly PlannedStage[], finishesCell: ReadonlyMap<PlannedStage, number>): void;
  event(event: StageEvent): void;
  /** A line that stays. */
  say(text: string): void;
  /** Takes the bars away. */
  end(): void;
}

/** How often plain lines tell how far the run is. */
const PLAIN_SECONDS = 15;
const REDRAW_MILLISECONDS = 100;
/** The share of a stage from which its length can be told. */
const TELLING_SHARE = 0.05;

interface Kind {
  left: number;
  finished: number;
  seconds: number;
}

/** Progress on a terminal (`mode: "bars"`), as plain lines, or none. */
export function createProgress(
  { mode, workers, write, columns }: {
    mode: "bars" | "lines" | "none";
    workers: number;
    write: (line: string) => void;
    columns: () => number;
  },
): Progress {
  const kinds = new Map<string, Kind>();
  const running = new Map<PlannedStage, { since: number; share: number; note: string }>();
  let finishes: ReadonlyMap<PlannedStage, number> = new Map();
  let cells = 0, cellsDone = 0, cellsComputed = 0, start = performance.now(), drawn = -Infinity, told = start;

  const kindOf = (stage: PlannedStage) => {
    const kind = kinds.get(stage.stage) ?? { left: 0, finished: 0, seconds: 0 };
    kinds.set(stage.stage, kind);
    return kind;
  };

  const left = () => {
    const now = performance.now();
    const open = [...kinds].map(([name, kind]) => {
      const begun = [...running].filter(([stage]) => stage.stage === name).map(([, entry]) => entry);
      // A stage that is well on its way tells how long its kind takes before any has finished.
      const telling = begun.filter(({ share }) => share >= TELLING_SHARE);
      return {
        left: kind.left - begun.reduce((sum, { share }) => sum + share, 0),
        finished: kind.finished + telling.length,
        seconds: kind.seconds +
          telling.reduce((sum, { since, share }) => sum + (now - since) / 1000 / share, 0),
      };
    });
    return secondsLeft(open, workers);
  };

  const figures = () => {
    const minutes = (performance.now() - start) / 60000;
    const parts = [`${cellsDone}/${cells} cells`];
    if (cellsComputed > 0) parts.push(`${(cellsComputed / minutes).toFixed(0)} a minute`);
    const seconds = left();
    if (seconds !== undefined) parts.push(`${formatDuration(seconds)} left`);
    return parts.join(", ");
  };

  function draw(): void {
    const now = performance.now();
    if (mode === "bars" && now - drawn >= REDRAW_MILLISECONDS) {
      drawn = now;
      const head = cells > 0 ? [clip(`${bar(cellsDone / cells, 28)}  ${figures()}`, columns())] : [];
      const stages = [...running].map(([stage, { share, note }]) =>
        colours.dim(clip(`${bar(share, 12)}  ${stage.label}${note === "" ? "" : `, ${note}`}`, columns()))
      );
      logUpdate([...head, ...stages].join("\n"));
    }
    if (mode === "lines" && cells > 0 && now - told >= 1000 * PLAIN_SECONDS) {
      told = now;
      write(figures());
    }
  }

  function say(text: string): void {
    if (mode === "none") return;
    if (mode === "bars") logUpdate.clear();
    write(text);
    drawn = -Infinity;
  }

  return {
    begin(stages, finishesCell) {
      finishes = finishesCell;
      kinds.clear();
      cells = [...finishesCell.values()].reduce((sum, count) => sum + count, 0);
      cellsDone = cellsComputed = 0;
      start = told = performance.now();
      for (const stage of stages) kindOf(stage).left++;
    },
    event(event) {
      const { stage } = event, kind = kindOf(stage);
      if (event.kind === "started") running.set(stage, { since: performance.now(), share: 0, note: "" });
      if (event.kind === "progress") {
        const entry = running.get(stage);
        if (entry !== undefined) {
          entry.share = event.progress.done / event.progress.total;
          entry.note = event.progress.note ?? "";
        }
      }
      if (event.kind === "waiting") say(`waiting for another process that computes: ${stage.label}`);
      if (event.kind !== "started" && event.kind !== "progress" && event.kind !== "waiting") {
        const begun = running.get(stage);
        running.delete(stage);
        kind.left--;
        if (begun !== undefined && event.kind === "finished") {
          kind.finished++;
          kind.seconds += (performance.now() - begun.since) / 1000;
        }
        const completed = finishes.get(stage) ?? 0;
        cellsDone += completed;
        if (event.kind === "finished") cellsComputed += completed;
      }
      if (event.kind === "failed") say(`${colours.red("failed")}  ${stage.label}: ${event.error}`);
      draw();
    },
    say,
    end() {
      if (mode === "bars") {
        logUpdate.clear();
        logUpdate.done();
      }
    },
  };
}

/** A bar of so many columns, filled up to a share of one. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(filled) + "░".repeat(width - filled);
}

/** Bars are redrawn in place, so a row must not wrap. */
export function clip(text: string, columns: number): string {
  return text.length <= columns ? text : text.slice(0, columns - 1) + "…";
}
