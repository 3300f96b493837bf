/** Imports go down one order of folders only, and two packages stay where they belong. */
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";

const source = new URL("../../src/", import.meta.url).pathname;

/** By the folder that they lie in, highest first; a folder imports itself and what lies on a lower line. */
const ORDERS = {
  "": [
    ["cli"],
    ["pipeline", "report"],
    ["arms"],
    ["training", "evaluation"],
    ["pretext", "models", "fetch"],
    ["onnx", "splits", "targets", "datasets"],
    ["signal", "formats"],
    ["manifest", "random"],
  ],
  "onnx/": [
    ["programs", "inference", "lazy"],
    ["optimize"],
    ["runtime"],
    ["files"],
    ["recording"],
    ["gradients", "lowerings", "random", "rows"],
    ["graph"],
  ],
};

/** Where alone a package may be imported. */
const PACKAGE_HOMES: Record<string, RegExp> = {
  "onnxruntime-node": /^onnx\/(runtime|lazy)\/session\.ts$/,
  "onnxruntime-node/dist/binding.js": /^onnx\/lazy\/session\.ts$/,
  "@tensorflow/tfjs": /^(onnx|models|pretext|training|arms)\//,
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function* files(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* files(path);
    else if (path.endsWith(".ts")) yield path;
  }
}

function importsOf(path: string): Import[] {
  const text = Deno.readTextFileSync(path);
  const code = text.replaceAll(/^\s*(\*|\/\/).*$/gm, "");
  const file = relative(source, path);
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => ({ file, target }));
}

const imports = [...files(source)].flatMap(importsOf);

/** What is wrong with an import, or undefined. */
function violation({ file, target }: Import): string | undefined {
  const home = PACKAGE_HOMES[target];
  if (home !== undefined && !home.test(file)) return `${file} imports ${target}`;
  if (!target.startsWith(".")) return undefined;
  const path = join(dirname(file), target);
  return Object.entries(ORDERS).map(([home, levels]) => {
    const [from, to] = [file, path].map((each) =>
      each.startsWith(home) ? each.slice(home.length).split("/")[0] : ".."
    );
    if (from === ".." || to === ".." || from === to) return undefined;
    const [fromLevel, toLevel] = [from, to].map((folder) =>
      levels.findIndex((level) => level.includes(folder))
    );
    if (fromLevel < 0 || toLevel < 0) return `${file} or ${target} lies in no known folder`;
    return toLevel > fromLevel ? undefined : `${file} imports ${target}: ${to} does not lie below ${from}`;
  }).find((problem) => problem !== undefined);
}

Deno.test("imports go down the order of folders only", () => {
  assert.ok(imports.length > 100, "the sources were found");
  assert.deepEqual(imports.map(violation).filter((problem) => problem !== undefined), []);
});

Deno.test("violation() catches an import that goes up, sideways, or past a package's home", () => {
  assert.match(
    violation({ file: "signal/window.ts", target: "../onnx/runtime/session.ts" }) ?? "",
    /does not lie below/,
  );
  assert.match(
    violation({ file: "training/fit.ts", target: "../evaluation/score.ts" }) ?? "",
    /does not lie below/,
  );
  assert.match(
    violation({ file: "onnx/programs/compile.ts", target: "onnxruntime-node" }) ?? "",
    /imports onnxruntime-node/,
  );
  assert.match(
    violation({ file: "onnx/recording/layers.ts", target: "../files/encode.ts" }) ?? "",
    /files does not lie below recording/,
  );
  assert.equal(violation({ file: "arms/frozen.ts", target: "../models/head.ts" }), undefined);
});

Deno.test("Deno.* stays in datasets, pipeline and cli", () => {
  const strangers = [...files(source)].map((path) => relative(source, path)).filter((file) =>
    !/^(datasets|pipeline|cli)\//.test(file) &&
    /\bDeno\./.test(Deno.readTextFileSync(join(source, file)).replaceAll(/^\s*(\*|\/\/).*$/gm, ""))
  );
  assert.deepEqual(strangers, []);
});
