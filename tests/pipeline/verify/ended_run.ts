/** A run that has ended, to be verified: two people's folds, one arm that learns nothing, all in this process. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { runExperiment } from "../../../src/pipeline/experiment.ts";
import type { Launcher } from "../../../src/pipeline/launchers/launcher.ts";
import { Store } from "../../../src/pipeline/store.ts";
import type { CellChoice } from "../../../src/pipeline/verify/choose.ts";
import { planVerification } from "../../../src/pipeline/verify/plan.ts";
import { verify } from "../../../src/pipeline/verify/verify.ts";
import { ENVIRONMENT } from "../environment.ts";
import { launcherHere, options } from "../fake_launcher.ts";
import { openTiny } from "../tiny.ts";

const MAJORITY = ["arms={majority: {}}", "hypotheses=[]", "sweep={}"];

/** Runs an experiment in `root/run`, its store in `root/store`, its data in `root/data`. */
export async function endRun(
  root: string,
  { set = [], allowLeak }: { set?: readonly string[]; allowLeak?: string } = {},
) {
  const run = openRun(root, set);
  await runExperiment(run.experiment, {
    ...options(root),
    store: run.store,
    folder: run.folder,
    launcher: launcherHere(),
    context: { dataFolder: join(root, "data") },
    environment: ENVIRONMENT,
    allowLeak,
    begin: () => {},
  });
  return run;
}

/** The run that lies in `root`, by the overrides that it was made with. */
export function openRun(root: string, set: readonly string[] = []) {
  return {
    root,
    name: "run",
    folder: join(root, "run"),
    store: new Store(join(root, "store")),
    experiment: openTiny({ set: [...MAJORITY, ...set] }),
  };
}

/** A copy that a test can spoil. */
export function copyRun(from: string, to: string, set: readonly string[] = []) {
  cpSync(from, to, { recursive: true });
  return openRun(to, set);
}

/** Plans, computes again and compares. */
export async function verifyRun(
  root: string,
  { run = openRun(root), choice = "all", launcher = launcherHere() }: {
    run?: ReturnType<typeof openRun>;
    choice?: CellChoice;
    launcher?: Launcher;
  } = {},
) {
  const context = { dataFolder: join(root, "data") };
  const plan = await planVerification(run, { choice, context });
  const found = await verify(plan, {
    ...options(root),
    ...context,
    again: new Store(join(root, "again")),
    launcher,
    environment: ENVIRONMENT,
    begin: () => {},
  });
  return { plan, ...found };
}
