/**
 * Which operation of TensorFlow.js is under way.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { layerUnderWay } from "./layers.ts";

/** The operations under way, from the outermost in. */
export function scopes(): string[] {
  const names = tf.engine().state.scopeStack.map((scope) => scope.name);
  return names.filter((name) => name.endsWith("__op")).map((name) => name.slice(0, -"__op".length));
}

/** ` in conv1d/conv2d of the layer "first"`, or nothing outside any operation and layer. */
export function operation(): string {
  const names = scopes(), layer = layerUnderWay();
  const within = layer === undefined ? "" : ` of the layer "${layer}"`;
  return `${names.length === 0 ? "" : ` in ${names.join("/")}`}${within}`;
}
