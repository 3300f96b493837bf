import assert from "node:assert/strict";
import { join } from "node:path";
import { open, recordingsOf, smallRecord, withDataFolder, writeDatabase } from "./write_database.ts";

/** Writes records with these names and gives what `use` needs to open them. */
function withRecords(
  names: readonly string[],
  use: (opened: {
    folder: string;
    select: (parameters: Record<string, unknown>) => Promise<{ ids: string[]; notes: readonly string[] }>;
  }) => Promise<void>,
  { name = "db" }: { name?: string } = {},
): Promise<void> {
  return withDataFolder(async (dataFolder) => {
    const folder = join(dataFolder, name);
    await writeDatabase(folder, names.map((record) => smallRecord(record)));
    await use({
      folder,
      async select(parameters) {
        const dataset = await open({ path: name, ...parameters }, dataFolder);
        return { ids: (await recordingsOf(dataset)).map(({ id }) => id), notes: dataset.notes };
      },
    });
  });
}

Deno.test("selectRecords() uses the records that are named and leaves out those that are excluded, with the reason", () =>
  withRecords(["100", "101", "102"], async ({ select }) => {
    assert.deepEqual(await select({ records: [102, "100"] }), {
      ids: ["db/100/1/100", "db/102/1/102"],
      notes: ["2 of the database's 3 records are used"],
    });
    assert.deepEqual(await select({ exclude: { records: [101, 102], why: "paced (AAMI EC57)" } }), {
      ids: ["db/100/1/100"],
      notes: ["Left out: 101 and 102: paced (AAMI EC57)"],
    });
    assert.deepEqual(await select({ records: [100, 101], exclude: { records: [101], why: "noise" } }), {
      ids: ["db/100/1/100"],
      notes: ["1 of the database's 3 records are used", "Left out: 101: noise"],
    });
    const reasons = [{ records: [102], why: "paced" }, { records: [100], why: "101's other record" }];
    assert.deepEqual(await select({ exclude: reasons }), {
      ids: ["db/101/1/101"],
      notes: ["Left out: 102: paced", "Left out: 100: 101's other record"],
    });
  }));

Deno.test("selectRecords() gives the records of one person one subject, named after the first", () =>
  withRecords(["200", "201", "202", "203"], async ({ select }) => {
    const { ids } = await select({ sameSubject: [[202, 201]] });
    assert.deepEqual(ids, ["db/200/1/200", "db/202/1/201", "db/202/1/202", "db/203/1/203"]);
    const rest = await select({ sameSubject: [[201, 202]], exclude: { records: [201], why: "noise" } });
    assert.deepEqual(rest.ids, ["db/200/1/200", "db/201/1/202", "db/203/1/203"]);
  }));

Deno.test("selectRecords() notes records that are known to be one person's and count as several", () =>
  withRecords(["201", "202"], async ({ select }) => {
    const note =
      "Records 201 and 202 are one person's and count as 2 people; sameSubject: [[201, 202]] joins them";
    assert.deepEqual((await select({})).notes, [note]);
    assert.deepEqual((await select({ sameSubject: [[201, 202]] })).notes, []);
    assert.deepEqual((await select({ exclude: { records: [202], why: "201's" } })).notes, [
      "Left out: 202: 201's",
    ]);
  }, { name: "mitdb" }));

Deno.test("selectRecords() takes the folder of a record as its subject when asked to", () =>
  withRecords(["p/anna/s1", "p/anna/s2", "p/ben/s3"], async ({ select }) => {
    const { ids } = await select({ subject: "folder" });
    assert.deepEqual(ids, ["db/anna/1/s1", "db/anna/1/s2", "db/ben/1/s3"]);
    const joined = await select({ subject: "folder", sameSubject: [["s3", "s1", "s2"]] });
    assert.deepEqual(joined.ids, ["db/ben/1/s1", "db/ben/1/s2", "db/ben/1/s3"]);
  }));

Deno.test("selectRecords() throws RangeError where folders do not tell people apart", async () => {
  await withRecords(["p/anna/s1", "q/anna/s2"], async ({ folder, select }) => {
    await assert.rejects(
      select({ subject: "folder" }),
      new RangeError(
        `${folder}: Cannot name people after folders: the folders' names must differ, got p/anna and q/anna`,
      ),
    );
  });
  await withRecords(["s1"], async ({ folder, select }) => {
    await assert.rejects(
      select({ subject: "folder" }),
      new RangeError(
        `${
          join(folder, "s1.hea")
        }: Cannot tell whose record s1 is: with subject "folder" it must lie in a person's folder, ` +
          `got the database's own`,
      ),
    );
  });
});

Deno.test("selectRecords() throws RangeError with the nearest name for a record that does not exist", () =>
  withRecords(["100", "101", "x_hr"], async ({ folder, select }) => {
    const missing = (key: string, got: string) =>
      new RangeError(
        `${folder}: Cannot find a record: "${key}" must name records of this database, such as 100, got ${got}`,
      );
    await assert.rejects(select({ records: [1001] }), missing("records", '"1001"; did you mean "100"?'));
    await assert.rejects(
      select({ exclude: { records: ["x-hr"], why: "noise" } }),
      missing("exclude.records", '"x-hr"; did you mean "x_hr"?'),
    );
    await assert.rejects(select({ sameSubject: [[100, "nobody"]] }), missing("sameSubject", '"nobody"'));
  }));

Deno.test("selectRecords() throws RangeError for a record in two groups and when none is left", () =>
  withRecords(["100", "101", "102"], async ({ folder, select }) => {
    await assert.rejects(
      select({ sameSubject: [[100, 101], [101, 102]] }),
      new RangeError(
        `${folder}: Cannot join records of one person: each must be in one group of sameSubject, got 101 in two`,
      ),
    );
    await assert.rejects(
      select({ records: [100], exclude: { records: [100], why: "noise" } }),
      new RangeError(
        `${folder}: Cannot open the WFDB database: exclude.records must leave at least one record, got none`,
      ),
    );
  }));
