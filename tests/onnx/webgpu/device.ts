/** A graphics processor in software, which Debian's Chromium brings. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isThere, skip } from "../../skip.ts";

const CHROMIUM = "/usr/lib/chromium";
const DRIVER = join(CHROMIUM, "vk_swiftshader_icd.json"), LOADER = join(CHROMIUM, "libvulkan.so.1");

/** What a process finds it by. The loader complains where no folder for displays is named. */
const ENVIRONMENT = { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM, XDG_RUNTIME_DIR: tmpdir() };

/** Registers a test that gets the environment of processes that find the device; without one it is skipped, and a line says so. */
export function deviceTest(name: string, run: (env: Record<string, string>) => Promise<void>): void {
  const missing = [DRIVER, LOADER].find((file) => !isThere(file));
  if (missing === undefined) return Deno.test(name, () => run(ENVIRONMENT));
  skip(name, `needs a graphics processor in software, ${missing} of Debian's package chromium-common`);
}
