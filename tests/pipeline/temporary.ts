/** A folder for one test, gone when it ends. */

/** Makes a folder and removes it, with all that is in it, when the test leaves its block. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "einthoven-test-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}
