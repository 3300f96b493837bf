/**
 * The wish to end, from a keyboard or from a system.
 *
 * @module
 */

/** Aborts when the program is interrupted. Ctrl-C comes twice under npx; the second is the same wish. */
export function listenForInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const name of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(name, abort);
  return {
    signal: controller.signal,
    stop() {
      for (const name of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(name, abort);
    },
  };
}
