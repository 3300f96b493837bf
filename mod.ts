/**
 * Einthoven: how much does self-supervised pretraining save, against the same network trained with labels only?
 *
 * The program is `deno task experiment`. What is exported here are the parts that serve outside it: TensorFlow.js programs
 * compiled to ONNX and run by ONNX Runtime, the signal chain, the scores of predictions, and random streams.
 *
 * @module
 */
export {
  compile,
  type Compiled,
  type CompileOptions,
  type InputSignature,
  type InputValues,
  type OutputValues,
  type Program,
} from "./src/onnx/programs/compile.ts";
export type { BatchPart } from "./src/onnx/random/draws.ts";
export {
  type Dimension,
  exportOnnx,
  type ExportOptions,
  type OnnxContents,
  type OpenShape,
  type OpenSignature,
  readOnnx,
  type StoredWeight,
} from "./src/onnx/files/export.ts";
export { compressOnnx } from "./src/onnx/files/weights/compress.ts";
export { exportModel, type ExportModelOptions } from "./src/onnx/files/export_model.ts";
export { WEIGHT_FORMATS, type WeightFormat } from "./src/onnx/files/weights/formats.ts";
export { loadTrained, type Trained } from "./src/models/load_trained.ts";
export { type OnnxBackendOptions, useOnnxBackend } from "./src/onnx/lazy/use.ts";
export { type OnnxModel, openModel, type OpenModelOptions } from "./src/onnx/inference/open_model.ts";
export { type Predictions, type PredictOptions, predictRows } from "./src/onnx/inference/predict.ts";
export { createRandom, type Random } from "./src/onnx/random/random.ts";
export { randomUniform } from "./src/onnx/recording/random_uniform.ts";
export { type Provider, PROVIDERS } from "./src/onnx/runtime/providers.ts";
export {
  checkProvider,
  type OnnxSession,
  openSession,
  type SessionOptions,
  type SessionTensor,
  type SessionValues,
} from "./src/onnx/runtime/session.ts";
export { compileStep, type Step, type StepInputs } from "./src/onnx/programs/step.ts";
export type { Optimizer, StepOptions } from "./src/onnx/programs/step_options.ts";
export { type RowReader, rowsInMemory } from "./src/formats/rows.ts";
export {
  type BandpassOptions,
  butterworthBandpass,
  notch,
  type NotchOptions,
} from "./src/signal/bandpass.ts";
export { type PrepareOptions, prepareSignal } from "./src/signal/chain.ts";
export {
  butterworthHighpass,
  type ButterworthOptions,
  filterZeroPhase,
  type SecondOrderSection,
} from "./src/signal/filter.ts";
export {
  type Measured,
  variability,
  VARIABILITY_FEATURES,
  type VariabilityFeature,
  type VariabilityName,
} from "./src/signal/variability/features.ts";
export { type Statistics, statistics, zScore } from "./src/signal/normalize.ts";
export { resample, type ResampleOptions } from "./src/signal/resample.ts";
export type { Samples } from "./src/signal/samples.ts";
export type { ClassScores } from "./src/evaluation/metrics.ts";
export type { Confusion } from "./src/evaluation/confusion.ts";
export { type Metric, METRICS, type Prediction, type Scores } from "./src/evaluation/results.ts";
export {
  type CellScores,
  type ScoreOptions,
  scorePredictions,
  type SubjectScores,
} from "./src/evaluation/score.ts";
export { type Stream, stream } from "./src/random/stream.ts";
