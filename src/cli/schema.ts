/**
 * `deno task schema`: writes the JSON Schema that editors check manifests with.
 *
 * @module
 */
import { join } from "node:path";
import { editorSchema } from "../manifest/editor_schema.ts";
import { PROJECT } from "../pipeline/environment.ts";
import { manifestSchema } from "../pipeline/schema.ts";
import { EXIT } from "./exit.ts";
import { say } from "./output.ts";

/** The file that the shipped manifests name. */
const SCHEMA_FILE = join(PROJECT, "experiments", "schema.json");

/** The text of the schema. */
export function schemaText(): string {
  const schema = editorSchema(manifestSchema, { title: "An Einthoven manifest", id: "schema.json" });
  return JSON.stringify(schema, null, 2) + "\n";
}

/** Writes the schema; gives the exit code. */
export async function schema(): Promise<number> {
  await Deno.writeTextFile(SCHEMA_FILE, schemaText());
  say(SCHEMA_FILE);
  return EXIT.done;
}
