/**
 * Where datasets lie that anybody may download without an account.
 *
 * @module
 */
import * as caseRights from "../datasets/case/rights.ts";
import { knownDatabase } from "../datasets/wfdb/databases.ts";
import * as yaadRights from "../datasets/yaad/rights.ts";
import type { ListForm } from "./lists.ts";

/** A dataset that can be downloaded. */
export interface Source {
  readonly title: string;
  readonly licence: string;
  /** What its authors ask to cite. */
  readonly citation: string;
  /** The page that a person reads. */
  readonly page: string;
  /** What all of it needs on disk, in bytes, to about two digits. */
  readonly bytes: number;
  /** What a file may hold at most, in bytes: a body without an end is cut off there. */
  readonly largestFile: number;
  /** The list of its files, or that of its folders where files are listed by folder. */
  readonly list: { readonly form: ListForm; readonly url: string };
  /** Hosts, other than the list's, from which files may come, through https alone. */
  readonly hosts: readonly string[];
  /** What a person should know before, as in `the server's answers are not verified`. */
  readonly notes: readonly string[];
}

const MB = 1e6, GB = 1e9, TB = 1e12;

/** A database of PhysioNet: its files lie one by one beside `SHA256SUMS.txt`. */
function physionet(
  name: string,
  { title, version, bytes, largestFile = GB, notes = [] }:
    & Pick<Source, "title" | "bytes">
    & Partial<Pick<Source, "largestFile" | "notes">>
    & { version: string },
): Source {
  const known = knownDatabase(name);
  if (known === undefined) {
    throw new RangeError(`Cannot list ${name}: its licence and citation must be known, got none`);
  }
  return {
    title,
    licence: known.licence,
    citation: known.citation,
    page: `https://physionet.org/content/${name}/${version}/`,
    bytes,
    largestFile,
    list: { form: "sha256sums", url: `https://physionet.org/files/${name}/${version}/SHA256SUMS.txt` },
    hosts: ["www.physionet.org"],
    notes,
  };
}

/** The datasets by name; a name is also that of the folder. */
export const SOURCES = {
  mitdb: physionet("mitdb", {
    title: "MIT-BIH Arrhythmia Database",
    version: "1.0.0",
    bytes: 100 * MB,
  }),
  ludb: physionet("ludb", {
    title: "Lobachevsky University Electrocardiography Database",
    version: "1.0.1",
    bytes: 30 * MB,
  }),
  qtdb: physionet("qtdb", {
    title: "QT Database",
    version: "1.0.0",
    bytes: 150 * MB,
  }),
  "ptb-xl": physionet("ptb-xl", {
    title: "PTB-XL, a large publicly available electrocardiography dataset",
    version: "1.0.3",
    bytes: 3 * GB,
    notes: ["--only records500 --only ptbxl_database.csv leaves out the copies at 100 Hz"],
  }),
  icentia11k: physionet("icentia11k-continuous-ecg", {
    title: "Icentia11k Single Lead Continuous Raw Electrocardiogram Dataset",
    version: "1.0",
    bytes: 1.1 * TB,
    notes: ["--only p00/p00000 takes one person; all of it are 11,000 people and 1.6 million files"],
  }),
  case: {
    title: "CASE, continuously annotated signals of emotion",
    licence: caseRights.LICENCE,
    citation: caseRights.CITATION,
    page: "https://springernature.figshare.com/articles/dataset/CASE_Dataset-full/8869157",
    bytes: 10 * GB,
    largestFile: 20 * GB,
    list: { form: "figshare", url: "https://api.figshare.com/v2/articles/8869157/files" },
    hosts: [
      "ndownloader.figshare.com",
      "figshare.com",
      "springernature.figshare.com",
      "s3-eu-west-1.amazonaws.com",
    ],
    notes: ["figshare publishes MD5, no SHA-256", "the size and the server's answers are not verified"],
  },
  yaad: {
    title: "YAAD, young adult's affective data (ECG and GSR)",
    licence: yaadRights.LICENCE,
    citation: yaadRights.CITATION,
    page: "https://data.mendeley.com/datasets/g2p7vwxyn2/4",
    bytes: 100 * MB,
    largestFile: 5 * GB,
    list: {
      form: "mendeley",
      url: "https://data.mendeley.com/public-api/datasets/g2p7vwxyn2/folders/4",
    },
    hosts: ["prod-dcd-datasets-public-files-eu-west-1.s3.eu-west-1.amazonaws.com"],
    notes: ["the size and the server's answers are not verified"],
  },
} as const satisfies Record<string, Source>;

/** The name of a dataset that can be downloaded. */
export type SourceName = keyof typeof SOURCES;
