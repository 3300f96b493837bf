/**
 * Einthoven: how much does self-supervised pretraining save, against the same network trained with labels only?
 *
 * The program is `deno task experiment`. What is exported here are the parts that serve outside it: TensorFlow.js programs
 * compiled to ONNX and run by ONNX Runtime, the signal chain, the metrics, and the transformations.
 *
 * @module
 */
export { compile, type Compiled, type CompileOptions } from "./src/onnx/compile.ts";
export { exportOnnx, type ExportOptions, readOnnx } from "./src/onnx/export.ts";
export { predictRows } from "./src/onnx/predict.ts";
export { createRandom, type Random, randomUniform } from "./src/onnx/random.ts";
export { openSession } from "./src/onnx/session.ts";
export { compileStep, type Optimizer, type Step, type StepInputs, type StepOptions } from "./src/onnx/step.ts";
export { prepareSignal, type PrepareOptions } from "./src/signal/chain.ts";
export { butterworthHighpass, filterZeroPhase } from "./src/signal/filter.ts";
export { resample } from "./src/signal/resample.ts";
export { statistics, type Statistics, zScore } from "./src/signal/normalize.ts";
export { scorePredictions } from "./src/evaluation/score.ts";
export { stream, type Stream } from "./src/random/stream.ts";
