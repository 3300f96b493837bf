/**
 * Names for the layers and weights of a model in which the counters of TensorFlow.js do not show.
 *
 * A layer that nobody named is called `conv1d_Conv1D7`, where 7 counts every such layer of the process. Here it is `conv1d`, and the
 * next one of its model `conv1d_2`. Layers of a model in a model come after it: `encoder/conv1d`. Names that somebody gave stay, and
 * names made here stay when they are given: a model that was built again from its file has the same.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { uniqueName } from "../graph/names.ts";

/** The names of what is in a model. */
export interface LayerNames {
  /** The name of each layer in its own model. */
  readonly layers: ReadonlyMap<tf.layers.Layer, string>;
  /** The weights by name: `encoder/conv1d/kernel`. */
  readonly weights: Readonly<Record<string, tf.Variable>>;
}

/** A layer or model as TensorFlow.js describes it. */
export interface Description {
  readonly "class_name": string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Names the layers and the weights of a model; what several layers share is named once. Throws TypeError for a weight that is no variable. */
export function nameLayers(model: tf.LayersModel): LayerNames {
  const layers = new Map<tf.layers.Layer, string>(), weights = new Map<tf.Variable, string>();
  const taken = new Map<string, number>();
  const visit = (container: tf.LayersModel, path: string) => {
    const names = stableNames(
      container.layers.map((layer) => ({ name: layer.name, className: layer.getClassName() })),
    );
    for (const layer of container.layers) {
      const name = names.get(layer.name) ?? layer.name, inner = modelIn(layer);
      layers.set(layer, name);
      if (inner !== undefined) {
        visit(inner, `${path}${name}/`);
        continue;
      }
      for (const weight of layer.weights) {
        const variable = weight.read();
        if (!(variable instanceof tf.Variable)) {
          throw new TypeError(
            `Cannot name the weights: ${weight.originalName} must be a variable, got a tensor`,
          );
        }
        if (weights.has(variable)) continue;
        const own = weightName(weight.originalName, layer.name);
        weights.set(variable, uniqueName(`${path}${name}/${own}`, taken));
      }
    }
  };
  visit(model, "");
  return {
    layers,
    weights: Object.fromEntries([...weights].map(([variable, name]) => [name, variable])),
  };
}

/** The name of a layer among the names given, or the one that TensorFlow.js derives from it for the input of a sequential model. */
export function layerName(layer: tf.layers.Layer, { layers }: LayerNames): string {
  const known = layers.get(layer);
  if (known !== undefined) return known;
  const first = [...layers.keys()].find(({ name }) => layer.name === `${name}_input`);
  return first === undefined ? layer.name : `${layers.get(first)}_input`;
}

/** What TensorFlow.js says of a model's layers (`toJSON`), with the names of {@linkcode nameLayers}. */
export function describeLayers(model: tf.LayersModel): Description {
  const description: unknown = model.toJSON(null, false), own = renamed(description, namesIn(description));
  if (!isDescription(own)) {
    throw new TypeError("Cannot describe the model: toJSON must give its class and its configuration");
  }
  return own;
}

/** The model in a layer: the layer itself, or what it applies to each time step. */
function modelIn(layer: tf.layers.Layer): tf.LayersModel | undefined {
  if (layer instanceof tf.LayersModel) return layer;
  return "layer" in layer && layer.layer instanceof tf.LayersModel ? layer.layer : undefined;
}

/** The part of a weight's name that comes after its layer's, `forward_lstm/kernel`. */
function weightName(originalName: string, layer: string): string {
  const parts = originalName.split("/");
  return parts.slice(parts.indexOf(layer) + 1).map((part) => part.replace(/_[A-Z][A-Za-z0-9]*?\d+$/, ""))
    .join("/");
}

/** Names without counters by the names that are there. */
function stableNames(
  named: readonly { readonly name: string; readonly className: string }[],
): Map<string, string> {
  const automatic = named.map(({ name, className }) => stemOf(name, className));
  const taken = new Map<string, number>();
  named.forEach(({ name }, index) => automatic[index] === undefined && taken.set(name, 2));
  const names = new Map<string, string>();
  named.forEach(({ name }, index) => {
    const stem = automatic[index];
    if (stem === undefined || names.has(name)) return;
    names.set(name, stem.counts ? counted(stem.text, taken) : uniqueName(stem.text, taken));
  });
  return names;
}

/** What is left of a name that TensorFlow.js made when its count is taken away; undefined for a name that somebody gave. */
function stemOf(name: string, className: string): { text: string; counts: boolean } | undefined {
  const [, start = "", count] = name.match(/^(.*?)(\d+)$/) ?? [];
  if (count === undefined) return undefined;
  // People call inputs and models so too: they keep their numbers when these are in order.
  const counts = className === "InputLayer"
    ? start === "input"
    : start === `${className.toLowerCase()}_` || start === className.toLowerCase();
  if (counts && ["InputLayer", "Model", "Functional", "Sequential"].includes(className)) {
    return { text: start, counts };
  }
  const ending = `_${className}`;
  return start.endsWith(ending) ? { text: start.slice(0, -ending.length), counts: false } : undefined;
}

function counted(stem: string, taken: Map<string, number>): string {
  let count = 1;
  while (taken.has(`${stem}${count}`)) count++;
  return uniqueName(`${stem}${count}`, taken);
}

/** The new names of the nearest layers and models in a value. */
function namesIn(value: unknown): Map<string, string> {
  const nearest: { name: string; className: string }[] = [];
  const search = (part: unknown) => {
    if (isDescription(part)) {
      const { class_name: className, config: { name } } = part;
      if (typeof name === "string") nearest.push({ name, className });
    } else if (typeof part === "object" && part !== null) Object.values(part).forEach(search);
  };
  search(value);
  return stableNames(nearest);
}

/** A value with new names; those in the configuration of a layer are its own. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => renamed(part, names));
  if (typeof value !== "object" || value === null) return value;
  const isOfLayer = isDescription(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (!isOfLayer || key !== "config") return [key, renamed(part, names)];
      const { name, ...inside } = value.config, own = namesIn(inside);
      const inner = Object.entries(inside).map(([key, part]) => [key, renamed(part, own)]);
      const named = name === undefined ? [] : [["name", renamed(name, names)]];
      return [key, typed(Object.fromEntries([...named, ...inner]))];
    }),
  );
}

/** TensorFlow.js leaves the type of an embedding's input out, and gives it when the layer was built from a description. */
function typed(config: Record<string, unknown>): Record<string, unknown> {
  return "batch_input_shape" in config && !("dtype" in config) ? { ...config, dtype: "float32" } : config;
}

function isDescription(value: unknown): value is Description {
  return typeof value === "object" && value !== null && "class_name" in value && "config" in value &&
    typeof value.class_name === "string" && typeof value.config === "object" && value.config !== null;
}
