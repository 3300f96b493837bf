/** Writes MAT-files of version 7.3 as MATLAB lays them out: HDF5 behind a header of 512 bytes. */
import { type Dataset, File, type Group, ready, type Reference } from "h5wasm";
import type { MatValue } from "./write_mat.ts";

/** As MATLAB says what something is: a text of fixed length. */
function classify(entity: Dataset | Group, kind: string): void {
  entity.create_attribute("MATLAB_class", kind, [], `S${kind.length}`);
}

/** A file of these variables. */
export async function mat73Bytes(variables: Readonly<Record<string, MatValue>>): Promise<Uint8Array> {
  const { FS } = await ready, path = "/written.mat", file = new File(path, "w");
  const references = file.create_group("#refs#");
  let count = 0;
  const refer = (value: MatValue): Reference => write(references, `${count++}`, value).create_reference();
  const write = (group: Group, name: string, value: MatValue): Dataset | Group => {
    if (typeof value !== "string" && "fields" in value) {
      const struct = group.create_group(name);
      classify(struct, "struct");
      for (const [field, held] of Object.entries(value.fields)) write(struct, field, held);
      return struct;
    }
    const shape = typeof value === "string" ? [value === "" ? 0 : 1, value.length] : value.shape;
    const kind = typeof value === "string" ? "char" : "cells" in value ? "cell" : "double";
    const isEmpty = shape.includes(0);
    const data = isEmpty
      ? BigUint64Array.from(shape, BigInt)
      : typeof value === "string"
      ? Uint16Array.from(value, (character) => character.charCodeAt(0))
      : "cells" in value
      ? value.cells.map(refer)
      : Float64Array.from(value.numbers);
    const dataset = group.create_dataset({
      name,
      data,
      shape: isEmpty ? [shape.length] : shape.toReversed(),
    });
    classify(dataset, kind);
    if (isEmpty) dataset.create_attribute("MATLAB_empty", Uint8Array.of(1));
    return dataset;
  };
  for (const [name, value] of Object.entries(variables)) write(file, name, value);
  file.close();
  const bytes = FS.readFile(path);
  FS.unlink(path);
  return bytes;
}
