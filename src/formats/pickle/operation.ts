/**
 * What a byte of a pickle calls for.
 *
 * @module
 */
import type { Machine } from "./machine.ts";

/** Takes its arguments from the file and the stack, and puts what comes of them on the stack. */
export type Operation = (machine: Machine) => void;
