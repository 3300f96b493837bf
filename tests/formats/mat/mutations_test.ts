/** Broken MAT-files end in an error that names the file, or in a result. */
import { bytesInMemory } from "../../../src/formats/bytes.ts";
import { openLevel5 } from "../../../src/formats/mat/level5.ts";
import { openMat } from "../../../src/formats/mat/open.ts";
import { mutationTest } from "../mutation.ts";
import { plainFile } from "./tree.ts";
import { cells, columns, matBytes, row } from "./write_mat.ts";

/** Few variables, for each is inflated anew for every broken file. */
const COMPRESSED = matBytes({
  ids: cells("N1", row(), columns([1, 2], [3, 4])),
  x: { fields: { y: row(1), z: "a" } },
});

const golden = (name: string) =>
  Deno.readFileSync(new URL(`../../golden/formats/mat/${name}.mat`, import.meta.url));

async function readAll(bytes: Uint8Array, file: string): Promise<void> {
  using opened = await openMat(bytesInMemory(bytes, { file }));
  plainFile(opened);
  opened.warnings();
}

mutationTest("openMat() of version 4", { files: [golden("level4")], read: readAll });

mutationTest("openMat() of version 5", {
  files: [golden("level5_plain"), golden("matlab/teststructnest_6.1_SOL2")],
  read: readAll,
});

mutationTest("openMat() of compressed version 5", {
  files: [COMPRESSED, golden("matlab/testcell_7.1_GLNX86")],
  read: readAll,
});

mutationTest("openLevel5() of a variable inflated as it is read", {
  files: [COMPRESSED],
  read(bytes, file) {
    const source = bytesInMemory(bytes, { file });
    // A file that doesn't begin as one of version 5 is another reader's.
    if (bytes.length < 128) return;
    const opened = openLevel5(source, { wholeBytes: 0 });
    plainFile(opened);
    opened.warnings();
  },
});

mutationTest("openMat() of version 7.3", {
  // Written by tests/golden/formats/make_mat73.ts.
  files: [golden("matlab/testhdf5_7.4_GLNX86"), golden("level73")],
  read: readAll,
});
