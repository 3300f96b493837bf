/**
 * Facts that a model's file carries.
 *
 * @module
 */
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema, StringStringEntryProtoSchema } from "onnx-buf";

/**
 * The file with these facts added to its metadata; the graph and its weights stay as they are.
 *
 * Throws RangeError for a key that the file has already.
 */
export function addMetadata(bytes: Uint8Array, facts: Readonly<Record<string, string>>): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  for (const [key, value] of Object.entries(facts)) {
    if (model.metadataProps.some((entry) => entry.key === key)) {
      throw new RangeError(`Cannot add metadata: the file must not have the key yet, got ${key}`);
    }
    model.metadataProps.push(create(StringStringEntryProtoSchema, { key, value }));
  }
  return toBinary(ModelProtoSchema, model);
}
