/**
 * What the program says: results on standard output, problems on standard error.
 *
 * @module
 */

const encoder = new TextEncoder();

/** Writes a line on standard output. */
export function say(line: string): void {
  write(Deno.stdout, line);
}

/** Writes a line on standard error. */
export function complain(line: string): void {
  write(Deno.stderr, line);
}

function write(stream: { writeSync(bytes: Uint8Array): number }, line: string): void {
  const bytes = encoder.encode(line + "\n");
  try {
    for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
  } catch (error) {
    // Whoever read has seen enough, as in `| head`; what is being computed goes on.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
