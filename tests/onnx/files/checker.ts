/** The checker of ONNX's own Python package, where it is installed. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const PYTHON = "/usr/bin/python3";

const CHECK = `
import json, sys, onnx
found = []
for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    found.append({
        "ir": model.ir_version,
        "opset": model.opset_import[0].version,
        "nodes": [node.name for node in model.graph.node],
    })
print(json.dumps(found))
`;

/** What the checker found in a model that it accepts. */
export interface Checked {
  readonly ir: number;
  readonly opset: number;
  /** The names of the nodes. */
  readonly nodes: readonly string[];
}

/** Whether the checker is there. Where it is not, says so in a line; in continuous integration that is an error. */
export function hasChecker(what: string): boolean {
  if (existsSync(PYTHON)) {
    try {
      execFileSync(PYTHON, ["-c", "import onnx"], { stdio: "ignore" });
      return true;
    } catch (error) {
      if (process.env.CI) {
        throw new Error("Cannot check models: python3-onnx must be installed", { cause: error });
      }
    }
  } else if (process.env.CI) throw new Error("Cannot check models: /usr/bin/python3 must be there");
  process.stderr.write(`skipped ${what}: it needs ${PYTHON} with the package onnx (Debian: python3-onnx)\n`);
  return false;
}

/** Checks models in one process. Throws with what the checker says of the first that it refuses. */
export function checkModels(models: Readonly<Record<string, Uint8Array>>): Record<string, Checked> {
  const folder = mkdtempSync(join(tmpdir(), "einthoven-"));
  try {
    const paths = Object.values(models).map((bytes, index) => {
      const path = join(folder, `${index}.onnx`);
      writeFileSync(path, bytes);
      return path;
    });
    const text = execFileSync(PYTHON, ["-c", CHECK, ...paths], { encoding: "utf8" });
    const found: Checked[] = JSON.parse(text);
    return Object.fromEntries(Object.keys(models).map((name, index) => [name, found[index]]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
