/** A launcher that computes nothing: what a stage does is what the test says. */
import { join } from "node:path";
import type { Launcher, Task } from "../../src/pipeline/launchers/launcher.ts";
import type { runStages } from "../../src/pipeline/coordinator.ts";
import type { PlannedStage } from "../../src/pipeline/plan.ts";
import type { StageEvent } from "../../src/pipeline/stage_event.ts";
import { runStage } from "../../src/pipeline/stages/table.ts";
import { Store } from "../../src/pipeline/store.ts";
import { ENVIRONMENT } from "./environment.ts";
import { COMPUTED } from "./keys.ts";

/** What the stage of this name does; it is done when the promise is. */
export type Work = (name: string, signal: AbortSignal) => Promise<void> | void;

/** A launcher and what it saw. */
export interface FakeLauncher extends Launcher {
  /** Names of the stages in the order in which they were started. */
  readonly started: readonly string[];
  readonly tasks: readonly Task[];
  /** The largest number of stages at a time. */
  readonly mostAtOnce: number;
}

/** Lets every stage do `work`, then writes one file. */
export function fakeLauncher(work: Work = () => {}): FakeLauncher {
  const started: string[] = [], tasks: Task[] = [];
  let now = 0, most = 0;
  return {
    started,
    tasks,
    get mostAtOnce() {
      return most;
    },
    async run(task, { signal }) {
      const { name } = task.parameters as { name: string };
      started.push(name);
      tasks.push(task);
      most = Math.max(most, ++now);
      try {
        await work(name, signal);
        await Deno.writeTextFile(join(task.output, "name.txt"), name);
      } finally {
        now--;
      }
    },
  };
}

/** A launcher that runs stages in this process; `begin` is told of each, and can fail it. */
export function launcherHere(begin: (stage: string) => void = () => {}): Launcher {
  return {
    async run({ stage, ...task }) {
      begin(stage);
      await runStage(stage, { ...task, progress: () => {} });
    },
  };
}

/** The options of `runStages` that a test does not speak of. */
export function options(root: string, events: StageEvent[] = []) {
  return {
    store: new Store(root),
    workers: 2,
    dataFolder: "/nowhere",
    machine: COMPUTED.machine,
    lock: COMPUTED.lock,
    signal: new AbortController().signal,
    fresh: false,
    failFast: false,
    failureEnds: "none" as const,
    check: () => Promise.resolve(),
    event: (event: StageEvent) => void events.push(event),
  };
}

/** The options of `prepare` and `runCells` that a test does not speak of: stages run here, on the data in a folder, into a store in it. */
export function optionsIn(dataFolder: string) {
  return {
    ...options(join(dataFolder, "store")),
    launcher: launcherHere(),
    context: { dataFolder },
    environment: ENVIRONMENT,
    workers: 1,
    allowLeak: undefined,
    begin: () => {},
  };
}

/** How each stage ended, by name. */
export function byLabel(outcomes: Awaited<ReturnType<typeof runStages>>): Record<string, string | null> {
  return Object.fromEntries([...outcomes].map(([{ label }, outcome]) => [label, outcome]));
}

/** A promise that rejects as the signal says; for stages that never end by themselves. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Lets stages do their work one after another, whichever was begun first: each when the one before it has `ended`, or was aborted. */
export function inTurn(order: readonly string[]) {
  const ends = new Map(order.map((name) => [name, Promise.withResolvers<void>()]));
  return {
    ended: (name: string) => ends.get(name)?.resolve(),
    async wait(name: string, signal: AbortSignal): Promise<void> {
      const aborted = untilAborted(signal);
      aborted.catch(() => ends.get(name)?.resolve());
      await Promise.race([aborted, ends.get(order[order.indexOf(name) - 1])?.promise]);
    },
  };
}

/** `kind name` of every event. */
export function told(events: readonly StageEvent[]): string[] {
  return events.map(({ kind, stage }: { kind: string; stage: PlannedStage }) => `${kind} ${stage.label}`);
}
