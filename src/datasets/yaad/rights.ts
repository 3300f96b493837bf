/**
 * The licence of YAAD and what to cite.
 *
 * @module
 */

/** Its page was not at hand. */
export const LICENCE = "not verified: CC BY 4.0 is assumed; look on its page before you share";

/** The paper and the DOI of the files, of all their versions. */
export const CITATION =
  "Dar MN, Rahim A, Akram MU, Khawaja SG, Rahim A. YAAD: young adult's affective data using wearable ECG and GSR sensors. " +
  "2nd International Conference on Digital Futures and Transformative Technologies (ICoDT2) 2022:1-7. " +
  "Data: Mendeley Data, doi:10.17632/g2p7vwxyn2";
