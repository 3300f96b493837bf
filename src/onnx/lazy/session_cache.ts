/**
 * Sessions by the structure of their graphs, the ones used last.
 *
 * @module
 */
import type { SynchronousSession } from "./session.ts";

/** How much may stay open. */
export interface Capacity {
  readonly sessions: number;
  readonly bytes: number;
}

/** Sessions that stay open; each step of a training loop finds the one that the step before it opened. */
export class SessionCache {
  readonly #sessions = new Map<string, SynchronousSession>();
  readonly #capacity: Capacity;
  #bytes = 0;

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** How many are open. */
  get size(): number {
    return this.#sessions.size;
  }

  /** The session of a structure, opened when there is none; those unused for longest are closed when there is too much. */
  get(key: string, open: () => SynchronousSession): SynchronousSession {
    const known = this.#sessions.get(key), session = known ?? open();
    if (known === undefined) this.#bytes += session.bytes;
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    for (const [oldest, other] of this.#sessions) {
      if (other === session || !this.#isFull()) break;
      this.#sessions.delete(oldest);
      this.#bytes -= other.bytes;
      other.dispose();
    }
    return session;
  }

  /** Closes all. */
  clear(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#bytes = 0;
  }

  #isFull(): boolean {
    return this.#sessions.size > this.#capacity.sessions || this.#bytes > this.#capacity.bytes;
  }
}
