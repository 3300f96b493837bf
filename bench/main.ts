/**
 * The benchmarks: `deno task bench [NAME] [--quick] [--network NAME] [--json]`.
 *
 * @module
 */
import { Command, CommanderError } from "commander";
import { unknownName } from "../src/manifest/choice.ts";
import { type NetworkName, NETWORKS } from "./networks/table.ts";
import { print, printTablesAside, tell } from "./table.ts";

/** What the command line asks for. */
interface BenchOptions {
  readonly quick: boolean;
  readonly networks?: readonly NetworkName[];
}

/** A benchmark that prints its own table. */
interface Benchmark {
  /** What it measures, against what. */
  readonly about: string;
  /** Loads it. */
  load(): Promise<{ run(options: BenchOptions): Promise<unknown> }>;
}

/** Every benchmark by its name. */
const BENCHMARKS = {
  signal: {
    about: "preparing all of mitdb, or half an hour of made signal, against SciPy",
    load: () => import("./signal.ts"),
  },
  step: {
    about: "a training step of three networks, against PyTorch and TensorFlow.js",
    load: async () => {
      const { run } = await import("./step.ts");
      return { run: (options) => run("step", options) };
    },
  },
  forward: {
    about: "a forward pass of three networks, against PyTorch and TensorFlow.js",
    load: async () => {
      const { run } = await import("./step.ts");
      return { run: (options) => run("forward", options) };
    },
  },
  profile: {
    about: "where a training step goes, operator by operator",
    load: () => import("./profile.ts"),
  },
  beats: {
    about: "R-peaks against the marked beats of mitdb and ludb, beside Pan and Tompkins",
    load: () => import("./beats.ts"),
  },
  evaluate: {
    about: "windows a second from recordings to predictions, against ONNX Runtime alone",
    load: () => import("./evaluate.ts"),
  },
  memory: {
    about: "memory of a pretraining step against a limit of 3 GB, and of 1,000 steps and 10,000 operations",
    load: () => import("./memory.ts"),
  },
} as const satisfies Record<string, Benchmark>;

/** How the program ends. */
const EXIT = { done: 0, usage: 2 } as const;

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the benchmark that is named, or lists them all and runs them one after another; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const known: Readonly<Record<string, Benchmark>> = BENCHMARKS, names = Object.keys(known);
  const program = new Command("bench")
    .description("Benchmarks, each against a named peer in the same run.")
    .argument("[name]", `${names.join(", ")}; all of them when left out`)
    .option("--quick", "leave out peers that take minutes", false)
    .option("--network <name>", `of step and forward one network alone: ${Object.keys(NETWORKS).join(", ")}`)
    .option("--json", "print records, and the tables to standard error", false)
    .exitOverride();
  try {
    program.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
  const [name] = program.args;
  const { quick, network, json } = program.opts<{ quick: boolean; network?: string; json: boolean }>();
  if (name !== undefined && !Object.hasOwn(known, name)) {
    await tell(unknownName({ what: "benchmark", name, known: names }).message);
    return EXIT.usage;
  }
  if (network !== undefined && !isNetwork(network)) {
    await tell(unknownName({ what: "network", name: network, known: Object.keys(NETWORKS) }).message);
    return EXIT.usage;
  }
  const options = { quick, networks: network === undefined ? undefined : [network] };
  if (json) printTablesAside();
  if (name === undefined) {
    const width = Math.max(...names.map(({ length }) => length));
    await print(names.map((name) => `${name.padEnd(width)}  ${known[name].about}`));
  }
  for (const chosen of name === undefined ? names : [name]) {
    if (name === undefined) await print(["", `${chosen}:`]);
    const rows = await (await known[chosen].load()).run(options);
    if (json) await writeRecords(chosen, rows);
  }
  return EXIT.done;
}

function isNetwork(name: string): name is NetworkName {
  return Object.hasOwn(NETWORKS, name);
}

/** A line of JSON for each benchmark, whatever it found. */
async function writeRecords(benchmark: string, rows: unknown): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify({ benchmark, rows })}\n`));
}
