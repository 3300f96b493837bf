/**
 * Every kernel of TensorFlow.js that cannot be recorded, with the reason and what to use in its place.
 *
 * @module
 */

/** Why a kernel has no lowering. */
export interface Unsupported {
  readonly reason: string;
  /** What does the same, or where to do it. */
  readonly instead: string;
}

const VALUES = "the shape of its result depends on numbers, and the shapes of a program are fixed";
const TEXT = "it works on text, and a program holds numbers";
const COMPLEX = "it works on complex numbers, for which ONNX has no operators";
const CANVAS = "it works on a canvas or a picture of the browser";
const UNUSED = "no operation of TensorFlow.js uses it";

const suppression: Unsupported = {
  reason: VALUES,
  instead: "return boxes and scores, and call tf.image.nonMaxSuppressionAsync on them",
};
const ragged: Unsupported = {
  reason: VALUES,
  instead: "pad the rows to one length, and give a mask as an input",
};
const segments: Unsupported = {
  reason: "the number of segments is read from the largest of their numbers, and shapes are fixed",
  instead: "use tf.unsortedSegmentSum of tf.gather, which is told the number of segments",
};
const sparse: Unsupported = {
  reason: VALUES,
  instead: "use a dense tensor, or prepare it before the program",
};
const text: Unsupported = {
  reason: TEXT,
  instead: "turn the text into numbers before, and give them as input",
};
const spectrum: Unsupported = {
  reason: COMPLEX,
  instead: "multiply by constant matrices of cosines and sines with tf.matMul, which gives both parts",
};
const parts: Unsupported = {
  reason: COMPLEX,
  instead: "keep the real and the imaginary part as two tensors",
};
const picture: Unsupported = { reason: CANVAS, instead: "give the pixels as an int32 input" };

/** The kernels that cannot be recorded, by name. */
export const UNSUPPORTED = {
  BroadcastTo: { reason: UNUSED, instead: "use tf.broadcastTo, which repeats by Tile" },
  Complex: parts,
  ComplexAbs: {
    reason: COMPLEX,
    instead: "take tf.sqrt of the sum of the squares of the real and the imaginary part",
  },
  Draw: picture,
  FFT: spectrum,
  FromPixels: picture,
  IFFT: spectrum,
  Imag: parts,
  LogSoftmax: { reason: UNUSED, instead: "use tf.logSoftmax, which is composed of other kernels" },
  LogicalXor: { reason: UNUSED, instead: "use tf.logicalXor, which is composed of other kernels" },
  LowerBound: { reason: UNUSED, instead: "use tf.lowerBound, which uses SearchSorted" },
  MatrixBandPart: { reason: UNUSED, instead: "use tf.linalg.bandPart, which is composed of other kernels" },
  NonMaxSuppressionV3: suppression,
  NonMaxSuppressionV4: suppression,
  NonMaxSuppressionV5: suppression,
  Pool: { reason: UNUSED, instead: "use tf.pool, which uses MaxPool and AvgPool" },
  RaggedGather: ragged,
  RaggedRange: ragged,
  RaggedTensorToTensor: ragged,
  Real: parts,
  SparseFillEmptyRows: sparse,
  SparseReshape: sparse,
  SparseSegmentMean: segments,
  SparseSegmentSum: segments,
  StaticRegexReplace: text,
  StringNGrams: text,
  StringSplit: text,
  StringToHashBucketFast: text,
  Unique: {
    reason: VALUES,
    instead: "return the tensor, and call tf.unique on it; known classes are counted by tf.bincount",
  },
  UpperBound: { reason: UNUSED, instead: "use tf.upperBound, which uses SearchSorted" },
} as const satisfies Record<string, Unsupported>;

/** The error for a kernel that cannot be recorded; `where` says in which operation and layer. */
export function cannotRecord(kernelName: string, where: string): RangeError {
  const table: Readonly<Record<string, Unsupported>> = UNSUPPORTED;
  const known = Object.hasOwn(table, kernelName) ? table[kernelName] : undefined;
  return new RangeError(
    `Cannot record the kernel ${kernelName}${where}: ` +
      (known === undefined
        ? "it must be one of the table of lowerings (src/onnx/lowerings/table.ts), got none of that name"
        : `${known.reason}; ${known.instead}`),
  );
}
