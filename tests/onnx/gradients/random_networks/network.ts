/** Small networks as data, which TensorFlow.js and PyTorch both build. */

/** The options of a layer or an operation. */
export type Config = {
  readonly [option: string]: number | string | boolean | readonly number[] | Layer;
};

/** A layer of TensorFlow.js by its class. */
export interface Layer {
  readonly className: string;
  readonly config: Config;
}

/** One part of a network. */
export type Block =
  | Layer
  /** A function without weights; see `operations.ts`. */
  | { readonly operation: string; readonly config: Config }
  /** Self-attention of `heads` heads of `width` channels, added to its input. */
  | { readonly attention: { readonly heads: number; readonly width: number } }
  /** Paths from one input, whose outputs a layer merges. */
  | { readonly paths: readonly (readonly Block[])[]; readonly merge: Layer };

export const LOSSES = [
  "meanSquaredError",
  "softmaxCrossEntropy",
  "sigmoidCrossEntropy",
  "huberLoss",
] as const;

export interface Network {
  /** The numbers of inputs, targets and weights follow from it. */
  readonly seed: number;
  /** `[batch, time, channel]`, or `[batch, time]` of whole numbers below `vocabulary`. */
  readonly inputShape: readonly number[];
  readonly vocabulary?: number;
  readonly blocks: readonly Block[];
  readonly loss: typeof LOSSES[number];
}

/** What a block is called in a count of blocks. */
export function nameOf(block: Block): string {
  if ("paths" in block) return block.merge.className;
  if ("attention" in block) return "attention";
  return "operation" in block ? block.operation : block.className;
}

/** All blocks, those in paths and wrappers included. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if ("paths" in block) return [block, ...block.paths.flatMap((path) => allBlocks(path))];
    const inner = "config" in block ? block.config.layer : undefined;
    return typeof inner === "object" && "className" in inner ? [block, inner] : [block];
  });
}
