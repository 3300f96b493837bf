/**
 * What a person sees while a run works: bars in a terminal, plain lines elsewhere, nothing with `--json`.
 *
 * @module
 */
import logUpdate from "log-update";
import { colours } from "./colours.ts";
import type { PlannedStage } from "../pipeline/plan.ts";
import type { StageEvent } from "../pipeline/stage_event.ts";
import { createTally, type RunTally } from "./run_tally.ts";

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

/** Progress on a terminal (`mode: "bars"`), as plain lines, or none. */
export function createProgress(
  { mode, workers, write, columns }: {
    mode: "bars" | "lines" | "none";
    workers: number;
    write: (line: string) => void;
    columns: () => number;
  },
): Progress {
  const tally = createTally({ workers });
  let drawn = -Infinity, told = performance.now();

  function draw(): void {
    const now = performance.now();
    if (mode === "bars" && now - drawn >= REDRAW_MILLISECONDS) {
      drawn = now;
      logUpdate(barRows(tally, columns()).join("\n"));
    }
    if (mode === "lines" && tally.cells > 0 && now - told >= 1000 * PLAIN_SECONDS) {
      told = now;
      write(tally.figures());
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
      tally.begin(stages, finishesCell);
      told = performance.now();
    },
    event(event) {
      tally.count(event);
      const { label } = event.stage;
      if (event.kind === "waiting") say(`waiting for another process that computes: ${label}`);
      if (event.kind === "failed") say(`${colours.red("failed")}  ${label}: ${event.error}`);
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

/** A row for the cells, where there are any, and one for each stage that runs. */
function barRows({ cells, cellsDone, running, figures }: RunTally, columns: number): string[] {
  const head = cells > 0 ? [clip(`${bar(cellsDone / cells, 28)}  ${figures()}`, columns)] : [];
  const stages = [...running].map(([{ label }, { share, note }]) =>
    colours.dim(clip(`${bar(share, 12)}  ${label}${note === "" ? "" : `, ${note}`}`, columns))
  );
  return [...head, ...stages];
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
