/**
 * Windows counted: by class, by the reason for which they were left out, and by person.
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import type { DiscardCount, ReportData } from "../data.ts";
import { formatCount } from "../format.ts";
import { cell, groupRows, numberColumns, type PrintedTable, type TableCell, textColumns } from "./table.ts";

/** Windows and subjects of each class, and how many of them are hard negatives. */
export function classesTable({ classCounts, hardNegatives }: ReportData): PrintedTable {
  const marked = hardNegatives === null ? [] : [{
    group: "hard negatives",
    cells: [
      cell(`hard negatives: ${hardNegatives.name}`),
      cell(formatCount(hardNegatives.windows)),
      cell(formatCount(hardNegatives.subjects)),
    ],
  }];
  return {
    name: "classes",
    caption: "Windows and subjects of each class",
    columns: [...textColumns("Class"), ...numberColumns("Windows", "Subjects")],
    rows: groupRows([
      ...classCounts.map((count) => ({
        group: "class",
        cells: [cell(count.class), cell(formatCount(count.windows)), cell(formatCount(count.subjects))],
      })),
      ...marked,
    ]),
    notes: [],
  };
}

/** Windows without a class and the subjects that they are of, by reason; the total first where there are several reasons. */
export function discardedTable({ discarded }: ReportData): PrintedTable {
  const reasons = [...Map.groupBy(discarded, ({ reason }) => reason)];
  const row = (group: string, name: string, own: readonly DiscardCount[]) => ({
    group,
    cells: [
      cell(name),
      cell(formatCount(total(own))),
      cell(formatCount(new Set(own.map(({ subject }) => subject)).size)),
    ],
  });
  return {
    name: "discarded",
    caption: "Windows left out, by reason",
    columns: [...textColumns("Reason"), ...numberColumns("Windows", "Subjects")],
    rows: groupRows([
      ...reasons.length > 1 ? [row("total", "all reasons", discarded)] : [],
      ...reasons.map(([reason, own]) => row("reason", reason, own)),
    ]),
    notes: [],
  };
}

/** One count of windows for everybody. */
interface Count {
  readonly name: string;
  readonly of: (subject: string) => number;
}

/**
 * The windows of each person: of every class, hard negatives among them, and left out by reason; the totals first.
 *
 * People are rows, unless there are fewer of them than counts.
 */
export function peopleTable(data: ReportData): PrintedTable {
  const { people, classCounts, hardNegatives, discarded } = data;
  const byName = new Map(people.map((person) => [person.subject, person]));
  const names = [...new Set([...byName.keys(), ...discarded.map(({ subject }) => subject)])].sort(
    byCodePoint,
  );
  const counts: Count[] = [
    ...classCounts.map((entry, index) => ({
      name: entry.class,
      of: (subject: string) => byName.get(subject)?.windows[index] ?? 0,
    })),
    ...hardNegatives === null ? [] : [{
      name: "hard negatives",
      of: (subject: string) => byName.get(subject)?.hardNegatives ?? 0,
    }],
    ...[...Map.groupBy(discarded, ({ reason }) => reason)].map(([reason, own]) => ({
      name: `left out: ${reason}`,
      of: (subject: string) => total(own.filter((discard) => discard.subject === subject)),
    })),
  ];
  const everybody = (count: Count) => names.reduce((sum, name) => sum + count.of(name), 0);
  const printed = (value: number): TableCell => cell(value === 0 ? "·" : formatCount(value));
  const table = names.length < counts.length
    ? {
      columns: [...textColumns("Windows"), ...numberColumns("All", ...names)],
      rows: groupRows(counts.map((count) => ({
        group: "",
        cells: [
          cell(count.name),
          printed(everybody(count)),
          ...names.map((name) => printed(count.of(name))),
        ],
      }))),
    }
    : {
      columns: [...textColumns("Subject"), ...numberColumns(...counts.map(({ name }) => name))],
      rows: groupRows([
        { group: "all", cells: [cell("all"), ...counts.map((count) => printed(everybody(count)))] },
        ...names.map((name) => ({
          group: "subject",
          cells: [cell(name), ...counts.map((count) => printed(count.of(name)))],
        })),
      ]),
    };
  return {
    name: "people",
    caption: "Windows of each person, by class and by the reason for which they were left out",
    ...table,
    notes: [],
  };
}

function total(discarded: readonly DiscardCount[]): number {
  return discarded.reduce((sum, { windows }) => sum + windows, 0);
}
