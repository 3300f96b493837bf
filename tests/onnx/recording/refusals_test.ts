/** What can't be recorded is an error, never a wrong number. */
import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { compile, type Program } from "../../../src/onnx/programs/compile.ts";
import { createRandom } from "../../../src/onnx/random/random.ts";

const refusals: [string, () => Promise<unknown>, RegExp][] = [
  [
    "a random tensor",
    () => compile(() => ({ y: tf.randomUniform([2]) }), { inputs: {} }),
    /Cannot record randomUniform: a program that draws random numbers must be given the option random/,
  ],
  [
    "a random tensor with a seed",
    () => compile(() => ({ y: tf.randomNormal([2], 0, 1, "float32", 7) }), { inputs: {} }),
    /Cannot record randomNormal/,
  ],
  [
    "a layer that draws its weights while it is recorded",
    () =>
      compile(({ x }) => ({ y: tf.layers.dense({ units: 2 }).apply(x) as tf.Tensor }), {
        inputs: { x: [2, 3] },
      }),
    /build the model before/,
  ],
  [
    "Math.random",
    () => compile(({ x }) => ({ y: tf.mul(x, Math.random()) }), { inputs: { x: [2] } }),
    /Cannot record Math\.random/,
  ],
  [
    "dropout without a generator",
    () => compile(({ x }) => ({ y: tf.dropout(x, 0.5) }), { inputs: { x: [2] } }),
    /Cannot record dropout: a program that draws random numbers must be given the option random/,
  ],
  [
    "reading a symbolic tensor",
    () => compile(({ x }) => ({ y: tf.mul(x, tf.sum(x).dataSync()[0]) }), { inputs: { x: [2] } }),
    /Cannot read a tensor while a program is recorded: .*return the tensor as an output/,
  ],
  [
    "reading a variable",
    () => {
      const variable = tf.variable(tf.scalar(1));
      return compile(({ x }) => ({ y: tf.mul(x, variable.dataSync()[0]) }), { inputs: { x: [2] } });
    },
    /Cannot read a tensor while a program is recorded/,
  ],
  [
    "a kernel that has no lowering",
    () => {
      const kernel = tf.variable(tf.zeros([3]), true, "classes/kernel");
      return compile(({ x }) => ({ y: tf.unique(tf.add(x, kernel)).values }), { inputs: { x: [3] } });
    },
    /Cannot record the kernel Unique in unique, after the variable "classes\/kernel": the shape of its result depends/,
  ],
  [
    "a disposed tensor",
    () => {
      const gone = tf.tensor([1, 2]);
      gone.dispose();
      return compile(() => ({ y: tf.neg(gone) }), { inputs: {} });
    },
    /Cannot record a tensor: it must hold numbers still/,
  ],
  [
    "a function that returns something else than tensors",
    () => compile(() => ({ y: 3 as unknown as tf.Tensor }), { inputs: {} }),
    /it must return tensors by name, got "y", which is a Number/,
  ],
  [
    "an asynchronous function",
    () => compile((() => Promise.resolve({})) as unknown as () => Record<string, tf.Tensor>, { inputs: {} }),
    /it must return tensors by name, got a promise/,
  ],
  [
    "a function that returns a tensor without a name",
    () => compile(({ x }) => tf.neg(x) as unknown as Record<string, tf.Tensor>, { inputs: { x: [2] } }),
    /it must return tensors by name, got a tensor without a name; return { name: tensor }/,
  ],
  [
    "a model's own training",
    () => {
      const model = tf.sequential({ layers: [tf.layers.reLU({ inputShape: [1] })] });
      return compile(({ x, y }) => {
        model.trainOnBatch(x, y);
        return {};
      }, { inputs: { x: [3, 1], y: [3, 1] } });
    },
    /Cannot record trainOnBatch of a model: .*optimizer\.minimize .*or call it outside after useOnnxBackend/,
  ],
  [
    "a layer that draws without a generator",
    () => {
      const noise = tf.layers.gaussianNoise({ name: "noise", stddev: 1 });
      return compile(({ x }) => ({ y: noise.apply(x, { training: true }) as tf.Tensor }), {
        inputs: { x: [2] },
      });
    },
    /Cannot record randomNormal of the layer "noise[^"]*": .*must be given the option random \(createRandom makes one\)/,
  ],
  [
    "a function that returns nothing",
    () => compile((() => undefined) as unknown as () => Record<string, tf.Tensor>, { inputs: {} }),
    /it must return tensors by name, got undefined/,
  ],
  [
    "a function that gives nothing",
    () => compile(({ x }) => tf.square(x) && {}, { inputs: { x: [2] } }),
    /it must give something, got neither tensors that it returns nor variables that it assigns/,
  ],
  [
    "a function that disposes what it returns",
    () =>
      compile(({ x }) => {
        const y = tf.neg(x);
        y.dispose();
        return { y };
      }, { inputs: { x: [2] } }),
    /it must return tensors by name, got "y", which is disposed/,
  ],
  [
    "a function that awaits a symbolic tensor",
    () =>
      compile(
        (async ({ x }: Record<string, tf.Tensor>) => ({
          y: tf.mul(x, (await x.data())[0]),
        })) as unknown as Program,
        {
          inputs: { x: [2] },
        },
      ),
    /got a promise; use no await in the function/,
  ],
  ["printing a symbolic tensor", () =>
    compile(({ x }) => {
      x.print();
      return { x };
    }, { inputs: { x: [2] } }), /Cannot read a tensor while a program is recorded/],
  [
    "numbers of a function of JavaScript",
    () => compile(() => ({ y: tf.rand([2], () => 1) }), { inputs: {} }),
    /Cannot record rand: its numbers come from a function of JavaScript, which runs once/,
  ],
  [
    "shuffling",
    () =>
      compile(({ x }) => {
        tf.util.shuffle([1, 2, 3]);
        return { x };
      }, { inputs: { x: [2] } }),
    /Cannot record Math\.random: the program would repeat in every run what it gave .*draw it with tf\.randomUniform/,
  ],
  [
    "the time of day",
    () => compile(({ x }) => ({ y: tf.mul(x, Date.now()) }), { inputs: { x: [2] } }),
    /Cannot record Date\.now: .*give the time as an input/,
  ],
  [
    "a new date",
    () => compile(({ x }) => ({ y: tf.mul(x, new Date().getHours()) }), { inputs: { x: [2] } }),
    /Cannot record new Date\(\)/,
  ],
  [
    "a date as text",
    () => compile(({ x }) => ({ y: tf.mul(x, Date().length) }), { inputs: { x: [2] } }),
    /Cannot record Date\(\)/,
  ],
  [
    "the time since the start",
    () => compile(({ x }) => ({ y: tf.mul(x, performance.now()) }), { inputs: { x: [2] } }),
    /Cannot record performance\.now/,
  ],
  [
    "random bytes",
    () =>
      compile(({ x }) => ({ y: tf.mul(x, crypto.getRandomValues(new Uint8Array(1))[0]) }), {
        inputs: { x: [2] },
      }),
    /Cannot record crypto\.getRandomValues: .*draw it with tf\.randomUniform/,
  ],
  [
    "a random name",
    () => compile(({ x }) => ({ [crypto.randomUUID()]: x }), { inputs: { x: [2] } }),
    /Cannot record crypto\.randomUUID/,
  ],
  [
    "a layer that draws its weights though the program may draw",
    () =>
      compile(({ x }) => ({ y: tf.layers.dense({ units: 2 }).apply(x) as tf.Tensor }), {
        inputs: { x: [2, 3] },
        random: createRandom(0x548c9decbce65297n),
      }),
    /a variable that it makes must start with numbers that are known.*build the model before/,
  ],
  [
    "an average that starts with a value of the program",
    () => compile(({ x }) => ({ y: tf.variable(tf.mul(x, 2)).square() }), { inputs: { x: [2] } }),
    /a variable that it makes must start with numbers that are known.*make the variable before/,
  ],
  [
    "an axis of any length",
    () => compile(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: [null as unknown as number, 3] } }),
    /each length of the input "x" must be a whole number from 0 up, got \[null, 3\]; a program has one size/,
  ],
  [
    "an unknown type",
    () =>
      compile(({ x }) => ({ y: tf.neg(x) }), {
        inputs: { x: { shape: [2], dtype: "string" as unknown as "bool" } },
      }),
    /the type of the input "x" must be float32, int32, bool, got string/,
  ],
  [
    "text",
    () => compile(() => ({ y: tf.tensor(["a"]) }), { inputs: {} }),
    /its type must be float32, int32 or bool, got string/,
  ],
];

for (const [what, attempt, message] of refusals) {
  Deno.test(`compile() refuses ${what} and leaves TensorFlow.js in order`, async () => {
    const { random } = Math, date = Date, { now } = performance;
    const variable = tf.variable(tf.scalar(4));
    const { numTensors } = tf.memory();
    await assert.rejects(attempt, { message });
    assert.deepEqual([Math.random === random, Date === date, performance.now === now], [true, true, true]);
    assert.deepEqual([Object.hasOwn(performance, "now"), Object.hasOwn(crypto, "randomUUID")], [
      false,
      false,
    ]);
    assert.equal(tf.getBackend(), "cpu");
    assert.deepEqual([...variable.dataSync()], [4]);
    // Of the attempt itself: a variable and the tensor that it was made from.
    const made = what.includes("variable") || what.includes("kernel") ? 2 : 0;
    assert.equal(tf.memory().numTensors, numTensors + made);
    variable.dispose();
  });
}

Deno.test("compile() gives variables their values back when the function throws after an assignment", async () => {
  const variable = tf.variable(tf.scalar(1));
  await assert.rejects(
    compile(() => {
      variable.assign(tf.add(variable, 1));
      throw new Error("stop");
    }, { inputs: {} }),
    /stop/,
  );
  assert.deepEqual([...variable.dataSync()], [1]);
});

Deno.test("compile() refuses to record inside a recording", async () => {
  let inner: Promise<unknown> | undefined;
  const program = await compile(({ x }) => {
    inner = assert.rejects(compile(() => ({ x }), { inputs: {} }), /another recording must have ended/);
    return { x };
  }, { inputs: { x: [1] } });
  await inner;
  assert.deepEqual([...(await program.run({ x: 2 })).x], [2]);
  await program.dispose();
});

Deno.test("compile() lets a program name dates and draw tensors of no elements", async () => {
  const program = await compile(({ x }) => {
    const hours = new Date(0).getUTCHours();
    return { y: tf.add(x, hours), none: tf.randomUniform([0]) };
  }, { inputs: { x: [1] } });
  const { y, none } = await program.run({ x: 2 });
  assert.deepEqual([[...y], [...none]], [[2], []]);
  await program.dispose();
});

Deno.test("compile() keeps the numbers of a tensor that is disposed afterwards", async () => {
  const factor = tf.tensor1d([2, 3]);
  const program = await compile(({ x }) => ({ y: tf.mul(x, factor) }), { inputs: { x: [2] } });
  factor.dispose();
  assert.deepEqual([...(await program.run({ x: Float32Array.of(1, 1) })).y], [2, 3]);
  await program.dispose();
});

Deno.test("Compiled.run() refuses a variable that was disposed", async () => {
  const read = tf.variable(tf.scalar(2), true, "offset"), written = tf.variable(tf.scalar(0), true, "last");
  const program = await compile(({ x }) => {
    written.assign(x.asScalar());
    return { y: tf.add(x, read) };
  }, { inputs: { x: [] } });
  assert.deepEqual([...(await program.run({ x: 1 })).y], [3]);
  written.dispose();
  await assert.rejects(program.run({ x: 1 }), { message: /its variables must not be disposed, got "last"/ });
  read.dispose();
  await assert.rejects(program.run({ x: 1 }), {
    message: /got "offset", which is; keep it as long as the program/,
  });
  await program.dispose();
});

Deno.test("Compiled.run() refuses to run while another program is recorded", async () => {
  const inner = await compile(({ x }) => ({ y: tf.neg(x) }), { inputs: { x: [] } });
  let ran: Promise<unknown> | undefined;
  const outer = await compile(({ x }) => {
    ran = assert.rejects(inner.run({ x: 1 }), {
      message: /no other one must be being recorded.*call the function/,
    });
    return { x };
  }, { inputs: { x: [] } });
  await ran;
  assert.deepEqual([...(await inner.run({ x: 1 })).y], [-1]);
  await Promise.all([inner.dispose(), outer.dispose()]);
});

Deno.test("a symbolic tensor that outlives its recording cannot be read, nor used in another program", async () => {
  let kept: tf.Tensor | undefined;
  const program = await compile(({ x }) => {
    kept = tf.keep(tf.neg(x));
    return { x };
  }, { inputs: { x: [2] } });
  assert.throws(() => kept!.dataSync(), {
    message: /Cannot read a tensor: its program must be being recorded still/,
  });
  await assert.rejects(compile(() => ({ y: tf.neg(kept!) }), { inputs: {} }), {
    message: /Cannot read a tensor: its program/,
  });
  kept!.dispose();
  await program.dispose();
});
