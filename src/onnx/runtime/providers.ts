/**
 * Execution providers: where ONNX Runtime computes.
 *
 * @module
 */

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

/** Whether a session must know the shapes of all values to choose what its device computes. */
export function needsShapes(provider: Provider): boolean {
  return provider === "webgpu";
}

/** The names of the execution providers. */
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as [Provider, ...Provider[]];
