/** OpenSignals texts as a RespiBAN's: every line of numbers ends with a tab. */

/** A device of three channels. */
export const DEVICE = {
  sensor: ["ECG", "EDA", "RESPIRATION"],
  "device name": "00:07:80:D8:AB:52",
  column: ["nSeq", "DI", "CH1", "CH2", "CH3"],
  "sampling rate": 700,
  resolution: [16, 16, 16],
};

/** The text of a recording; `header` is what stands for the devices. */
export function writeOpenSignals(header: unknown, rows: Iterable<readonly number[]>): string {
  const lines = ["# OpenSignals Text File Format", `# ${JSON.stringify(header)}`, "# EndOfHeader"];
  for (const row of rows) lines.push(row.map((value) => `${value}\t`).join(""));
  return `${lines.join("\n")}\n`;
}
