/**
 * Draws networks for make_random_networks.py:
 * `deno run -A tests/golden/onnx/make_networks.ts 120 | python3 tests/golden/onnx/make_random_networks.py 50 > tests/golden/onnx/random_networks.json`
 */
import { stream } from "../../../src/random/stream.ts";
import { drawNetwork } from "../../onnx/gradients/random_networks/draw.ts";

const networks = Array.from(
  { length: Number(Deno.args[0]) },
  (_, seed) => drawNetwork(stream(1, `network/${seed}`), seed),
);
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(networks)));
