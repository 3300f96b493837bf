/** What lies in a data folder and can't be read is told in one message, with exit code 2, without a stack trace. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writePerson } from "../datasets/case/write_case.ts";
import { NO_FILE, NO_FILES } from "../datasets/no_file.ts";
import { temporaryFolder } from "../pipeline/temporary.ts";
import { call, writeManifest } from "./program.ts";

Deno.test("run and inspect name a folder or a dead link that has the name of a file", async () => {
  await using folder = await temporaryFolder();
  await writeManifest(folder.path, {
    "dataset:": "dataset: {kind: case}",
    "target:": "target: {kind: rating, label: arousal, threshold: 5}",
  });
  await writePerson(join(folder.path, "case"), "sub_2", { videos: [3], seconds: 1 });
  const inside = join(folder.path, "case", "data", "interpolated");
  await writePerson(join(folder.path, "case"), "sub_1", { videos: [3], seconds: 1 });
  const path = join(inside, "physiological", "sub_1.csv");
  for (const [command, put] of [["run", "folder"], ["inspect", "link"]] as const) {
    await Deno.remove(path);
    await NO_FILE[put](path);
    const { code, problems } = await call([command, "tiny.yaml", "--results", "results"], {
      cwd: folder.path,
      env: { EINTHOVEN_DATA: folder.path },
    });
    const got = NO_FILES[put];
    assert.equal(problems, `${path}: Cannot read the signals of sub_1: the file must exist, got ${got}\n`);
    assert.equal(code, 2);
  }
});
