/**
 * Where a training step goes: the time of each operator's kernels, as ONNX Runtime's own profile has it.
 *
 * `deno run -A bench/profile.ts [NETWORK] [THREADS]`. A kernel's time is the shortest of its runs, since what else the machine does only
 * adds to it; the share of convolutions and products of matrices is that of whole steps, each with its own kernels.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { encode } from "../src/onnx/files/encode.ts";
import { optimize } from "../src/onnx/optimize/optimize.ts";
import { record } from "../src/onnx/recording/recording.ts";
import { adam } from "../src/training/optimizers/adam.ts";
import { type NetworkName, NETWORKS } from "./networks/table.ts";
import { ADAM, type Problem, readProblem } from "./problem.ts";
import { withProblem } from "./problem_folder.ts";
import { formatTable, median, print } from "./table.ts";

const BATCH = 32, STEPS = 12, WARM_UP = 2;
/** What does the arithmetic that no lowering can spare. */
const PRODUCTS: ReadonlySet<string> = new Set(["Conv", "FusedMatMul", "Gemm", "MatMul"]);

/** What a profile says of a program. */
export interface Profile {
  /** The shortest times of all kernels of an operator, and how many nodes it has. */
  readonly operators: Readonly<Record<string, { readonly ms: number; readonly nodes: number }>>;
  /** Median of the times of a step over that of its convolutions and products. */
  readonly stepOverProducts: number;
  /** Shortest and median time of a step. */
  readonly shortestMs: number;
  readonly medianMs: number;
}

/** Profiles a network at 1 and 2 threads, or at the threads given, and prints a table of each. */
export async function run(
  { networks = ["paper"], threads = [1, 2] }: {
    readonly networks?: readonly NetworkName[];
    readonly threads?: readonly number[];
  } = {},
): Promise<Profile[]> {
  const profiles: Profile[] = [];
  for (const network of networks) {
    for (const count of threads) {
      const profile = await withProblem(
        { network, batch: BATCH },
        (folder) => profileStep(folder, { network, threads: count }),
      );
      profiles.push(profile);
      const total = Object.values(profile.operators).reduce((sum, { ms }) => sum + ms, 0);
      const operators = Object.entries(profile.operators).sort((a, b) => b[1].ms - a[1].ms);
      await print([
        `step of ${NETWORKS[network].about}, batch ${BATCH}, threads: ${count}`,
        ...formatTable([
          ["operator", "nodes", "ms", "share"],
          ...operators.filter(({ 1: { ms } }) => ms > total / 500).map(([name, { ms, nodes }]) => [
            name,
            `${nodes}`,
            ms.toFixed(1),
            `${(100 * ms / total).toFixed(1)} %`,
          ]),
          [
            "all",
            `${operators.reduce((sum, { 1: { nodes } }) => sum + nodes, 0)}`,
            total.toFixed(1),
            "100 %",
          ],
        ]),
        `step: median ${profile.medianMs.toFixed(0)} ms, shortest ${profile.shortestMs.toFixed(0)} ms; ` +
        `step over its convolutions and products: ${profile.stepOverProducts.toFixed(2)}`,
        "",
      ]);
    }
  }
  return profiles;
}

/** Profiles the step of a problem that is there. */
export async function profileStep(
  folder: string,
  { network, threads }: { network: NetworkName; threads: number },
): Promise<Profile> {
  const { bytes, feeds } = await programOf(await readProblem(folder, { network, batch: BATCH }));
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    enableProfiling: true,
    profileFilePrefix: `${folder}/profile`,
  });
  for (let step = 0; step < WARM_UP + STEPS; step++) await session.run(feeds);
  session.endProfiling();
  await session.release();
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith("profile")) return summary(JSON.parse(await Deno.readTextFile(`${folder}/${name}`)));
  }
  throw new Error("Cannot profile a step: ONNX Runtime must have written a profile, got none");
}

/** The step of the bench, with the state's values as they are at first. */
async function programOf({ description, network, windows, targets }: Problem) {
  const variables = Object.values(network.weights).filter(({ trainable }) => trainable);
  const update = adam(ADAM).create(variables);
  const shapes = {
    windows: [BATCH, description.samples, 1],
    targets: [BATCH, description.classes],
    learningRate: [],
  };
  const recording = record(({ windows, targets, learningRate }) => {
    const loss = () =>
      tf.logSoftmax(network.logits(windows, { training: true })).mul(targets).sum().div(-BATCH).asScalar();
    const { value, grads } = tf.variableGrads(loss, variables);
    update(variables.map(({ name }) => grads[name]), learningRate as tf.Scalar);
    return { loss: value };
  }, {
    inputs: Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, { shape, dtype: "float32" as const }]),
    ),
    random: false,
  });
  const read = recording.state.flatMap(({ variable, input }) =>
    input === undefined ? [] : [{ variable, value: input }]
  );
  const written = recording.state.flatMap(({ output }) => output ?? []);
  const program = await optimize({
    nodes: recording.graph.nodes,
    inputs: [...recording.inputs, ...read].map(({ value }) => value),
    outputs: [...recording.outputs.map(({ value }) => value), ...written],
  }, { provider: "cpu" });
  const named = (values: typeof program.inputs, kind: string) =>
    values.map((value, index) => ({ name: `${kind}/${index}`, value }));
  const inputs = named(program.inputs, "input"), outputs = named(program.outputs, "output");
  const numbers = [windows, targets, Float32Array.of(ADAM.learningRate)];
  const state = read.map(({ variable }) => Float32Array.from(variable.dataSync<"float32">()));
  const feeds = Object.fromEntries(
    [...numbers, ...state].map((values, index) => {
      return [inputs[index].name, new Tensor("float32", values, inputs[index].value.shape)];
    }),
  );
  return { bytes: encode(program.nodes, { inputs, outputs }), feeds };
}

/** An event of ONNX Runtime's profile; times are in microseconds. */
interface Event {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly ts: number;
  readonly args?: { readonly "op_name"?: string };
}

function summary(events: readonly Event[]): Profile {
  const kernels = events.filter(({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"));
  const steps = events.filter(({ name }) => name === "model_run").sort((a, b) => a.ts - b.ts).slice(WARM_UP);
  const shortest = new Map<string, { operator: string; ms: number }>();
  for (const { name, dur, args } of kernels) {
    const before = shortest.get(name)?.ms ?? Infinity;
    shortest.set(name, { operator: args?.op_name ?? name, ms: Math.min(before, dur / 1e3) });
  }
  const operators: Record<string, { ms: number; nodes: number }> = {};
  for (const { operator, ms } of shortest.values()) {
    const { ms: sum, nodes } = operators[operator] ?? { ms: 0, nodes: 0 };
    operators[operator] = { ms: sum + ms, nodes: nodes + 1 };
  }
  const shares = steps.map(({ ts, dur }) => {
    const own = kernels.filter((kernel) => kernel.ts >= ts && kernel.ts < ts + dur);
    const products = own.filter(({ args }) => PRODUCTS.has(args?.op_name ?? ""));
    return dur / products.reduce((sum, { dur }) => sum + dur, 0);
  });
  const times = steps.map(({ dur }) => dur / 1e3);
  return {
    operators,
    stepOverProducts: median(shares),
    shortestMs: Math.min(...times),
    medianMs: median(times),
  };
}

if (import.meta.main) {
  const [network = "paper", ...threads] = Deno.args;
  await run({
    networks: [network as NetworkName],
    ...threads.length > 0 && { threads: threads.map(Number) },
  });
}
