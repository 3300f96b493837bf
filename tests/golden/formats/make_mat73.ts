/** Writes a small MAT-file of version 7.3, for tests/formats/mat: deno run -A tests/golden/formats/make_mat73.ts */
import { cells, columns, row } from "../../formats/mat/write_mat.ts";
import { mat73Bytes } from "../../formats/mat/write_mat73.ts";

// HDF5 writes the time into a file, so that no two are the same.
const bytes = await mat73Bytes({
  ids: cells("N1", row()),
  x: { fields: { y: columns([1, 2], [3, 4]) } },
});
Deno.writeFileSync(new URL("mat/level73.mat", import.meta.url), bytes);
