/**
 * What a person sees while files come.
 *
 * @module
 */
import logUpdate from "log-update";
import { formatBytes } from "../../report/format.ts";
import { formatDuration } from "../estimate.ts";
import { bar, clip } from "../progress.ts";

/** Follows a download. */
export interface Meter {
  /** Bytes came. */
  came(bytes: number): void;
  /** A file is there: it was before, or it is now. */
  finished(how: "kept" | "downloaded"): void;
  /** Takes the bar away. */
  end(): void;
}

const REDRAW_MILLISECONDS = 100;
const PLAIN_SECONDS = 15;

/** A bar in a terminal, a line now and then elsewhere, or nothing. */
export function createMeter(
  { mode, files, write, columns }: {
    mode: "bars" | "lines" | "none";
    files: number;
    write: (line: string) => void;
    columns: () => number;
  },
): Meter {
  const start = performance.now();
  let bytes = 0, kept = 0, downloaded = 0, drawn = -Infinity, told = start;

  function draw(): void {
    const now = performance.now(), seconds = (now - start) / 1000;
    const figures = () => describeProgress({ files, kept, downloaded, bytes, seconds });
    if (mode === "bars" && now - drawn >= REDRAW_MILLISECONDS) {
      drawn = now;
      logUpdate(clip(`${bar((kept + downloaded) / files, 28)}  ${figures()}`, columns()));
    }
    if (mode === "lines" && now - told >= 1000 * PLAIN_SECONDS) {
      told = now;
      write(figures());
    }
  }

  return {
    came(count) {
      bytes += count;
      draw();
    },
    finished(how) {
      if (how === "kept") kept++;
      else downloaded++;
      draw();
    },
    end() {
      if (mode !== "bars") return;
      logUpdate.clear();
      logUpdate.done();
    },
  };
}

/**
 * Files done, bytes, rate, and the time left: what a downloaded file took so far, for each that is to come.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = describeProgress({ files: 10, kept: 2, downloaded: 4, bytes: 8e6, seconds: 4 });
 * assert.equal(text, "6/10 files, 8.0 MB, 2.0 MB a second, 0:04 left");
 * ```
 */
export function describeProgress(
  { files, kept, downloaded, bytes, seconds }: {
    files: number;
    kept: number;
    downloaded: number;
    bytes: number;
    seconds: number;
  },
): string {
  const parts = [`${kept + downloaded}/${files} files`];
  if (bytes > 0) parts.push(formatBytes(bytes), `${formatBytes(Math.round(bytes / seconds))} a second`);
  if (downloaded > 0) {
    parts.push(`${formatDuration((files - kept - downloaded) * seconds / downloaded)} left`);
  }
  return parts.join(", ");
}
