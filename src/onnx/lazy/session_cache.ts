/**
 * Sessions by the structure of their graphs, the ones used last.
 *
 * @module
 */
import type { SynchronousSession } from "./session.ts";

/** Sessions that stay open; each step of a training loop finds the one that the step before it opened. */
export class SessionCache {
  readonly #sessions = new Map<string, SynchronousSession>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many are open. */
  get size(): number {
    return this.#sessions.size;
  }

  /** The session of a structure, opened when there is none; the one unused for longest is closed when there are too many. */
  get(key: string, open: () => SynchronousSession): SynchronousSession {
    const session = this.#sessions.get(key) ?? open();
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    if (this.#sessions.size > this.#capacity) {
      const [oldest] = this.#sessions.keys();
      this.#sessions.get(oldest)?.dispose();
      this.#sessions.delete(oldest);
    }
    return session;
  }

  /** Closes all. */
  clear(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
  }
}
