/**
 * The problem that the engines of a benchmark share: first weights and a batch, in files that any language reads.
 *
 * `deno run -A bench/problem.ts NETWORK FOLDER BATCH` writes one. `problem.json` lists the tensors, `[{name, shape}]`, and
 * `problem.f32` holds their numbers, little-endian float32, one after another: the weights (kernels `[taps, in, out]` or
 * `[in, out]`), `windows` `[batch, time]` and `classes` `[batch]`.
 *
 * @module
 */
import type { z } from "zod";
import { join } from "node:path";
import { setVariable } from "../src/models/weights.ts";
import { type Stream, stream } from "../src/random/stream.ts";
import { OPTIMIZERS } from "../src/training/optimizers/table.ts";
import type { BuiltNetwork, NetworkDescription } from "./networks/network.ts";
import { type NetworkName, NETWORKS } from "./networks/table.ts";

/** Adam, as every engine follows it; the values are the defaults of PyTorch too. */
export const ADAM: z.output<typeof OPTIMIZERS.adam.schema> = OPTIMIZERS.adam.schema.parse({});

/** First weights and a batch, the same for every engine. */
export interface Problem {
  readonly description: NetworkDescription;
  /** The network, with its first weights. */
  readonly network: BuiltNetwork;
  /** `[batch, time]`. */
  readonly windows: Float32Array;
  /** One-hot, `[batch, class]`. */
  readonly targets: Float32Array;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Writes a problem: weights by Glorot, biases and moments near those of a trained network, noise for windows. */
export async function writeProblem(
  folder: string,
  { network, batch }: { network: NetworkName; batch: number },
): Promise<void> {
  const { samples, classes, build }: NetworkDescription = NETWORKS[network];
  const { weights } = await build(), random = stream(1, `bench/${network}`);
  const entries: Entry[] = [], numbers: Float32Array<ArrayBuffer>[] = [];
  const add = (name: string, shape: readonly number[], number: (index: number) => number) => {
    const length = shape.reduce((size, length) => size * length, 1);
    entries.push({ name, shape });
    numbers.push(Float32Array.from({ length }, (_, index) => number(index)));
  };
  for (const [name, { shape }] of Object.entries(weights)) {
    add(name, shape, firstValue(name, { shape, random: random.child(name) }));
  }
  const noise = random.child("windows");
  add("windows", [batch, samples], () => noise.normal());
  add("classes", [batch], (row) => row % classes);
  await Deno.writeTextFile(join(folder, "problem.json"), JSON.stringify(entries));
  await Deno.writeFile(join(folder, "problem.f32"), new Blob(numbers).stream());
}

/** Reads a problem, of its windows the first `batch`; the network gets its weights. */
export async function readProblem(
  folder: string,
  { network: name, batch }: { network: NetworkName; batch: number },
): Promise<Problem> {
  const entries: Entry[] = JSON.parse(await Deno.readTextFile(join(folder, "problem.json")));
  const numbers = new Float32Array((await Deno.readFile(join(folder, "problem.f32"))).buffer);
  const tensors: Record<string, Float32Array> = {};
  let offset = 0;
  for (const { name, shape } of entries) {
    tensors[name] = numbers.slice(offset, offset += shape.reduce((size, length) => size * length, 1));
  }
  const description: NetworkDescription = NETWORKS[name], network = await description.build();
  for (const [name, variable] of Object.entries(network.weights)) setVariable(variable, tensors[name]);
  const targets = new Float32Array(batch * description.classes);
  tensors.classes.subarray(0, batch).forEach((own, row) => targets[row * description.classes + own] = 1);
  return { description, network, windows: tensors.windows.slice(0, batch * description.samples), targets };
}

/** Kernels within ±√(6 / (fan in + fan out)), scales and variances around 1, all else around 0. */
function firstValue(
  name: string,
  { shape, random }: { shape: readonly number[]; random: Stream },
): () => number {
  if (name.endsWith("/kernel")) {
    const [outputs, inputs, ...taps] = shape.toReversed();
    const limit = Math.sqrt(
      6 / (taps.reduce((product, length) => product * length, 1) * (inputs + outputs)),
    );
    return () => limit * (2 * random.uniform() - 1);
  }
  const centre = name.endsWith("/gamma") || name.endsWith("/moving_variance") ? 1 : 0;
  return () => centre + 0.1 * (2 * random.uniform() - 1);
}

if (import.meta.main) {
  const [network, folder, batch] = Deno.args;
  await writeProblem(folder, { network: network as NetworkName, batch: Number(batch) });
}
