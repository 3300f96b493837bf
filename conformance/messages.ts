/**
 * What a process that runs one test file writes to its standard output, a line of JSON each.
 *
 * @module
 */
import type { BackendName } from "./backends.ts";

/** A spec begins. */
export interface SpecBegins {
  readonly kind: "begin";
  /** Its number in the file. */
  readonly id: string;
  /** The descriptions of its suites and its own. */
  readonly name: string;
}

/** A spec has ended, or the last of a suite's hooks has failed. */
export interface SpecEnds {
  readonly kind: "end";
  readonly id: string;
  readonly name: string;
  readonly passed: boolean;
  /** What failed. */
  readonly messages: readonly string[];
  /** The kernels that the backend computed for it. */
  readonly kernels: readonly string[];
  readonly milliseconds: number;
}

/** All specs have run. */
export interface AllDone {
  readonly kind: "done";
}

/** What a line says. */
export type Message = SpecBegins | SpecEnds | AllDone;

/** The head of a line; tests write lines of their own. */
const HEAD = "conformance:";

/** The line of a message. */
export function lineOf(message: Message): string {
  return `\n${HEAD}${JSON.stringify(message)}\n`;
}

/** The message of a line; undefined for a line that a test wrote. */
export function messageOf(line: string): Message | undefined {
  return line.startsWith(HEAD) ? JSON.parse(line.slice(HEAD.length)) : undefined;
}

/** What the process is told, as JSON in its one argument. */
export interface Assignment {
  /** A name of the table of backends. */
  readonly backend: BackendName;
  /** URL of the bundled `jasmine_util`. */
  readonly jasmineUtil: string;
  /** URL of the bundled test file. */
  readonly test: string;
  /** Numbers of the specs to pass over. */
  readonly passOver: readonly string[];
  /** Run those specs alone whose name contains this. */
  readonly containing: string;
}
