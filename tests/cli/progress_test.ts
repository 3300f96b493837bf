import assert from "node:assert/strict";
import { createProgress } from "../../src/cli/progress.ts";
import { planned } from "../pipeline/keys.ts";

const windows = planned("windows"), fit = planned("fit", [windows]), score = planned("score", [fit]);

function follow(mode: "lines" | "none") {
  const lines: string[] = [];
  const progress = createProgress({
    mode,
    workers: 1,
    write: (line) => void lines.push(line),
    columns: () => 80,
  });
  progress.begin([windows, fit, score], new Map([[score, 1]]));
  progress.event({ kind: "reused", stage: windows });
  progress.event({ kind: "started", stage: fit });
  progress.event({ kind: "progress", stage: fit, progress: { done: 1, total: 2, note: "loss 0.5" } });
  progress.event({ kind: "failed", stage: fit, error: "Cannot go on" });
  progress.event({ kind: "skipped", stage: score, error: "fit: Cannot go on" });
  progress.event({ kind: "waiting", stage: score });
  progress.say("the end");
  progress.end();
  return lines;
}

Deno.test("createProgress() tells failures and waiting in plain lines, each once", () => {
  const [failed, ...others] = follow("lines");
  assert.match(failed, /failed.* {2}fit: Cannot go on$/);
  assert.deepEqual(others, ["waiting for another process that computes: score", "the end"]);
});

Deno.test("createProgress() says nothing where nothing may be said", () => {
  assert.deepEqual(follow("none"), []);
});
