/** Files of the published sizes are read in bounded memory. */
import assert from "node:assert/strict";

const MOST_BYTES = 700e6;
const READ = new URL("./read_large.ts", import.meta.url).pathname;

for (
  const [dataset, { bytes, samples, last }] of Object.entries({
    // The last sample of a block, which is that of every block.
    wesad: { bytes: 1e9, samples: 720 * 7000, last: Math.sin(0.37 * 6999) / 3 },
    case: { bytes: 150e6, samples: 2_450_000, last: 0.999 },
  })
) {
  Deno.test({
    name: `a file of ${dataset} of more than ${bytes / 1e6} MB is read in less than ${
      MOST_BYTES / 1e6
    } MB of memory`,
    // Where else a process says how much memory it had at most, is not known here.
    ignore: Deno.build.os !== "linux",
    async fn() {
      const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", "--no-lock", "--no-check", READ, dataset],
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      const read = JSON.parse(new TextDecoder().decode(stdout));
      assert.ok(read.size > bytes, `${read.size}`);
      assert.deepEqual([read.samples, read.last], [samples, last]);
      assert.ok(read.peakBytes < MOST_BYTES, `${read.peakBytes} bytes`);
    },
  });
}
