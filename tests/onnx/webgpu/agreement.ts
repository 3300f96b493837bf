/**
 * How the lowerings agree with the `cpu` backend of TensorFlow.js on the provider webgpu: `deno run -A agreement.ts [all]`.
 *
 * A process of its own, since drivers are found by its environment and what goes wrong in one ends it. Prints how many cases ran and what
 * disagrees, as JSON. Without `all`, these are the kernels of the published network and what has gone wrong on this provider.
 */
import { CASES } from "../cases/table.ts";
import { assertClose, type Case, compiled, eager } from "../reference.ts";
import { GAPS } from "./gaps.ts";

/** What is printed. */
export interface Agreement {
  readonly count: number;
  readonly disagreements: readonly string[];
}

const PUBLISHED =
  /^(BiasAdd|Conv2D.*|LeakyRelu.*|Max|MaxPool|MaxPoolGrad|Relu|Sigmoid|_?FusedMatMul|BatchMatMul)$/;
/**
 * What WGSL lets a device differ by (W3C, WebGPU Shading Language, Accuracy of Built-in Functions): 2^-11 for sine and cosine
 * between -pi and pi, 2^-21 for logarithms of 0.5 to 2. The others follow from these and are compared near 0.
 */
const COARSE: Readonly<Record<string, number>> = {
  Cos: 2 ** -11,
  Sin: 2 ** -11,
  Tan: 2 ** -9,
  Expm1: 2 ** -21,
  Log1p: 2 ** -21,
};

const isWhole = Deno.args[0] === "all";
const cases = Object.entries(CASES).flatMap(([kernel, all]) =>
  isWhole || PUBLISHED.test(kernel) ? all.map((one) => ({ kernel, one })) : []
);
const gaps = Object.entries(GAPS).map(([kernel, one]) => ({ kernel, one }));
const disagreements: string[] = [];
for (const { kernel, one } of [...cases, ...gaps]) {
  const problem = await difference(one, COARSE[kernel]);
  if (problem !== undefined) disagreements.push(`${kernel}: ${problem}`);
}
const agreement: Agreement = { count: cases.length + gaps.length, disagreements };
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(agreement)));

async function difference(one: Case, absolute: number | undefined): Promise<string | undefined> {
  const expected = await eager(one);
  try {
    const actual = await compiled(one, { provider: "webgpu" });
    for (const [what, { values }] of Object.entries(expected.results)) {
      assertClose(actual[what], values, { relative: one.tolerance?.relative, absolute, what });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
