/**
 * Where datasets lie that anybody may download without an account.
 *
 * @module
 */
import { knownDatabase } from "../datasets/wfdb/databases.ts";
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
  /** The list of its files. */
  readonly list: { readonly form: ListForm; readonly url: string };
  /** Hosts, other than the list's, from which files may come, through https alone. */
  readonly hosts: readonly string[];
  /** What a person should know before, as in `the server's answers are not verified`. */
  readonly notes: readonly string[];
}

const MB = 1e6, GB = 1e9, TB = 1e12;
const GOLDBERGER = "Data: PhysioNet, Goldberger AL et al. Circulation 2000;101(23):e215-e220";
const ODC_BY = "Open Data Commons Attribution License v1.0 (ODC-BY 1.0)";

/** A database of PhysioNet: its files lie one by one beside `SHA256SUMS.txt`. */
function physionet(
  name: string,
  { title, version, bytes, largestFile = GB, notes = [], ...rights }:
    & Pick<Source, "title" | "bytes">
    & Partial<Pick<Source, "largestFile" | "notes" | "licence" | "citation">>
    & { version: string },
): Source {
  const { licence, citation } = { ...knownDatabase(name), ...rights };
  if (licence === undefined || citation === undefined) {
    throw new RangeError(`Cannot list ${name}: its licence and citation must be given, got none`);
  }
  return {
    title,
    licence,
    citation,
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
    licence: ODC_BY,
    citation:
      "Laguna P, Mark RG, Goldberger A, Moody GB. A database for evaluation of algorithms for measurement of QT and " +
      "other waveform intervals in the ECG. Computers in Cardiology 1997;24:673-676. doi:10.1109/CIC.1997.648140. " +
      GOLDBERGER,
    bytes: 150 * MB,
  }),
  "ptb-xl": physionet("ptb-xl", {
    title: "PTB-XL, a large publicly available electrocardiography dataset",
    version: "1.0.3",
    licence: "Creative Commons Attribution 4.0 International (CC BY 4.0)",
    citation:
      "Wagner P, Strodthoff N, Bousseljot RD, Kreiseler D, Lunze FI, Samek W, Schaeffter T. PTB-XL, a large " +
      "publicly available electrocardiography dataset. Scientific Data 2020;7:154. doi:10.1038/s41597-020-0495-6. " +
      "Data: PhysioNet, doi:10.13026/kfzx-aw45",
    bytes: 3 * GB,
    notes: ["--only records500 --only ptbxl_database.csv leaves out the copies at 100 Hz"],
  }),
  icentia11k: physionet("icentia11k-continuous-ecg", {
    title: "Icentia11k Single Lead Continuous Raw Electrocardiogram Dataset",
    version: "1.0",
    licence: "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0)",
    citation:
      "Tan S, Androz G, Ortiz-Gagne S, Chamseddine A, Fecteau P, Courville A, Bengio Y, Cohen JP. Icentia11k: an " +
      "unsupervised representation learning dataset for arrhythmia subtype discovery. Computing in Cardiology 2021. " +
      "Data: PhysioNet, doi:10.13026/kk0v-r952",
    bytes: 1.1 * TB,
    notes: ["--only p00/p00000 takes one person; all of it are 11,000 people and 1.6 million files"],
  }),
  case: {
    title: "CASE, continuously annotated signals of emotion",
    licence:
      "as its page says: CC BY 4.0 or CC0 1.0 (named differently by those who use it; look before you share)",
    citation:
      "Sharma K, Castellini C, van den Broek EL, Albu-Schaeffer A, Schwenker F. A dataset of continuous affect " +
      "annotations and physiological signals for emotion analysis. Scientific Data 2019;6:196. " +
      "doi:10.1038/s41597-019-0209-0",
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
    notes: ["figshare publishes MD5, no SHA-256", "the server's answers are not verified"],
  },
  yaad: {
    title: "YAAD, young adult's affective data (ECG and GSR)",
    licence: "Creative Commons Attribution 4.0 International (CC BY 4.0), as its page says",
    citation:
      "Dar MN, Rahim A, Akram MU, Khawaja SG, Rahim A. YAAD: young adult's affective data using wearable ECG and " +
      "GSR sensors. 2nd International Conference on Digital Futures and Transformative Technologies (ICoDT2) 2022. " +
      "Data: Mendeley Data, doi:10.17632/g2p7vwxyn2",
    page: "https://data.mendeley.com/datasets/g2p7vwxyn2/4",
    bytes: 100 * MB,
    largestFile: 5 * GB,
    list: {
      form: "mendeley",
      url: "https://data.mendeley.com/public-api/datasets/g2p7vwxyn2/files?folder_id=root&version=4",
    },
    hosts: [
      "prod-dcd-datasets-public-files-eu-west-1.s3.eu-west-1.amazonaws.com",
      "prod-dcd-datasets-cache-zipfiles.s3.eu-west-1.amazonaws.com",
    ],
    notes: ["the server's answers are not verified"],
  },
} as const satisfies Record<string, Source>;

/** The name of a dataset that can be downloaded. */
export type SourceName = keyof typeof SOURCES;
