/** Writes small folders of the layout of known databases. */
import { join } from "node:path";
import { pulses } from "../pulses.ts";
import { smallRecord, writeDatabase } from "./write_database.ts";

/** A row of `ptbxl_database.csv`. */
export interface PtbXlRow {
  readonly id: number;
  readonly patient: number;
  readonly age?: string;
  readonly sex?: string;
  readonly scpCodes?: string;
  readonly fold?: number;
}

export const PTB_XL_COLUMNS =
  "ecg_id,patient_id,age,sex,height,weight,nurse,site,device,recording_date,report,scp_codes,strat_fold,filename_lr,filename_hr";

/** The table of records; a report holds a comma and a line break, as some do. */
export function ptbXlTable(rows: readonly PtbXlRow[]): string {
  const lines = rows.map(
    ({ id, patient, age = "56.0", sex = "1", scpCodes = "{'NORM': 100.0, 'SR': 0.0}", fold = 1 }) => {
      const name = String(id).padStart(5, "0");
      const files = `records100/00000/${name}_lr,records500/00000/${name}_hr`;
      return `${id},${patient}.0,${age},${sex},,63.0,2.0,0.0,CS-12   E,1984-11-09 09:17:34,"sinusrhythmus,\nnormales ekg",` +
        `"${scpCodes}",${fold},${files}`;
    },
  );
  return [PTB_XL_COLUMNS, ...lines].join("\n") + "\n";
}

const SCP_STATEMENTS = `,description,diagnostic,form,rhythm,diagnostic_class,diagnostic_subclass
NDT,non-diagnostic T abnormalities,1.0,1.0,,STTC,STTC
NORM,normal ECG,1.0,,,NORM,NORM
IMI,inferior myocardial infarction,1.0,,,MI,IMI
ABQRS,abnormal QRS,,1.0,,,
SR,sinus rhythm,,,1.0,,
`;

/** PTB-XL: every record at both rates, the table of records and that of statements. */
export async function writePtbXl(
  folder: string,
  rows: readonly PtbXlRow[],
  { seconds }: { seconds?: number } = {},
): Promise<void> {
  const names = rows.map(({ id }) => String(id).padStart(5, "0"));
  const record = (path: string, { rateHz, id }: { rateHz: number; id: string }) =>
    smallRecord(path, {
      rate: String(rateHz),
      format: 16,
      signals: ["I", "II"].map((name) => ({
        name,
        gain: "1000.0(0)/mV",
        samples: seconds === undefined
          ? [-119, -116, -120]
          : pulses({ seconds, rateHz, bpm: 60 + Number(id) }),
      })),
    });
  const records = names.flatMap((name) => [
    record(`records100/00000/${name}_lr`, { rateHz: 100, id: name }),
    record(`records500/00000/${name}_hr`, { rateHz: 500, id: name }),
  ]);
  await writeDatabase(folder, records);
  await Deno.writeTextFile(join(folder, "RECORDS"), records.map(({ name }) => `${name}\n`).join(""));
  await Deno.writeTextFile(join(folder, "ptbxl_database.csv"), ptbXlTable(rows));
  await Deno.writeTextFile(join(folder, "scp_statements.csv"), SCP_STATEMENTS);
}

/** Icentia11k: two segments each of as many people, one lead at 250 Hz, beats and rhythms in `.atr`. */
export async function writeIcentia11k(folder: string, people: number): Promise<void> {
  const names = Array.from({ length: people }, (_, person) => `p${String(person).padStart(5, "0")}`);
  await writeDatabase(
    folder,
    names.flatMap((name) =>
      ["s00", "s01"].map((segment) =>
        smallRecord(`p00/${name}/${name}_${segment}`, {
          format: 16,
          signals: [{ name: "ecg", gain: "1000.0(0)/mV", samples: [10, -20, 30, 40] }],
          annotations: { atr: [{ sample: 1, code: 28, text: "(N" }, { sample: 2, code: 1 }] },
        })
      )
    ),
  );
}

/** The QT Database: two leads at 250 Hz; beats of the source in `.atr`, which some lack, and waves of some beats in `.q1c`. */
export async function writeQtdb(folder: string): Promise<void> {
  const signals = ["ECG1", "ECG2"].map((name) => ({ name, samples: [1, 2, 3, 4] }));
  const q1c = [{ sample: 0, code: 39, number: 1 }, { sample: 1, code: 1 }, {
    sample: 2,
    code: 40,
    number: 1,
  }];
  await writeDatabase(folder, [
    smallRecord("sel100", { signals, annotations: { atr: [{ sample: 1, code: 1 }], q1c } }),
    smallRecord("sel30", { signals, annotations: { q1c } }),
  ]);
  await Deno.writeTextFile(join(folder, "RECORDS"), "sel100\nsel30\n");
}
