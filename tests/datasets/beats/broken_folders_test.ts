import assert from "node:assert/strict";
import { join } from "node:path";
import { withDataFolder } from "../wfdb/write_database.ts";
import { filesOf, identity, open, regular, writeFiles } from "./write_people.ts";

const slow = regular(1), fast = regular(0.5);

/** Opening and identifying must both refuse, in these words after the path of the folder `db`. */
async function refuses(
  files: Readonly<Record<string, string | readonly number[]>>,
  { message, parameters = {} }: { message: string | Error; parameters?: Record<string, unknown> },
): Promise<void> {
  await withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, "db");
    await writeFiles(folder, files);
    const error = typeof message === "string" ? new RangeError(message) : message;
    error.message = error.message.replaceAll("DB", folder);
    await assert.rejects(open(parameters, dataFolder), error);
    await assert.rejects(identity(parameters, dataFolder), error);
  });
}

Deno.test("beats says where a folder that doesn't exist was looked for", () =>
  withDataFolder(async (dataFolder) => {
    await assert.rejects(
      open({}, dataFolder),
      new RangeError(
        `${
          join(dataFolder, "db")
        }: Cannot open the beat times: the folder must exist, got none; relative paths start ` +
          `from the data folder, ${dataFolder}, which is set by the environment variable EINTHOVEN_DATA or else is data/ ` +
          "beside deno.json",
      ),
    );
  }));

Deno.test("beats refuses a folder without people", async () => {
  await refuses({ LICENSE: "" }, {
    message: "DB: Cannot open the beat times: it must hold a folder for each person, got none",
  });
  await refuses(filesOf({ a: { rest: slow, stress: fast } }), {
    parameters: { exclude: { subjects: ["a"], why: "asleep" } },
    message:
      "DB: Cannot open the beat times: it must hold a folder for each person, got none that is not excluded",
  });
});

Deno.test("beats names the person and the file that is missing", async () => {
  const message =
    "DB/b/maths/annotation_cs.tsv: Cannot read the beat times of b: everybody must have this file " +
    'under every condition, got none under stress; "exclude" leaves people out';
  const a = filesOf({ a: { rest: slow, stress: fast } });
  await refuses({ ...a, "b/sitting/annotation_cs.tsv": slow }, { message });
  await refuses({ ...a, "b/sitting/annotation_cs.tsv": slow, "b/maths/annotation_cables.tsv": slow }, {
    message,
  });
});

Deno.test("beats leaves out a person whose file is missing when the manifest says so", () =>
  withDataFolder(async (dataFolder) => {
    await writeFiles(join(dataFolder, "db"), {
      ...filesOf({ a: { rest: slow, stress: fast } }),
      "b/sitting/annotation_cs.tsv": slow,
    });
    const dataset = await open({ exclude: { subjects: ["b"], why: "no maths" } }, dataFolder);
    const recordings = await Array.fromAsync(dataset.recordings());
    assert.deepEqual(recordings.map(({ id }) => id), ["db/a/1/rest", "db/a/1/stress"]);
    assert.equal(dataset.notes.at(-1), "Left out: b: no maths");
  }));

Deno.test("beats names the nearest person when one to leave out isn't there", () =>
  refuses(filesOf({ subject_04: { rest: slow, stress: fast } }), {
    parameters: { exclude: { subjects: ["subject_4"], why: "asleep" } },
    message:
      'DB: Cannot leave out a person: "exclude.subjects" must name people who are there, got "subject_4"; did you mean "subject_04"?',
  }));

Deno.test("beats names file and line of what can't be read", async () => {
  await refuses(
    { ...filesOf({ a: { rest: slow, stress: [] } }), "a/maths/annotation_cs.tsv": "100\nNaN\n" },
    {
      message: new SyntaxError(
        'DB/a/maths/annotation_cs.tsv: Cannot read line 2: it must be a sample number, got "NaN"',
      ),
    },
  );
  await refuses(filesOf({ a: { rest: [250, 500, 490], stress: fast } }), {
    message:
      "DB/a/sitting/annotation_cs.tsv: Cannot read line 3: sample numbers must increase, got 490 after 500",
  });
});

Deno.test("beats names the file whose beats fill no window of one mean rate", () =>
  refuses(filesOf({ a: { rest: slow, stress: fast } }), {
    parameters: { equalMeanRate: { bpm: 90, windowSeconds: 30 } },
    message:
      "DB/a/sitting/annotation_cs.tsv: Cannot render windows of 30 s at 90 bpm: there must be at least 45 " +
      "intervals, got 29",
  }));
