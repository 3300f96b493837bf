/**
 * Execution providers: where ONNX Runtime computes, and what is missing when one can't start.
 *
 * @module
 */
import { InferenceSession } from "onnxruntime-node";
import { encode } from "./encode.ts";
import { Graph } from "./graph.ts";

/** What each provider needs, and what to do where it is missing. */
export const PROVIDERS = {
  cpu: { needs: "no more than a processor", remedy: "install onnxruntime-node for this system" },
  webgpu: {
    needs: "a graphics processor that Vulkan, Metal or Direct3D 12 reaches",
    remedy: "install the driver of the device and, on Linux, the Vulkan loader (libvulkan1)",
  },
  cuda: {
    needs: "an NVIDIA device with CUDA 12, cuDNN 9 and ONNX Runtime's library for it, on Linux x64",
    remedy:
      "run node_modules/onnxruntime-node/script/install.js with Node.js, which downloads that library, and see that " +
      "libcudart.so.12 and libcudnn.so.9 are on LD_LIBRARY_PATH",
  },
} as const satisfies Record<string, { readonly needs: string; readonly remedy: string }>;

/** The name of an execution provider. */
export type Provider = keyof typeof PROVIDERS;

/** The names of the execution providers. */
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as [Provider, ...Provider[]];

/**
 * Starts a provider on a graph of one node.
 *
 * Throws RangeError, which says what is missing and what to do, when it can't start.
 */
export async function checkProvider(provider: Provider): Promise<void> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(probe(), { executionProviders: [provider], logSeverityLevel: 4 });
  } catch (error) {
    const { needs, remedy } = PROVIDERS[provider];
    throw new RangeError(
      `Cannot start the execution provider ${provider}: there must be ${needs}, got "${reason(error)}"; ` +
        `${remedy}, or compute on cpu`,
    );
  }
  await session.release();
}

function probe(): Uint8Array {
  const graph = new Graph();
  const value = graph.input("float32", [1]);
  const result = graph.emit("Neg", [value], { shape: [1] });
  return encode(graph.nodes, { inputs: [{ name: "x", value }], outputs: [{ name: "y", value: result }] });
}

/** The last sentence of what ONNX Runtime says: before it come files and lines of its source. */
function reason(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  return text.replace(/^.*(was false\.|SUCCESS|: [A-Z_]+ :)\s*/s, "").replaceAll(/\s+/g, " ");
}
