/**
 * A recorded program as one that runs faster: the same function up to rounding.
 *
 * The lowerings write plain ONNX, which is what is exported. What makes a program fast on one machine is done here, on its way into a
 * session.
 *
 * @module
 */
import type { Program } from "../graph/program.ts";
import type { Provider } from "../runtime/providers.ts";
import { moveActivationsLast } from "./activations_last.ts";
import { blockSize } from "./block_size.ts";
import { blockChannels } from "./blocks.ts";
import { scaleWeights } from "./channel_scales.ts";
import { halveConvolutions } from "./halves.ts";
import { withoutPositions } from "./positions.ts";
import { limitSlopes } from "./slopes.ts";

/** Optimizes a program for a provider: on `cpu` convolutions work on blocks of channels, as wide as this machine has them. */
export async function optimize(
  program: Program,
  { provider }: { readonly provider: Provider },
): Promise<Program> {
  if (provider !== "cpu") return provider === "webgpu" ? withoutPositions(program) : program;
  const faster = limitSlopes(moveActivationsLast(scaleWeights(program)));
  if (!faster.nodes.some(({ operator }) => operator === "Conv")) return faster;
  const block = await blockSize();
  return blockChannels(block === undefined ? faster : halveConvolutions(faster, { block }), { block });
}
