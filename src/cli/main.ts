/**
 * The program: `deno task experiment` and its sisters.
 *
 * @module
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { ManifestError } from "../manifest/problem.ts";
import { WEIGHT_FORMATS } from "../onnx/files/weights/formats.ts";
import { LeakError, PreparationError } from "../pipeline/run.ts";
import { EXIT, UsageError } from "./exit.ts";
import { complain } from "./output.ts";
import { isOfSystem } from "./system_error.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Carries out one call; gives the exit code. Errors that a person can mend are one message, without a stack trace. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const finish = (exit: number) => {
    code = exit;
  };
  const program = new Command("einthoven")
    .description(
      "How much does self-supervised pretraining save, against the same network trained with labels only?",
    )
    .exitOverride()
    .showHelpAfterError("(--help lists what can be said)");
  program.command("run", { isDefault: true })
    .usage("[manifest] [options]")
    .description("Plan, run what is missing, report.")
    .argument("[manifest]", "a file, or the name of one in experiments/", "quickstart")
    .addOption(repeated("--set <path=value>", "override a key; may be given again"))
    .option("--workers <count>", "stages that run side by side (default: cores / threads)", positive)
    .option("--results <folder>", "where results and store are written (default: results/)")
    .option("--plan", "say what would run, and about how long", false)
    .option("--fresh", "compute every stage again, whatever the store holds", false)
    .option("--fail-fast", "stop at the first cell that fails", false)
    .option("--allow-leak <reason>", "go on with a split that leaks, every output marked with the reason")
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (manifest, options) =>
      finish(await (await import("./run.ts")).run({ manifest, ...options }))
    );
  program.command("evaluate")
    .description("Evaluate a model on recordings or windows, by ONNX Runtime.")
    .argument("<model>", "an ONNX file that a run wrote: results/<run>/models/<arm>.onnx")
    .argument("[data...]", "folders and records of WFDB databases, windows in .npy or .csv")
    .option("--labels <file>", "CSV with the columns window,class or recording,class: predictions are scored")
    .option(
      "--manifest <name>",
      "take dataset, target and lead from a manifest; its target scores predictions",
    )
    .addOption(
      repeated("--set <path=value>", "set a key of dataset or target, or signal.lead; may be given again"),
    )
    .option("--output <folder>", "where predictions are written (default: results/evaluate/<model>--<data>)")
    .option("--batch <windows>", "windows that a session sees at a time", positive, 64)
    .option("--threads <count>", "sessions side by side, one thread each (default: cores)", positive)
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (model, data, options) =>
      finish(await (await import("./evaluate.ts")).evaluate({ model, data, ...options }))
    );
  program.command("status")
    .description("Runs: cells done, missing, failed and why.")
    .argument("[run]", "a run's name or folder; all of them when left out")
    .option("--results <folder>", "where results and store lie (default: results/)")
    .option("--watch", "look again every two seconds", false)
    .option("--json", "print JSON", false)
    .action(async (name, options) =>
      finish(await (await import("./status.ts")).status({ name, ...options }))
    );
  program.command("verify")
    .description("Compute cells of a finished run again, from the data on, and compare every byte.")
    .argument("<run>", "a run's name or folder")
    .addOption(
      repeated("--cell <name>", "a cell of cells.csv; may be given again").conflicts(["cells", "all"]),
    )
    .addOption(
      new Option("--cells <count>", "as many cells at random, of every arm first")
        .argParser(positive).default(3).conflicts("all"),
    )
    .option("--seed <number>", "another choice of random cells", positive, 1)
    .option("--all", "every cell, and what is made of all of them", false)
    .option("--keep", "keep what was computed again, also where it is the same", false)
    .option("--workers <count>", "stages that run side by side (default: cores / threads)", positive)
    .option("--results <folder>", "where results and store lie (default: results/)")
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (name, options) =>
      finish(await (await import("./verify.ts")).verify({ name, ...options }))
    );
  program.command("export")
    .description("Write a model of a finished run with its weights in less room, and say what that loses.")
    .argument("<run>", "a run's name or folder")
    .option("--arm <name>", "the arm whose model is meant (default: finetuned, or the only one)")
    .addOption(
      new Option("--weights <format>", "how the file holds the weights").choices(WEIGHT_FORMATS)
        .default("float32"),
    )
    .addOption(
      new Option("--encoder", "the encoder alone, as it was pretrained, for pretext.kind: given")
        .default(false, "the whole model").conflicts("weights"),
    )
    .option(
      "--output <file>",
      "where it is written (default: results/export/<run>-<arm>-<format>.onnx)",
    )
    .option("--results <folder>", "where results and store lie (default: results/)")
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (name, options) =>
      finish(await (await import("./export.ts")).exportRun({ name, ...options }))
    );
  program.command("inspect")
    .description("Show what is in the data of a manifest: recordings, labels, quality, beats.")
    .argument("[manifest]", "a file, or the name of one in experiments/", "quickstart")
    .addOption(repeated("--set <path=value>", "override a key; may be given again"))
    .option("--results <folder>", "where the page and the store lie (default: results/)")
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (manifest, options) =>
      finish(await (await import("./inspect.ts")).inspect({ manifest, ...options }))
    );
  program.command("fetch")
    .description("Download an open dataset, every file checked against its published checksum.")
    .argument("[name]", "the dataset; all that there are are listed when left out")
    .option("--to <folder>", "where it is put (default: the data folder's folder of its name)")
    .option("--from <url>", "a mirror: a folder with SHA256SUMS.txt and the files beside it")
    .addOption(repeated("--only <path>", "a file or folder of the dataset; may be given again"))
    .option("--force", "replace files that are not what was published", false)
    .option("--json", "print one line of JSON and nothing else", false)
    .action(async (name, options) =>
      finish(await (await import("./fetch.ts")).fetchNamed({ name, ...options }))
    );
  program.command("schema")
    .description("Write the JSON Schema of manifests, for editors.")
    .action(async () => finish(await (await import("./schema.ts")).schema()));
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof LeakError) return refuse(error.message, EXIT.leak);
    if (isForPeople(error)) return refuse(error.message, EXIT.usage);
    if (isOfSystem(error)) {
      return refuse(
        `Cannot go on: files must be there and be readable or writable, got: ${error.message}`,
        EXIT.usage,
      );
    }
    throw error;
  }
}

/** Errors that say what is wrong with the call, the manifest or the data. */
function isForPeople(error: unknown): error is Error {
  const isSaid = [ManifestError, UsageError, PreparationError, RangeError, SyntaxError].some((kind) =>
    error instanceof kind
  );
  // Of data of another shape; JavaScript's own, which tell of mistakes in the program, are not in the form of all our messages.
  return isSaid || error instanceof TypeError && /Cannot [^:]+: .*got /s.test(error.message);
}

function refuse(message: string, code: number): number {
  complain(message);
  return code;
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser(append).default([], "none");
}

function append(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(`it must be a whole number from 1, got ${text}`);
  }
  return value;
}
