/**
 * Colours for a person's terminal; none in pipes, whatever the environment says.
 *
 * @module
 */
import picocolors from "picocolors";

/** Does nothing to a text unless standard output is a terminal and `NO_COLOR` is not set. */
export const colours = picocolors.createColors(Deno.stdout.isTerminal() && !Deno.noColor);
