/**
 * The licence of CASE and what to cite.
 *
 * @module
 */

/** Its page was not at hand. */
export const LICENCE =
  "not verified: CC0 1.0 or CC BY 4.0, named differently by those who use it; look on its page before you share";

/** The data descriptor and the DOI of the files. */
export const CITATION =
  "Sharma K, Castellini C, van den Broek EL, Albu-Schaeffer A, Schwenker F. A dataset of continuous affect annotations and " +
  "physiological signals for emotion analysis. Sci Data 2019;6:196. doi:10.1038/s41597-019-0209-0. " +
  "Data: figshare, doi:10.6084/m9.figshare.8869157";
