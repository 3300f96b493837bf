/** Memory of a process of its own: what other tests hold, and what a collector of garbage has not come to yet, is no part of it. */
import assert from "node:assert/strict";

/** The memory of this process without its garbage. The process must have been started by `inOwnProcess`. */
export function residentBytes(): number {
  const collect: unknown = Reflect.get(globalThis, "gc");
  assert.ok(typeof collect === "function", "started with --expose-gc");
  // What the first time lets go of may be freed by the second.
  for (let time = 0; time < 2; time++) collect();
  return Deno.memoryUsage().rss;
}

/** What a script writes to standard output, as JSON. */
export async function inOwnProcess<T>(script: URL): Promise<T> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", "--no-check", "--v8-flags=--expose-gc", script.pathname],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}
