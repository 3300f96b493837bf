/**
 * Which operation of TensorFlow.js is under way.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** The operations under way, from the outermost in. */
export function scopes(): string[] {
  const names = tf.engine().state.scopeStack.map((scope) => scope.name);
  return names.filter((name) => name.endsWith("__op")).map((name) => name.slice(0, -"__op".length));
}

/** ` in conv1d/conv2d`, or nothing outside any operation. */
export function operation(): string {
  const names = scopes();
  return names.length === 0 ? "" : ` in ${names.join("/")}`;
}
