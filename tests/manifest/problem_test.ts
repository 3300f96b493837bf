import assert from "node:assert/strict";
import { formatProblem, ManifestError, problemAt } from "../../src/manifest/problem.ts";

const at = (file: string, line: number, column: number, path = "") =>
  problemAt({ file, line, column }, { path, message: "Cannot go on" });

Deno.test("formatProblem() leaves out what a problem doesn't have", () => {
  assert.equal(formatProblem(at("a.yaml", 3, 5, "fit.epochs")), "a.yaml:3:5: fit.epochs: Cannot go on");
  assert.equal(formatProblem(at("a.yaml", 1, 1)), "a.yaml:1:1: Cannot go on");
  assert.equal(formatProblem(at("a.yaml", 0, 0)), "a.yaml: Cannot go on");
  assert.equal(formatProblem(at("", 0, 0, "fit")), "fit: Cannot go on");
});

Deno.test("problemAt() names an override as the file, without a line", () => {
  assert.deepEqual(problemAt({ override: "--set fit.x=1" }, { path: "fit.x", message: "Cannot go on" }), {
    file: "--set fit.x=1",
    line: 0,
    column: 0,
    path: "fit.x",
    message: "Cannot go on",
  });
});

Deno.test("ManifestError() lists each problem once, by file, line, column and path", () => {
  const error = new ManifestError([
    at("b.yaml", 1, 1),
    at("a.yaml", 10, 1),
    at("a.yaml", 9, 4),
    at("a.yaml", 9, 3, "z"),
    at("a.yaml", 9, 3, "y"),
    at("a.yaml", 10, 1),
  ]);
  assert.equal(error.name, "ManifestError");
  assert.deepEqual(error.message.split("\n"), [
    "a.yaml:9:3: y: Cannot go on",
    "a.yaml:9:3: z: Cannot go on",
    "a.yaml:9:4: Cannot go on",
    "a.yaml:10:1: Cannot go on",
    "b.yaml:1:1: Cannot go on",
  ]);
  assert.equal(error.problems.length, 5);
});
