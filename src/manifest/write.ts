/**
 * A resolved manifest as YAML.
 *
 * @module
 */
import { Document, isScalar, visit } from "yaml";
import { findNotJson } from "./json.ts";
import { formatPath } from "./paths.ts";
import { show } from "./show.ts";

/**
 * A value as YAML 1.2, ending in a line break: keys in their order, lists of scalars on one line, no anchors.
 *
 * Reading it gives an equal value, and equal values with equal key order give equal text. Text that YAML 1.1
 * would take for something else (`yes`, `1_000`) is quoted, so that older readers agree.
 *
 * Throws TypeError when the value holds what JSON can't (see `findNotJson`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(writeYaml({ seeds: [1, 2], fit: { epochs: 3 } }), "seeds: [1, 2]\nfit:\n  epochs: 3\n");
 * ```
 */
export function writeYaml(value: unknown): string {
  const [wrong] = findNotJson(value);
  if (wrong) {
    const place = formatPath(wrong.path) || "the value";
    throw new TypeError(`Cannot write YAML: ${place} must be a JSON value, got ${show(wrong.value)}`);
  }
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.every((item) => isScalar(item));
    },
  });
  return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}
