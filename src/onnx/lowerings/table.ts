/**
 * Every kernel of TensorFlow.js that can be recorded, and what writes it.
 *
 * @module
 */
import type { Lowering } from "../graph/operand.ts";
import * as activation from "./activation.ts";
import { angle } from "./angle.ts";
import * as arithmetic from "./arithmetic.ts";
import { bitwiseAnd } from "./bits.ts";
import * as blocks from "./blocks.ts";
import { cast, identity } from "./cast.ts";
import * as convolution from "./convolution.ts";
import * as count from "./count.ts";
import * as creation from "./creation.ts";
import { cropAndResize } from "./crop_and_resize.ts";
import { cumulativeProduct, cumulativeSum } from "./cumulative.ts";
import { inEitherFormat } from "./data_format.ts";
import { dilation, dilationFilterGradient, dilationInputGradient } from "./dilation.ts";
import { einsum } from "./einsum.ts";
import { gather, gatherAt, oneHot, segmentSum } from "./gather.ts";
import { localResponse, localResponseGradient } from "./local_response.ts";
import * as logic from "./logic.ts";
import * as mathematics from "./mathematics.ts";
import { fusedMatrixProduct, matrixProduct } from "./matrix_product.ts";
import { mirrorPad } from "./mirror.ts";
import { batchNormalization } from "./normalization.ts";
import * as pooling from "./pooling.ts";
import { maxPoolWithPositions } from "./pooling_positions.ts";
import { project } from "./projection.ts";
import * as reduction from "./reduction.ts";
import * as resize from "./resize.ts";
import * as scatter from "./scatter.ts";
import { broadcastShape, expandDims, reshape, tile, transpose } from "./shape.ts";
import * as slice from "./slice.ts";
import { largestElements } from "./top_k.ts";
import { flipLeftRight, rotate } from "./turn.ts";

const { direct } = mathematics;

/** The lowerings by the name of the kernel. */
export const LOWERINGS = {
  Abs: direct("Abs"),
  Acos: direct("Acos"),
  Acosh: direct("Acosh"),
  Add: arithmetic.add,
  AddN: arithmetic.addAll,
  All: reduction.all,
  Any: reduction.any,
  ArgMax: reduction.positionOfLargest,
  ArgMin: reduction.positionOfSmallest,
  Asin: direct("Asin"),
  Asinh: direct("Asinh"),
  Atan: direct("Atan"),
  Atan2: angle,
  Atanh: direct("Atanh"),
  AvgPool: pooling.image.average,
  AvgPool3D: pooling.volume.average,
  AvgPool3DGrad: pooling.volume.averageGradient,
  AvgPoolGrad: pooling.image.averageGradient,
  BatchMatMul: matrixProduct,
  BatchToSpaceND: blocks.batchToSpace,
  Bincount: count.countAll,
  BitwiseAnd: bitwiseAnd,
  BroadcastArgs: broadcastShape,
  Cast: cast,
  Ceil: direct("Ceil"),
  ClipByValue: activation.clip,
  Concat: slice.concatenate,
  Conv2D: inEitherFormat(convolution.image.convolution),
  Conv2DBackpropFilter: inEitherFormat(convolution.image.filterGradient),
  Conv2DBackpropInput: inEitherFormat(convolution.image.inputGradient),
  Conv3D: convolution.volume.convolution,
  Conv3DBackpropFilterV2: convolution.volume.filterGradient,
  Conv3DBackpropInputV2: convolution.volume.inputGradient,
  Cos: direct("Cos"),
  Cosh: direct("Cosh"),
  CropAndResize: cropAndResize,
  Cumprod: cumulativeProduct,
  Cumsum: cumulativeSum,
  DenseBincount: count.count,
  DepthToSpace: blocks.depthToSpace,
  DepthwiseConv2dNative: convolution.depthwise.convolution,
  DepthwiseConv2dNativeBackpropFilter: convolution.depthwise.filterGradient,
  DepthwiseConv2dNativeBackpropInput: convolution.depthwise.inputGradient,
  Diag: scatter.diagonal,
  DilatedConvolutionFilterGradient: inEitherFormat(convolution.dilated.filterGradient),
  DilatedConvolutionInputGradient: inEitherFormat(convolution.dilated.inputGradient),
  Dilation2D: dilation,
  Dilation2DBackpropFilter: dilationFilterGradient,
  Dilation2DBackpropInput: dilationInputGradient,
  Einsum: einsum,
  Elu: direct("Elu"),
  EluGrad: activation.eluGradient,
  Equal: logic.equal,
  Erf: direct("Erf"),
  Exp: direct("Exp"),
  ExpandDims: expandDims,
  Expm1: mathematics.exponentialMinusOne,
  Fill: creation.fill,
  FlipLeftRight: flipLeftRight,
  Floor: direct("Floor"),
  FloorDiv: arithmetic.floorDivide,
  FusedBatchNorm: batchNormalization,
  FusedConv2D: inEitherFormat(convolution.fusedImage),
  FusedDepthwiseConv2D: convolution.fusedDepthwise,
  GatherNd: gatherAt,
  GatherV2: gather,
  Greater: logic.greater,
  GreaterEqual: logic.greaterOrEqual,
  Identity: identity,
  IsFinite: mathematics.isFinite,
  IsInf: mathematics.isInfinite,
  IsNan: mathematics.isNotANumber,
  LeakyRelu: activation.leakyRelu,
  Less: logic.less,
  LessEqual: logic.lessOrEqual,
  LinSpace: creation.linearSpace,
  LRN: localResponse,
  LRNGrad: localResponseGradient,
  Log: direct("Log"),
  Log1p: mathematics.logarithmOfOnePlus,
  LogicalAnd: logic.logicalAnd,
  LogicalNot: logic.logicalNot,
  LogicalOr: logic.logicalOr,
  Max: reduction.largest,
  Maximum: arithmetic.maximum,
  MaxPool: pooling.image.max,
  MaxPool3D: pooling.volume.max,
  MaxPool3DGrad: pooling.volume.maxGradient,
  MaxPoolGrad: pooling.image.maxGradient,
  MaxPoolWithArgmax: maxPoolWithPositions,
  Mean: reduction.mean,
  Min: reduction.smallest,
  Minimum: arithmetic.minimum,
  MirrorPad: mirrorPad,
  Mod: arithmetic.modulo,
  Multiply: arithmetic.multiply,
  Neg: direct("Neg"),
  NotEqual: logic.notEqual,
  OneHot: oneHot,
  OnesLike: creation.onesLike,
  Pack: slice.pack,
  PadV2: slice.pad,
  Pow: arithmetic.power,
  Prelu: activation.prelu,
  Prod: reduction.product,
  Range: creation.range,
  RealDiv: arithmetic.divide,
  Reciprocal: direct("Reciprocal"),
  Relu: direct("Relu"),
  Relu6: activation.relu6,
  Reshape: reshape,
  ResizeBilinear: resize.resizeBilinear,
  ResizeBilinearGrad: resize.resizeBilinearGradient,
  ResizeNearestNeighbor: resize.resizeNearest,
  ResizeNearestNeighborGrad: resize.resizeNearestGradient,
  Reverse: slice.reverse,
  RotateWithOffset: rotate,
  Round: direct("Round"),
  Rsqrt: mathematics.inverseSquareRoot,
  ScatterNd: scatter.scatter,
  SearchSorted: count.place,
  Select: logic.select,
  Selu: direct("Selu"),
  Sigmoid: direct("Sigmoid"),
  Sign: mathematics.sign,
  Sin: direct("Sin"),
  Sinh: direct("Sinh"),
  Slice: slice.slice,
  Softmax: activation.softmax,
  Softplus: direct("Softplus"),
  SpaceToBatchND: blocks.spaceToBatch,
  SparseToDense: scatter.sparseToDense,
  SplitV: slice.split,
  Sqrt: direct("Sqrt"),
  Square: mathematics.square,
  SquaredDifference: arithmetic.squaredDifference,
  Step: activation.step,
  StridedSlice: slice.stridedSlice,
  Sub: arithmetic.subtract,
  Sum: reduction.sum,
  Tan: direct("Tan"),
  Tanh: direct("Tanh"),
  TensorScatterUpdate: scatter.update,
  Tile: tile,
  Transform: project,
  TopK: largestElements,
  Transpose: transpose,
  Unpack: slice.unpack,
  UnsortedSegmentSum: segmentSum,
  ZerosLike: creation.zerosLike,
  _FusedMatMul: fusedMatrixProduct,
} as const satisfies Record<string, Lowering>;
