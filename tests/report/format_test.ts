import assert from "node:assert/strict";
import {
  formatBudget,
  formatBytes,
  formatCount,
  formatDifference,
  formatError,
  formatInterval,
  formatList,
  formatPercent,
  formatPValue,
  formatQuantity,
  formatScore,
  formatSeconds,
  formatShare,
  formatSignificant,
  formatTimes,
  metricLabel,
} from "../../src/report/format.ts";

Deno.test("formatScore() rounds, and writes an en dash for what is undefined", () => {
  assert.deepEqual([0.81249, 1, 0].map((score) => formatScore(score)), ["0.812", "1.000", "0.000"]);
  assert.deepEqual([formatScore(0.876, 2), formatScore(null), formatScore(NaN)], ["0.88", "–", "–"]);
});

Deno.test("formatDifference() has a sign unless it rounds to zero", () => {
  assert.deepEqual([0.0731, -0.0374, 0.0001, -0.0001, null].map((value) => formatDifference(value)), [
    "+0.073",
    "−0.037",
    "0.000",
    "0.000",
    "–",
  ]);
});

Deno.test("formatInterval() is empty where an end is undefined", () => {
  assert.equal(formatInterval({ low: -0.01, high: 0.2 }), "[−0.010, 0.200]");
  assert.equal(formatInterval({ low: null, high: 0.2 }), "");
});

Deno.test("formatPValue() never says that p is zero", () => {
  assert.deepEqual([0.0121, 0.001, 0.00099, 0, null].map(formatPValue), [
    "0.012",
    "0.001",
    "< 0.001",
    "< 0.001",
    "–",
  ]);
});

Deno.test("formatCount() puts commas between thousands", () => {
  assert.deepEqual([0, 999, 1000, 12345.6, 1234567, null].map(formatCount), [
    "0",
    "999",
    "1,000",
    "12,346",
    "1,234,567",
    "–",
  ]);
  assert.deepEqual([formatQuantity(1, "window"), formatQuantity(2, "window")], ["1 window", "2 windows"]);
});

Deno.test("formatBudget() writes shares as percentages, counts as counts", () => {
  assert.deepEqual([
    formatBudget(0.01),
    formatBudget(0.025),
    formatBudget(1),
    formatBudget(1000),
    formatBudget("all"),
  ], [
    "1%",
    "2.5%",
    "1",
    "1,000",
    "all",
  ]);
});

Deno.test("formatShare() and formatPercent() write shares of one", () => {
  assert.deepEqual([formatShare(0.1 + 0.2), formatShare(null), formatPercent(0.0361), formatPercent(null)], [
    "30%",
    "–",
    "3.6%",
    "–",
  ]);
});

Deno.test("formatTimes() and formatSignificant() keep the digits that say something", () => {
  assert.deepEqual([0.62, 7, 9.96, 123.4].map(formatTimes), ["0.6", "7.0", "10", "123"]);
  assert.deepEqual([0.30000000000000004, 12.345, 0].map(formatSignificant), ["0.3", "12.3", "0"]);
});

Deno.test("formatError(), formatBytes() and formatSeconds() choose their unit", () => {
  assert.deepEqual([0, 3.14e-7].map(formatError), ["0", "3.1e-7"]);
  assert.deepEqual([999, 1500, 2613482].map(formatBytes), ["999 B", "1.5 kB", "2.6 MB"]);
  assert.deepEqual([1e6, 3e9, 1.1e12, 5e15].map(formatBytes), ["1.0 MB", "3.0 GB", "1.1 TB", "5000.0 TB"]);
  assert.deepEqual([0.42, 59.96, 75, 3599.7, 48211].map(formatSeconds), [
    "0.4 s",
    "1 min 0 s",
    "1 min 15 s",
    "1 h 0 min",
    "13 h 24 min",
  ]);
});

Deno.test("formatList() and metricLabel() write words", () => {
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(formatList), [
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
  assert.deepEqual([metricLabel("auroc"), metricLabel("within-subject-auroc")], [
    "AUROC",
    "Within-subject AUROC",
  ]);
});
