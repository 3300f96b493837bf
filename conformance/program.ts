/**
 * Runs one test file of tfjs-core on one backend.
 *
 * It is bundled together with the tests; what it is told and what it writes is in `messages.ts`.
 *
 * @module
 */
import jasmineCore from "jasmine-core";
import { BACKENDS } from "./backends.ts";
import { type Assignment, lineOf, type Message } from "./messages.ts";

/** How long a spec may wait for a promise. */
const SPEC_MILLISECONDS = 20_000;

const { backend, jasmineUtil, test, passOver, containing }: Assignment = JSON.parse(Deno.args[0]);

/** The kernels that the backend has computed since the spec began. */
const computed = new Set<string>();
const { name, isDataSync } = await BACKENDS[backend]((kernelName) => computed.add(kernelName));

const jasmine = jasmineCore.boot();
jasmine.DEFAULT_TIMEOUT_INTERVAL = SPEC_MILLISECONDS;
const { setTestEnvs } = await import(jasmineUtil);
setTestEnvs([{ name, backendName: name, isDataSync }]);
await import(test);

const passedOver = new Set(passOver);
let began = 0;
const env = jasmine.getEnv();
env.configure({
  random: false,
  specFilter: (spec: { id: string; getFullName(): string }) =>
    !passedOver.has(spec.id) && nameOf(spec.getFullName()).includes(containing),
});
env.addReporter({
  specStarted({ id, fullName }: Result) {
    computed.clear();
    began = performance.now();
    write({ kind: "begin", id, name: nameOf(fullName) });
  },
  specDone(result: Result) {
    if (result.status === "passed" || result.status === "failed") writeEnd(result);
  },
  suiteDone(result: Result) {
    if (result.failedExpectations.length > 0) writeEnd(result);
  },
});
await env.execute();
write({ kind: "done" });
Deno.exit(0);

/** What Jasmine reports of a spec or a suite. */
interface Result {
  readonly id: string;
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

function writeEnd({ id, fullName, failedExpectations }: Result): void {
  write({
    kind: "end",
    id,
    name: nameOf(fullName),
    passed: failedExpectations.length === 0,
    messages: failedExpectations.map(({ message }) => message),
    kernels: [...computed],
    milliseconds: performance.now() - began,
  });
}

/** The name without what `describeWithFlags` adds: the backend and its flags. */
function nameOf(fullName: string): string {
  return fullName.replaceAll(` ${name} {}`, "");
}

function write(message: Message): void {
  Deno.stdout.writeSync(new TextEncoder().encode(lineOf(message)));
}
