/**
 * Whether a manifest's execution provider can start here.
 *
 * @module
 */
import type { Provider } from "../onnx/runtime/providers.ts";

/** Throws RangeError, which says what is missing, before anything is computed. ONNX Runtime is loaded for others than cpu alone. */
export async function requireProvider(provider: Provider): Promise<void> {
  if (provider === "cpu") return;
  const { checkProvider } = await import("../onnx/runtime/session.ts");
  await checkProvider(provider);
}
