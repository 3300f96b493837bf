/** Waiting for what other processes do. */

/** Waits until something holds. Throws when it does not within the time. */
export async function until(
  holds: () => boolean,
  { what, seconds }: { what: string; seconds: number },
): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} took longer than ${seconds} s`);
    await pause(20);
  }
}

/** Some time. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
