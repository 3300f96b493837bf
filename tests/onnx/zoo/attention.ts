/** Layers of operations of TensorFlow.js, as people write them for their own models. */
import * as tf from "@tensorflow/tfjs";

type Arguments = ConstructorParameters<typeof tf.layers.Layer>[0];
type Shape = (number | null)[];

/** Self-attention with several heads, `[batch, time, channel]` to the same. */
export class SelfAttention extends tf.layers.Layer {
  static className = "SelfAttention";
  readonly heads: number;
  #weights: Record<string, tf.LayerVariable> = {};

  constructor({ heads, ...rest }: { heads: number; name?: string }) {
    super(rest as Arguments);
    this.heads = heads;
  }

  override build(inputShape: Shape): void {
    const width = inputShape.at(-1)!, initializer = tf.initializers.glorotUniform({});
    for (const name of ["query", "key", "value", "output"]) {
      this.#weights[name] = this.addWeight(`${name}_kernel`, [width, width], "float32", initializer);
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat(), [batch, time, width] = x.shape, { heads } = this;
      const project = (name: string, rows: tf.Tensor) =>
        tf.matMul(tf.reshape(rows, [batch * time, width]), this.#weights[name].read());
      const split = (name: string) =>
        tf.transpose(tf.reshape(project(name, x), [batch, time, heads, width / heads]), [0, 2, 1, 3]);
      const scores = tf.mul(
        tf.matMul(split("query"), split("key"), false, true),
        1 / Math.sqrt(width / heads),
      );
      const mixed = tf.transpose(tf.matMul(tf.softmax(scores), split("value")), [0, 2, 1, 3]);
      return tf.reshape(project("output", mixed), [batch, time, width]);
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), heads: this.heads };
  }
}

/** Adds a learned vector to each time step. */
export class Positions extends tf.layers.Layer {
  static className = "Positions";
  #positions: tf.LayerVariable | undefined;

  override build(inputShape: Shape): void {
    const shape = inputShape.slice(1) as number[];
    this.#positions = this.addWeight("positions", shape, "float32", tf.initializers.zeros());
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.add([inputs].flat()[0], this.#positions!.read());
  }
}

/** A mean over time, weighed by a learned score of each step. */
export class AttentionPooling extends tf.layers.Layer {
  static className = "AttentionPooling";
  #score: tf.LayerVariable | undefined;

  override build(inputShape: Shape): void {
    const initializer = tf.initializers.glorotUniform({});
    this.#score = this.addWeight("score", [inputShape.at(-1)!, 1], "float32", initializer);
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [x] = [inputs].flat(), [batch, time, width] = x.shape;
      const scores = tf.reshape(tf.matMul(tf.reshape(x, [-1, width]), this.#score!.read()), [batch, time]);
      return tf.sum(tf.mul(x, tf.expandDims(tf.softmax(scores), 2)), 1);
    });
  }

  override computeOutputShape([batch, , width]: Shape): Shape {
    return [batch, width];
  }
}

for (const layer of [SelfAttention, Positions, AttentionPooling]) tf.serialization.registerClass(layer);
