/** A process that takes the lease on a stage, says so, and holds it until its standard input ends. */
import { Store } from "../../src/pipeline/store.ts";

const [root, stage, id] = Deno.args;
const lease = await new Store(root).lease(stage, id);
if (lease !== undefined) await Deno.writeTextFile(`${lease.folder}/half.csv`, "half");
await Deno.stdout.write(new TextEncoder().encode(lease === undefined ? "refused" : "taken"));
await Deno.stdin.read(new Uint8Array(1));
