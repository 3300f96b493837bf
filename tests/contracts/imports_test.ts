/** Imports go down one order of folders only, and two packages stay where they belong. */
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";

const source = new URL("../../src/", import.meta.url).pathname;

/** Highest first; a folder imports itself and what lies on a lower line. */
const LEVELS = [
  ["cli"],
  ["pipeline", "report"],
  ["arms"],
  ["training", "evaluation"],
  ["pretext", "models", "fetch"],
  ["onnx", "splits", "targets", "datasets"],
  ["signal", "formats"],
  ["manifest", "random"],
];
const levelOf = new Map(LEVELS.flatMap((folders, level) => folders.map((folder) => [folder, level])));

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
  const from = file.split("/")[0], to = join(dirname(file), target).split("/")[0];
  if (to === ".." || from === to) return undefined;
  const fromLevel = levelOf.get(from), toLevel = levelOf.get(to);
  if (fromLevel === undefined || toLevel === undefined) return `${file} or ${target} lies in no known folder`;
  return toLevel > fromLevel ? undefined : `${file} imports ${target}: ${to} does not lie below ${from}`;
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
  assert.equal(violation({ file: "arms/frozen.ts", target: "../models/head.ts" }), undefined);
});

Deno.test("Deno.* stays in datasets, pipeline and cli", () => {
  const strangers = [...files(source)].map((path) => relative(source, path)).filter((file) =>
    !/^(datasets|pipeline|cli)\//.test(file) &&
    /\bDeno\./.test(Deno.readTextFileSync(join(source, file)).replaceAll(/^\s*(\*|\/\/).*$/gm, ""))
  );
  assert.deepEqual(strangers, []);
});
