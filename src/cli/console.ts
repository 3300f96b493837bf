/**
 * Where a command that runs stages speaks: lines and progress for a person, nothing of either with `--json`.
 *
 * @module
 */
import { say } from "./output.ts";
import { createProgress, type Progress } from "./progress.ts";

/** A command's way to speak. */
export interface Console {
  /** Whether a person sees it as it is written. */
  readonly isTerminal: boolean;
  /** How many characters fit on a line. */
  columns(): number;
  /** A line for a person. */
  tell(line: string): void;
  readonly progress: Progress;
}

/** Opens it on standard output. */
export function openConsole({ json, workers }: { json: boolean; workers: number }): Console {
  const isTerminal = Deno.stdout.isTerminal();
  const columns = () => isTerminal ? Deno.consoleSize().columns : 100;
  const tell = (line: string) => {
    if (!json) say(line);
  };
  const mode = json ? "none" : isTerminal ? "bars" : "lines";
  return { isTerminal, columns, tell, progress: createProgress({ mode, workers, write: tell, columns }) };
}
