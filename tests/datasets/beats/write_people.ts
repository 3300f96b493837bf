/** Writes folders of people with beat times. */
import { dirname, join } from "node:path";
import { beatsSchema } from "../../../src/datasets/beats/schema.ts";
import { beats } from "../../../src/datasets/beats/source.ts";
import type { Dataset, Recording } from "../../../src/datasets/dataset.ts";

export const CONDITIONS = { rest: "sitting", stress: "maths" };

/** Sample numbers at 250 Hz of beats in even intervals, from the first to `lastSeconds`. */
export function regular(intervalSeconds: number, lastSeconds = 30): number[] {
  const count = Math.round(lastSeconds / intervalSeconds);
  return Array.from({ length: count }, (_, beat) => Math.round(250 * intervalSeconds * (beat + 1)));
}

/** Writes texts, or sample numbers by line, to files by their paths in `folder`. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | readonly number[]>>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, typeof content === "string" ? content : content.join("\n") + "\n");
  }
}

/** The files of people by their beats at rest and under stress. */
export function filesOf(
  people: Readonly<Record<string, { rest: readonly number[]; stress: readonly number[] }>>,
): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(people).flatMap(([name, { rest, stress }]) => [
      [`${name}/sitting/annotation_cs.tsv`, rest],
      [`${name}/maths/annotation_cs.tsv`, stress],
    ]),
  );
}

const parse = (parameters: Record<string, unknown>) =>
  beatsSchema.parse({ path: "db", conditions: CONDITIONS, ...parameters });

/** Opens what a manifest would say. */
export function open(parameters: Record<string, unknown>, dataFolder: string): Promise<Dataset> {
  return beats.open(parse(parameters), { dataFolder });
}

export function identity(parameters: Record<string, unknown>, dataFolder: string): Promise<unknown> {
  return beats.identity(parse(parameters), { dataFolder });
}

export async function recordingsOf(
  parameters: Record<string, unknown>,
  dataFolder: string,
): Promise<Recording[]> {
  return await Array.fromAsync((await open(parameters, dataFolder)).recordings());
}
