/**
 * A recorded program as one that runs faster: the same function up to rounding.
 *
 * The lowerings write plain ONNX, which is what is exported. What makes a program fast on one machine is done here, on its way into a
 * session.
 *
 * @module
 */
import type { Provider } from "../providers.ts";
import { blockSize } from "./block_size.ts";
import { blockChannels } from "./blocks.ts";
import type { Program } from "./program.ts";

/** Optimizes a program for a provider: on `cpu` convolutions work on blocks of channels, as wide as this machine has them. */
export async function optimize(
  program: Program,
  { provider }: { readonly provider: Provider },
): Promise<Program> {
  const hasConvolutions = program.nodes.some(({ operator }) => operator === "Conv");
  if (!hasConvolutions || provider !== "cpu") return program;
  return blockChannels(program, { block: await blockSize() });
}
