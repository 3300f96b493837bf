/**
 * What zod finds in a value, in this project's words, with unions reduced to the member that fits best.
 *
 * @module
 */
import type { z } from "zod";
import { didYouMean } from "./choice.ts";
import { outlineOf } from "./outline.ts";
import { getPath, type Path } from "./paths.ts";
import { show } from "./show.ts";
import { acceptedConstants, acceptedWords, acceptsType, oneOf } from "./wording.ts";

/** One thing that is wrong in a value. */
export interface Finding {
  /** From the value that was judged. */
  readonly path: Path;
  /** `Cannot <action>: <what must hold>, got <value>`. */
  readonly message: string;
  /** Whether the last key of the path is one that the schema doesn't know. */
  readonly unknownKey?: true;
}

/** What zod reports. */
export type Issue = z.core.$ZodIssue;

const WORDS_OF_TRUTH: Readonly<Record<string, string>> = {
  yes: "true",
  on: "true",
  no: "false",
  off: "false",
};

/**
 * The message of an issue, for zod's `error` option: it comes after a message of the schema's own.
 *
 * What must hold is taken from the schema that the issue is about, so all checks of a value are said together.
 */
export function messageOf(issue: z.core.$ZodRawIssue): string {
  const schema = schemaOf(issue);
  const { input } = issue;
  if (
    issue.code === "invalid_union" && typeof issue.discriminator === "string" && Array.isArray(issue.options)
  ) {
    const constants = issue.options.map(String), got = getPath(input, [issue.discriminator]);
    return valueMessage({ words: oneOf(constants), constants, got });
  }
  if (!schema) {
    return input === undefined
      ? leftOut("given")
      : `Cannot use this value: it must be another, got ${show(input)}`;
  }
  const root = outlineOf(schema);
  if (issue.code === "invalid_key" && typeof root.propertyNames === "object") {
    const words = acceptedWords(root.propertyNames, { root }), name = String(input);
    const known = acceptedConstants(root.propertyNames, { root }).map(String);
    return `Cannot use this key: it must be ${words}, got ${show(name)}${didYouMean(name, known)}`;
  }
  if (issue.code === "custom") return `Cannot use this value: its schema must accept it, got ${show(input)}`;
  const words = acceptedWords(root, { root });
  const constants = acceptedConstants(root, { root }).map(String);
  return valueMessage({ words, constants, got: input }) + hint(input, {
    accepts: (type) => acceptsType(root, { type, root }),
    constants,
  });
}

/** Issues as findings: unions opened, unknown keys one by one, paths from the outside. */
export function findings(issues: readonly Issue[], options: { value: unknown; at?: Path }): Finding[] {
  const { value, at = [] } = options;
  return issues.flatMap((issue): Finding[] => {
    const path = [...at, ...issue.path.map((key) => typeof key === "number" ? key : String(key))];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: issue.message, unknownKey: true }));
    }
    const member = issue.code === "invalid_union" ? bestMember(issue.errors) : undefined;
    if (member) return findings(member, { value, at: path });
    return [{ path, message: sentence(issue, { got: getPath(value, path) }) }];
  });
}

/**
 * The issues of the member of a union that the value was most likely meant for: it has the right type as a whole, its
 * constants agree, and the fewest things are wrong. Undefined where the value has the type of none.
 */
function bestMember(members: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const right = members.filter((issues) => !issues.some(isWholeMismatch));
  return right.toSorted((a, b) => disagreement(a) - disagreement(b)).at(0);
}

function isWholeMismatch(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return bestMember(issue.errors) === undefined;
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

/** Wrong things, counted; a wrong constant says that another member was meant, and outweighs them. */
function disagreement(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + issue.keys.length;
    return sum + (issue.code === "invalid_value" && issue.values.length === 1 ? 1000 : 1);
  }, 0);
}

/** A schema's own message (`z.refine`) in the form of all others; one in that form already stays as it is. */
function sentence(issue: Issue, options: { got: unknown }): string {
  if (issue.message.startsWith("Cannot ")) return issue.message;
  return `Cannot use this value: ${issue.message}, got ${show(options.got)}`;
}

function valueMessage(options: { words: string; constants: readonly string[]; got: unknown }): string {
  const { words, constants, got } = options;
  if (got === undefined) return leftOut(words);
  const nearest = typeof got === "string" ? didYouMean(got, constants) : "";
  return `Cannot use this value: it must be ${words}, got ${show(got)}${nearest}`;
}

function leftOut(words: string): string {
  return `Cannot leave this key out: it must be ${words}, got nothing`;
}

/** What to write instead, where YAML's types are the likely reason. */
function hint(
  got: unknown,
  options: { accepts: (type: string) => boolean; constants: readonly string[] },
): string {
  const { accepts } = options, isText = typeof got === "string";
  if (isText && accepts("boolean") && Object.hasOwn(WORDS_OF_TRUTH, got.toLowerCase())) {
    return `; did you mean ${WORDS_OF_TRUTH[got.toLowerCase()]}?`;
  }
  const isNumeric = isText && got.trim() !== "" && Number.isFinite(Number(got));
  if (isNumeric && (accepts("number") || accepts("integer"))) return "; a number has no quotes";
  const isPlain = typeof got === "number" || typeof got === "boolean";
  const isMeantAsText = accepts("string") || options.constants.includes(String(got));
  return isPlain && isMeantAsText && !accepts(typeof got) ? `; quote it to make it text: "${got}"` : "";
}

/** The schema that an issue is about: the one that raised it, or the one whose check did. */
function schemaOf(issue: z.core.$ZodRawIssue): z.core.$ZodType | undefined {
  if (issue.schema) return issue.schema;
  return issue.inst && "parse" in issue.inst._zod ? issue.inst as z.core.$ZodType : undefined;
}
