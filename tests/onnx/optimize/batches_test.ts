/** Filter gradients that are computed row by row of a batch, for batches of any length. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { blockSize } from "../../../src/onnx/optimize/block_size.ts";
import { blockChannels } from "../../../src/onnx/optimize/blocks.ts";
import { NCHWC } from "../../../src/onnx/optimize/layouts.ts";
import { assertClose } from "../reference.ts";
import { nodesOf, recorded, run } from "./programs.ts";

const block = await blockSize();

const conv = (x: tf.Tensor, kernel: tf.Tensor) =>
  tf.conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, 1, "same");

// The operator takes rows for channels, and refuses more than a block of them that are no whole blocks.
for (const batch of [1, 7, 8, 15, 16, 17, 24, 36]) {
  Deno.test({
    ignore: block === undefined,
    name: `blockChannels() gives the filter gradients of a batch of ${batch} row by row`,
  }, async () => {
    const program = recorded(({ x, first, second }) => {
      const energy = (...[first, second]: tf.Tensor[]): tf.Scalar =>
        tf.sum(tf.square(conv(tf.relu(conv(x, first)), second)));
      const [gradientOfFirst, gradientOfSecond] = tf.grads(energy)([first, second]);
      return { gradientOfFirst, gradientOfSecond };
    }, { x: [batch, 640, 1], first: [32, 1, 16], second: [8, 16, 32] });
    const faster = blockChannels(program.program, { block });
    // There the gradient of the output, as long as the signal, is the filter.
    const byRow = nodesOf(faster).filter(({ operator, domain, inputs: [, kernels] }) =>
      operator === "Conv" && domain === NCHWC && kernels.shape[3] === 640
    );
    const rows = byRow.reduce((sum, { attributes }) => sum + Number(attributes.group), 0);
    assert.equal(rows, 2 * batch, "each row must be a group for either gradient");
    const expected = await run(program, program.program), got = await run(program, faster);
    for (const [what, values] of Object.entries(expected)) assertClose(got[what], values, { what });
  });
}
