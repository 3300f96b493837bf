/**
 * The test files of tfjs-core that are run: its operations, gradients and optimizers, as its npm package ships them.
 *
 * @module
 */

const DIST = decodeURIComponent(
  new URL(".", import.meta.resolve("@tensorflow/tfjs-core/dist/index.js")).pathname,
);

/** The path of a module of tfjs-core, named from its `dist` folder without `.js`. */
export function pathInTfjsCore(module: string): string {
  return `${DIST}${module}.js`;
}

/** The test files, named from tfjs-core's `dist` folder without `.js`, in the order of what they test: `ops/add_test`. */
export async function testFiles(): Promise<string[]> {
  const found = ["gradients_test", ...await testsBelow("ops"), ...await testsBelow("optimizers")];
  return found.sort((left, right) => opOf(left) < opOf(right) ? -1 : 1);
}

/** What a test file tests: `ops/image/transform_test` is `image/transform`. */
export function opOf(file: string): string {
  return file.replace(/^ops\//, "").replace(/_test$/, "");
}

async function testsBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${DIST}${folder}`)) {
    if (isDirectory) found.push(...await testsBelow(`${folder}/${name}`));
    else if (name.endsWith("_test.js")) found.push(`${folder}/${name.slice(0, -".js".length)}`);
  }
  return found;
}
