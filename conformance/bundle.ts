/**
 * The tests of tfjs-core and the backend in one bundle, so that both use one copy of TensorFlow.js.
 *
 * @module
 */
import { build, type Plugin, stop } from "esbuild";
import { pathInTfjsCore } from "./suite.ts";

/** Bundled modules on the disk, as URLs. */
export interface Bundle {
  /** The program that runs one test file. */
  readonly program: string;
  /** tfjs-core's `jasmine_util`, in the copy that the tests use. */
  readonly jasmineUtil: string;
  /** Each test file. */
  readonly tests: ReadonlyMap<string, string>;
  /** Deletes them. */
  remove(): Promise<void>;
}

/** Packages that load native code, or files beside their own. */
const NOT_BUNDLED = ["jasmine-core", "onnxruntime-node"];

/** Bundles test files into a temporary folder. */
export async function bundle(files: readonly string[]): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "conformance-" });
  try {
    await build({
      entryPoints: {
        program: pathOf(new URL("./program.ts", import.meta.url)),
        jasmineUtil: pathInTfjsCore("jasmine_util"),
        ...Object.fromEntries(files.map((file) => [`tests/${file}`, pathInTfjsCore(file)])),
      },
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "esnext",
      // The modules, of which each exists once; `main` of every package of TensorFlow.js holds a copy of the others' code.
      mainFields: ["module", "main"],
      // tfjs-core says that its tests have no side effects; they would be left out.
      ignoreAnnotations: true,
      // jasmine-core is no dependency of tfjs-core.
      nodePaths: [pathOf(new URL("../node_modules", import.meta.url))],
      plugins: [...NOT_BUNDLED.map(leftOutside), changeableNamespace("fused")],
      // What tfjs-core requires of Node.
      banner: {
        js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      },
      logLevel: "error",
    });
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    throw error;
  } finally {
    await stop();
  }
  const bundled = (entry: string) => `file://${folder}/${entry}.mjs`;
  return {
    program: bundled("program"),
    jasmineUtil: bundled("jasmineUtil"),
    tests: new Map(files.map((file) => [file, bundled(`tests/${file}`)])),
    remove: () => Deno.remove(folder, { recursive: true }),
  };
}

function leftOutside(name: string): Plugin {
  return {
    name,
    setup: ({ onResolve }) =>
      onResolve(
        { filter: new RegExp(`^${name}(/dist/|$)`) },
        ({ path }) => ({ path: import.meta.resolve(path), external: true }),
      ),
  };
}

/** Makes a namespace of tfjs-core an object whose functions can be replaced, as it is in what the package loads as `main`. */
function changeableNamespace(name: string): Plugin {
  const imported = `import * as ${name} from`;
  return {
    name: `changeable ${name}`,
    setup: ({ onLoad }) =>
      onLoad({ filter: /tfjs-core\/dist\/ops\/ops\.js$/ }, async ({ path }) => {
        const text = await Deno.readTextFile(path);
        if (!text.includes(imported)) {
          throw new Error(`Cannot bundle tfjs-core: ${path} must say "${imported}", got other text`);
        }
        return {
          contents: `${
            text.replace(imported, `import * as ${name}Module from`)
          }\nconst ${name} = { ...${name}Module };`,
        };
      }),
  };
}

function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname);
}
