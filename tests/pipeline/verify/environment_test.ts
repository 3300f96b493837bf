import assert from "node:assert/strict";
import type { Environment } from "../../../src/pipeline/environment.ts";
import { environmentChanges } from "../../../src/pipeline/verify/environment.ts";
import { ENVIRONMENT } from "../environment.ts";

const THEN: Environment = {
  ...ENVIRONMENT,
  deno: "2.9.6",
  packages: { zod: "4.6.7" },
  lock: "0123456789",
  system: "linux 6.18.44 x64",
  cpu: "Xeon, 2.50GHz",
  git: { commit: "0123456789", dirty: false },
};
const MACHINE = "Xeon, 2.50GHz, linux 6.18.44 x64";
const changes = (now: Partial<Environment>, machines = [MACHINE]) =>
  environmentChanges(THEN, { now: { ...THEN, ...now }, machines });

Deno.test("environmentChanges() tells nothing of what no bit depends on", () => {
  const git = { commit: "0123456789", dirty: true };
  assert.deepEqual(changes({ workers: 8, cores: 64, v8: "1", system: "linux 5.1.2 x64", git }), []);
});

Deno.test("environmentChanges() tells CPU, system, Deno, packages and commit, as they were and are", () => {
  const now = {
    cpu: "EPYC",
    system: "darwin 24.1.0 arm64",
    deno: "2.9.7",
    packages: { zod: "4.6.8", yaml: "2.9.1" },
    lock: "9876543210",
    git: { commit: "9876543210", dirty: false },
  };
  assert.deepEqual(changes(now), [
    "CPU Xeon, 2.50GHz, now EPYC",
    "system linux x64, now darwin arm64",
    "Deno 2.9.6, now 2.9.7",
    "yaml none, now 2.9.1",
    "zod 4.6.7, now 4.6.8",
    "commit of the program 01234567, now 98765432",
  ]);
  assert.deepEqual(changes({ git: null }), ["commit of the program 01234567, now none"]);
});

Deno.test("environmentChanges() tells the lock file where it alone changed", () => {
  assert.deepEqual(changes({ lock: "9876543210" }), ["deno.lock 01234567, now 98765432"]);
});

Deno.test("environmentChanges() tells every CPU that stages were computed on", () => {
  assert.deepEqual(changes({}, [MACHINE, "EPYC, linux 6.18.44 x64", "EPYC, linux 6.18.44 x64"]), [
    "CPU EPYC, now Xeon, 2.50GHz",
  ]);
});
