/** Where a run of tests runs: nowhere in particular. */
import type { Environment } from "../../src/pipeline/environment.ts";

export const ENVIRONMENT: Environment = {
  deno: "",
  v8: "",
  typescript: "",
  packages: {},
  lock: "",
  system: "",
  cpu: "",
  cores: 2,
  threads: 1,
  workers: 1,
  provider: "cpu",
  git: null,
};
