/**
 * Values in two layouts: `[batch, channel, height, width]`, and in blocks of channels.
 *
 * ONNX Runtime's fast convolutions keep a block of channels together, `[batch, channel / block, height, width, block]`; it calls that
 * layout NCHWc. Its operators name such tensors by the shape that they have without blocks; here they have the five axes that they
 * really have, so that operators on single elements broadcast as they should.
 *
 * @module
 */
import { reshape } from "../graph/arrange.ts";
import { type Graph, sizeOf, type Value } from "../graph/graph.ts";
import { copyConstant } from "../graph/program.ts";

/** The operators that work on blocks of channels. */
export const NCHWC = "com.microsoft.nchwc";

interface Forms {
  plain?: Value;
  /** With five axes. */
  blocked?: Value;
  /** Makes the plain form when somebody asks for it. */
  make?: () => Value;
}

/** What stands for the values of an old graph in a new one. */
export class Layouts {
  /** The new graph. */
  readonly graph: Graph;
  /** Channels of a block; undefined where there are no blocks. */
  readonly block: number | undefined;
  readonly #forms = new Map<Value, Forms>();
  readonly #views = new Map<Value, { readonly shape: readonly number[]; readonly blocked: Value }>();

  constructor(graph: Graph, block: number | undefined) {
    this.graph = graph;
    this.block = block;
  }

  /** Says what stands for an old value; `make` makes the plain form on demand. */
  set(old: Value, forms: Forms): void {
    this.#forms.set(old, { ...this.#forms.get(old), ...forms });
  }

  /** Says that an old value holds, in another shape, the elements of a tensor of `shape` that is there in blocks. */
  setView(old: Value, shape: readonly number[], blocked: Value): void {
    this.#views.set(old, { shape, blocked });
    this.set(old, { make: () => reshape(this.graph, this.unblock(blocked, shape), old.shape) });
  }

  /** The tensor in blocks whose elements an old value holds, if batch and channels are the first axes of `shape` too. */
  viewed(old: Value, shape: readonly number[]): Value | undefined {
    const blocked = this.#forms.get(old)?.blocked;
    const view = blocked === undefined ? this.#views.get(old) : { shape: old.shape, blocked };
    const isSame = view !== undefined && shape.length === 4 && view.shape[0] === shape[0] &&
      view.shape[1] === shape[1];
    return isSame ? reshape(this.graph, view.blocked, this.#five(shape)) : undefined;
  }

  /** Whether something stands for an old value. */
  isKnown(old: Value): boolean {
    return this.#forms.has(old);
  }

  /** Whether the old value is there in blocks. */
  isBlocked(old: Value): boolean {
    return this.#forms.get(old)?.blocked !== undefined;
  }

  /** Whether channels of this shape come in whole blocks. */
  fits(shape: readonly number[]): boolean {
    return this.block !== undefined && shape.length === 4 && shape[1] % this.block === 0 && sizeOf(shape) > 0;
  }

  /** The old value without blocks. */
  plain(old: Value): Value {
    const forms = this.#forms.get(old) ?? {};
    this.#forms.set(old, forms);
    if (forms.plain === undefined) {
      if (forms.make !== undefined) forms.plain = forms.make();
      else if (forms.blocked !== undefined) forms.plain = this.unblock(forms.blocked, old.shape);
      else forms.plain = copyConstant(this.graph, old);
    }
    return forms.plain;
  }

  /** The old value in blocks. */
  blocked(old: Value): Value {
    const known = this.#forms.get(old)?.blocked;
    if (known !== undefined) return known;
    const blocked = this.intoBlocks(this.plain(old));
    this.set(old, { blocked });
    return blocked;
  }

  /** A plain value of float32 in blocks. */
  intoBlocks(plain: Value): Value {
    const { shape } = plain, five = this.#five(shape);
    if (shape[2] * shape[3] === 1) return reshape(this.graph, plain, five);
    return reshape(this.graph, this.graph.emit("ReorderInput", [plain], { shape, domain: NCHWC }), five);
  }

  /** A blocked value without blocks. */
  unblock(blocked: Value, shape: readonly number[]): Value {
    if (shape[2] * shape[3] === 1) return reshape(this.graph, blocked, shape);
    if (blocked.type === "float32") {
      const attributes = { channels: shape[1] };
      return this.graph.emit("ReorderOutput", [nominal(this.graph, blocked)], {
        shape,
        attributes,
        domain: NCHWC,
      });
    }
    const perm = [0, 1, 4, 2, 3];
    const turned = this.graph.emit("Transpose", [blocked], {
      shape: perm.map((axis) => blocked.shape[axis]),
      attributes: { perm },
    });
    return reshape(this.graph, turned, shape);
  }

  /** An operator of blocks: its inputs and its output have five axes here and four names there. */
  emitBlocked(
    operator: string,
    [first, ...others]: readonly Value[],
    { shape, attributes }: {
      readonly shape: readonly number[];
      readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
    },
  ): Value {
    const inputs = [first.shape.length === 5 ? nominal(this.graph, first) : first, ...others];
    const output = this.graph.emit(operator, inputs, { shape, attributes, domain: NCHWC });
    return reshape(this.graph, output, this.#five(shape));
  }

  #five([batch, channels, height, width]: readonly number[]): number[] {
    const block = this.block ?? 1;
    return [batch, channels / block, height, width, block];
  }
}

/** A blocked value under the shape that the operators of blocks know it by. */
export function nominal(graph: Graph, blocked: Value): Value {
  const [batch, blocks, height, width, block] = blocked.shape;
  return reshape(graph, blocked, [batch, blocks * block, height, width]);
}
