/** The bytes of an NPY file, version 1.0, C order unless it says otherwise. */
export function npyBytes(
  descr: string,
  shape: readonly number[],
  values: { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number },
  { fortran = false }: { fortran?: boolean } = {},
): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${tuple}, }`;
  const header = new TextEncoder().encode(text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + "\n");
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8];
  const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Uint8Array.from([...magic, ...header, ...content]);
}
