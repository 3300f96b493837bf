/**
 * The tables of PTB-XL: whose a record is, what it was found to show, and the fold that its authors put it in.
 *
 * Columns as Wagner et al. 2020 (Sci Data 7:154, table 2) and the database's own example list them; not verified on the
 * original files.
 *
 * @module
 */
import { basename, join } from "node:path";
import { readDelimited } from "../../formats/table/delimited.ts";
import { cellError, columnOf, numberOf, type Table, type TableRow } from "../../formats/table/table.ts";
import { byCodePoint } from "../../formats/window_table.ts";
import { hasFile, requireFile } from "../files.ts";
import type { DatabaseTables, RecordFacts } from "./databases.ts";
import { AGE, FOLD } from "./labels.ts";

const DATABASE = "ptbxl_database.csv", STATEMENTS = "scp_statements.csv";
/** The columns with the path of a record at 100 Hz and at 500 Hz. */
const RECORDS = ["filename_lr", "filename_hr"];
const MALE = 0, FEMALE = 1;
/** What stands for every age over 89. */
const OVER_89 = ["300", "300.0"];

/**
 * Reads `ptbxl_database.csv` and, where it is there, `scp_statements.csv`.
 *
 * A record's subject is its `patient_id`. Labels: `age` (null for the 300 that stands for over 89), `sex` (M, F), `scpCodes`
 * (all statements, joined by `+`, in code-point order), `superclass` (the diagnostic classes of the statements that are
 * diagnostic, joined alike, whatever their likelihood, as the database's example has it; null without any) and `stratFold`.
 *
 * Throws RangeError, with file and row, for a cell that can't be read; SyntaxError for a table without one of the columns.
 */
export async function readPtbXlTables(folder: string): Promise<DatabaseTables> {
  const path = join(folder, DATABASE), statements = join(folder, STATEMENTS);
  await requireFile(path, { what: "the table of PTB-XL, which says whose a record is" });
  const hasStatements = await hasFile(statements, { what: "the table of statements" });
  const classes = hasStatements ? diagnosticClasses(await tableAt(statements)) : undefined;
  return {
    files: [path, ...hasStatements ? [statements] : []],
    records: recordFacts(await tableAt(path), { classes }),
  };
}

/** What the table of records says, by the name of the record; `classes` by the statement that belongs to them. */
export function recordFacts(
  table: Table,
  { classes }: { classes?: ReadonlyMap<string, string> } = {},
): Map<string, RecordFacts> {
  const at = (name: string) => columnOf(table, name), facts = new Map<string, RecordFacts>();
  const columns = {
    patient: at("patient_id"),
    age: at("age"),
    sex: at("sex"),
    scp: at("scp_codes"),
    fold: at("strat_fold"),
  };
  const names = RECORDS.map(at);
  for (const row of table.rows) {
    const whole = { row, column: columns.patient, from: 0, to: Number.MAX_SAFE_INTEGER };
    const patient = numberOf(table, whole);
    if (patient === null || !Number.isInteger(patient)) {
      throw cellError(table, { row, column: columns.patient, must: "be a whole number" });
    }
    const codes = [...readScpCodes(table, { row, column: columns.scp }).keys()].toSorted(byCodePoint);
    const found = new Set(codes.flatMap((code) => classes?.get(code) ?? []));
    const sex = numberOf(table, { row, column: columns.sex, from: MALE, to: FEMALE });
    const labels = {
      age: numberOf(table, { row, column: columns.age, ...AGE, missing: OVER_89 }),
      sex: sex === null ? null : sex === MALE ? "M" : "F",
      scpCodes: joined(codes),
      superclass: joined([...found].toSorted(byCodePoint)),
      stratFold: numberOf(table, { row, column: columns.fold, ...FOLD }),
    };
    for (const column of names) {
      const record = basename(row.cells[column] ?? "");
      if (record !== "") facts.set(record, { subject: String(patient), labels });
    }
  }
  return facts;
}

/**
 * The likelihood of each statement in a cell, in percent (0 where it is not known): a Python dict, `{'NORM': 100.0, 'SR': 0.0}`.
 *
 * Throws RangeError, with file and row, for another text. Nothing in it is evaluated.
 */
export function readScpCodes(
  table: Table,
  { row, column }: { row: TableRow; column: number },
): Map<string, number> {
  const text = row.cells[column] ?? "", codes = new Map<string, number>();
  const inside = /^\{\s*(.*?)\s*\}$/s.exec(text)?.[1];
  if (inside === undefined) throw refusal();
  for (const entry of inside === "" ? [] : inside.split(/\s*,\s*/)) {
    const [, code, likelihood] = /^'([^']+)'\s*:\s*(\d+(?:\.\d*)?)$/.exec(entry) ?? [];
    if (code === undefined || Number(likelihood) > 100) throw refusal();
    codes.set(code, Number(likelihood));
  }
  return codes;

  function refusal(): RangeError {
    return cellError(table, { row, column, must: "be a dict of statements and likelihoods from 0 to 100" });
  }
}

/** The class of each statement that is diagnostic. */
function diagnosticClasses(table: Table): Map<string, string> {
  const diagnostic = columnOf(table, "diagnostic"), group = columnOf(table, "diagnostic_class");
  return new Map(
    table.rows.filter(({ cells }) => Number(cells[diagnostic]) === 1)
      // The column of the statements has no name.
      .map(({ cells }) => [cells[0], cells[group]]),
  );
}

async function tableAt(path: string): Promise<Table> {
  return readDelimited(await Deno.readTextFile(path), { file: path, delimiter: "," });
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join("+");
}
