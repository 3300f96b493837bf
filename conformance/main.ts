/**
 * tfjs-core's own tests on our backend: `deno task conformance [OP...]`.
 *
 * @module
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { logUpdateStderr } from "log-update";
import { print, tell } from "../bench/table.ts";
import { unknownName } from "../src/manifest/choice.ts";
import { type BackendName, BACKENDS } from "./backends.ts";
import { judge } from "./judge.ts";
import { draftEntry, type Listed, LISTED_FILE, parseListed } from "./listed.ts";
import { describe } from "./report.ts";
import { runTests } from "./run.ts";
import { opOf, testFiles } from "./suite.ts";

/** How the program ends. */
const EXIT = { done: 0, disagrees: 1, usage: 2 } as const;

/** What the command line says. */
interface Call {
  readonly spec: string;
  readonly backend: BackendName;
  readonly processes: number;
  readonly json: boolean;
  readonly draft: boolean;
}

if (import.meta.main) Deno.exit(await main(Deno.args));

/** Runs the tests and prints how many agree; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command("conformance")
    .description("tfjs-core's own tests of its operations, gradients and optimizers, on our backend.")
    .argument(
      "[ops...]",
      "as tfjs-core names their test files, conv2d or losses/huber_loss, or a folder of them",
    )
    .option("--spec <text>", "only specs whose name contains this", "")
    .addOption(
      new Option("--backend <name>", "cpu is the reference, for which the list does not hold")
        .choices(Object.keys(BACKENDS)).default("onnx"),
    )
    .option("--processes <count>", "processes at a time", positive, navigator.hardwareConcurrency)
    .option("--json", "print the verdict and how each spec went as JSON", false)
    .option(
      "--draft",
      "print an entry for the list of what fails and is not listed, without its reason",
      false,
    )
    .exitOverride();
  try {
    program.parse([...args], { from: "user" });
    return await check(program.args, program.opts<Call>());
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    await tell(error.message);
    return EXIT.usage;
  }
}

async function check(ops: readonly string[], call: Call): Promise<number> {
  const known = await testFiles();
  const files = ops.length === 0 ? known : chosenFiles(ops, known);
  const listed: Listed = call.backend === "onnx"
    ? parseListed(await Deno.readTextFile(LISTED_FILE))
    : new Map();
  const isTerminal = Deno.stderr.isTerminal();
  let done = 0;
  const outcomes = await runTests(files, {
    backend: call.backend,
    containing: call.spec,
    processes: call.processes,
    onFile(file) {
      if (isTerminal) logUpdateStderr(`${++done} of ${files.length} files, ${opOf(file)}`);
    },
  });
  if (isTerminal) logUpdateStderr.clear();
  const verdict = judge(outcomes, { listed, whole: ops.length === 0 && call.spec === "" });
  if (call.json) {
    const { all, areas, problems } = verdict;
    await print([JSON.stringify({ all, areas, problems, outcomes })]);
  } else if (call.draft) await print([draftEntry(verdict.unlisted)]);
  else await print(describe(verdict));
  return verdict.problems.length === 0 ? EXIT.done : EXIT.disagrees;
}

/** The files of operations or folders. */
function chosenFiles(ops: readonly string[], known: readonly string[]): string[] {
  const unknown = ops.find((op) => !known.some((file) => isOf(file, op)));
  if (unknown !== undefined) throw unknownName({ what: "operation", name: unknown, known: known.map(opOf) });
  return known.filter((file) => ops.some((op) => isOf(file, op)));
}

function isOf(file: string, op: string): boolean {
  return opOf(file) === op || opOf(file).startsWith(`${op.replace(/\/$/, "")}/`);
}

function positive(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1 up.");
  }
  return count;
}
