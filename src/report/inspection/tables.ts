/**
 * Tables of what is in data.
 *
 * @module
 */
import { byCodePoint } from "../../formats/window_table.ts";
import { formatCount, formatPercent, formatSeconds, formatSignificant } from "../format.ts";
import { cell, groupRows, numberColumns, type PrintedTable, textColumns } from "../tables/table.ts";
import type { InspectionData, RecordingFacts } from "./data.ts";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Recordings, people and time of each stimulus or condition. */
export function stimuliTable({ recordings }: InspectionData): PrintedTable {
  const groups = [...Map.groupBy(recordings, ({ stimulus }) => stimulus)].toSorted(([one], [other]) =>
    byCodePoint(one, other)
  );
  const row = (group: string, name: string, own: readonly RecordingFacts[]) => ({
    group,
    cells: [
      cell(name),
      cell(formatCount(own.length)),
      cell(formatCount(new Set(own.map(({ subject }) => subject)).size)),
      cell(formatSeconds(sum(own.map(({ seconds }) => seconds)))),
      cell(formatSeconds(Math.min(...own.map(({ seconds }) => seconds)))),
      cell(formatSeconds(Math.max(...own.map(({ seconds }) => seconds)))),
    ],
  });
  return {
    name: "stimuli",
    caption: "Recordings by stimulus or condition",
    columns: [
      ...textColumns("Stimulus"),
      ...numberColumns("Recordings", "Subjects", "Together", "Shortest", "Longest"),
    ],
    rows: groupRows([
      ...groups.length > 1 ? [row("all", "all", recordings)] : [],
      ...groups.map(([stimulus, own]) => row("stimulus", stimulus, own)),
    ]),
    notes: [],
  };
}

/** Every recording, with its leads and labels. */
export function recordingsTable({ recordings, ratings, dataset: { ranges } }: InspectionData): PrintedTable {
  const labels = Object.keys(ranges).filter((name) => !(name in ratings));
  return {
    name: "recordings",
    caption: "Recordings",
    columns: [
      ...textColumns("Recording", "Leads", "Used"),
      ...numberColumns("Rate", "Length", ...labels),
    ],
    rows: groupRows(recordings.map((recording) => ({
      group: recording.subject,
      cells: [
        cell(recording.id),
        cell(recording.leads),
        cell(recording.lead),
        cell(`${formatSignificant(recording.sampleRateHz)} Hz`),
        cell(formatSeconds(recording.seconds)),
        ...labels.map((name) => cell(String(recording.labels[name] ?? "·"))),
      ],
    }))),
    notes: [],
  };
}

/** What windows are by their signal. */
export function qualityTable({ windows }: InspectionData): PrintedTable {
  const verdicts = [...Map.groupBy(windows, ({ verdict }) => verdict)].toSorted(([one], [other]) =>
    Number(other === "ok") - Number(one === "ok") || byCodePoint(one, other)
  );
  return {
    name: "quality",
    caption: "Windows by the quality of their signal",
    columns: [...textColumns("Signal"), ...numberColumns("Windows", "Share", "Subjects")],
    rows: groupRows(verdicts.map(([verdict, own]) => ({
      group: "",
      cells: [
        cell(verdict),
        cell(formatCount(own.length)),
        cell(formatPercent(own.length / windows.length)),
        cell(formatCount(new Set(own.map(({ subject }) => subject)).size)),
      ],
    }))),
    notes: [
      "The first of these that holds: samples missing, flat, noise (kurtosis below 4), an implausible heart rate (not 40 to 180 a " +
      "minute, or 3 s without a beat), saturated. Missing and flat windows are always left out, others where signal.quality says so.",
    ],
  };
}

/** Windows and people of each class, and of none. */
export function classesTable({ classes, windows, discarded }: InspectionData): PrintedTable {
  const rows = classes.map((name) => windows.filter((window) => window.class === name));
  return {
    name: "classes",
    caption: "Windows by class",
    columns: [...textColumns("Class"), ...numberColumns("Windows", "Share", "Subjects")],
    rows: groupRows([
      ...classes.map((name, index) => ({
        group: "class",
        cells: [
          cell(name),
          cell(formatCount(rows[index].length)),
          cell(formatPercent(rows[index].length / windows.length)),
          cell(formatCount(new Set(rows[index].map(({ subject }) => subject)).size)),
        ],
      })),
      ...discarded.map(({ reason, windows: count }) => ({
        group: "none",
        cells: [
          cell(`no class: ${reason}`),
          cell(formatCount(count)),
          cell(formatPercent(count / windows.length)),
          cell(""),
        ],
      })),
    ]),
    notes: [],
  };
}
