/**
 * `deno task fetch`: downloads an open dataset, every file checked against its published checksum.
 *
 * @module
 */
import { dirname, join, resolve } from "node:path";
import { type Source, SOURCES } from "../fetch/sources.ts";
import { unknownName } from "../manifest/choice.ts";
import { formatBytes, formatQuantity } from "../report/format.ts";
import { colours } from "./colours.ts";
import { EXIT, UsageError } from "./exit.ts";
import { fetchDataset, type Fetched } from "./fetch/dataset.ts";
import { extract } from "./fetch/extract.ts";
import { createMeter, type Meter } from "./fetch/meter.ts";
import { callFolder, dataFolder } from "./folders.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { say } from "./output.ts";
import { isOfSystem } from "./system_error.ts";

/** What the command line says. */
export interface FetchArguments {
  /** The dataset; all that there are are listed where none is named. */
  readonly name?: string;
  readonly to?: string;
  readonly from?: string;
  readonly only: readonly string[];
  readonly force: boolean;
  readonly json: boolean;
}

/** Downloads a dataset, or lists them; gives the exit code. */
export async function fetchNamed(call: FetchArguments): Promise<number> {
  const tell = (line: string) => {
    if (!call.json) say(line);
  };
  if (call.name === undefined) {
    if (call.json) say(JSON.stringify(SOURCES));
    else {for (const [name, source] of Object.entries(SOURCES)) {
        for (const line of brief(name, source)) say(line);
      }}
    return EXIT.done;
  }
  const name = call.name, source = sourceOf(name);
  const folder = call.to === undefined ? join(dataFolder(), name) : resolve(callFolder(), call.to);
  for (const line of introduce(source)) tell(line);
  const interrupt = listenForInterrupt();
  let meter: Meter | undefined;
  try {
    const fetched = await fetchDataset(source, {
      ...call,
      folder,
      signal: interrupt.signal,
      listener: {
        begin(files) {
          meter = meterOf(files, call);
        },
        came: (bytes) => meter?.came(bytes),
        finished: (how) => meter?.finished(how),
      },
    });
    meter?.end();
    const unpacked = await unpack(fetched, { folder, force: call.force, signal: interrupt.signal, tell });
    if (call.json) say(JSON.stringify(summary(name, { folder, fetched, unpacked })));
    else tell(describe(fetched, folder));
    return EXIT.done;
  } catch (error) {
    meter?.end();
    if (interrupt.signal.aborted) {
      tell("interrupted; what has come is kept, and the same command goes on");
      return EXIT.interrupted;
    }
    throw isOfSystem(error) ? unwritable(folder, error) : error;
  } finally {
    interrupt.stop();
  }
}

/** Unpacks the archives among the files, each into the folder that it lies in; gives how many files they gave. */
async function unpack(
  { paths }: Fetched,
  { tell, ...options }: {
    folder: string;
    force: boolean;
    signal: AbortSignal;
    tell: (line: string) => void;
  },
): Promise<number> {
  let all = 0;
  for (const path of paths.filter((path) => path.toLowerCase().endsWith(".zip"))) {
    const archive = join(options.folder, path);
    const written = await extract(archive, { ...options, folder: dirname(archive) });
    tell(`${path}: ${formatQuantity(written, "file")} unpacked, the others there before`);
    all += written;
  }
  return all;
}

function sourceOf(name: string): Source {
  const known: Readonly<Record<string, Source>> = SOURCES;
  if (Object.hasOwn(known, name)) return known[name];
  throw unknownName({ what: "dataset that can be fetched", name, known: Object.keys(known) });
}

function meterOf(files: number, { json }: { json: boolean }): Meter {
  const isTerminal = Deno.stdout.isTerminal();
  return createMeter({
    mode: json ? "none" : isTerminal ? "bars" : "lines",
    files,
    write: say,
    columns: () => isTerminal ? Deno.consoleSize().columns : 100,
  });
}

function brief(name: string, { title, bytes, licence }: Source): string[] {
  return [`${colours.bold(name)}  ${title}, about ${formatBytes(bytes)}`, `  ${licence}`];
}

function introduce({ title, licence, citation, page, bytes, notes }: Source): string[] {
  return [
    colours.bold(title),
    `licence   ${licence}`,
    `cite      ${citation}`,
    `page      ${page}`,
    `size      about ${formatBytes(bytes)}`,
    ...notes.map((note) => `note      ${note}`),
  ];
}

function summary(
  name: string,
  { folder, fetched, unpacked }: { folder: string; fetched: Fetched; unpacked: number },
) {
  const { files, kept, downloaded, bytes } = fetched;
  return { name, folder, files, kept, downloaded, bytes, unpacked };
}

function describe({ files, kept, downloaded, bytes }: Fetched, folder: string): string {
  return `${formatQuantity(files, "file")} in ${folder}, every checksum right: ${downloaded} downloaded (${
    formatBytes(bytes)
  }), ${kept} there before`;
}

function unwritable(folder: string, error: Error): UsageError {
  return new UsageError(
    `${folder}: Cannot write the dataset: the folder must be writable and have room, got: ${error.message}`,
    { cause: error },
  );
}
