import assert from "node:assert/strict";
import { buildEncoder, type EncoderSpecification } from "../../src/models/table.ts";
import { encoderWork } from "../../src/models/work.ts";

const ENCODERS: readonly { encoder: EncoderSpecification; samples: number; sampleRateHz: number }[] = [
  { encoder: { kind: "sarkar-cnn" }, samples: 2560, sampleRateHz: 256 },
  {
    encoder: {
      kind: "cnn",
      blocks: [{ filters: 3, kernel: 5, layers: 1 }, { filters: 7, kernel: 4, layers: 3 }],
      pool: { size: 5, stride: 3 },
      leak: 0.2,
    },
    samples: 101,
    sampleRateHz: 64,
  },
];

for (const { encoder, samples, sampleRateHz } of ENCODERS) {
  Deno.test(`encoderWork() counts the multiplications and outputs of the convolutions that ${encoder.kind} builds`, async () => {
    const model = await buildEncoder(encoder, { samples, sampleRateHz });
    let expected = 0;
    for (const layer of model.layers.filter((layer) => layer.getClassName() === "Conv1D")) {
      const [[, time, channels]] = [layer.outputShape as number[]];
      const [kernel, into] = layer.getWeights()[0].shape;
      expected += time * channels * (kernel * into + 500);
    }
    assert.equal(encoderWork(encoder, samples), expected);
  });
}
