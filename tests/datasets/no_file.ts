/** What may lie in a data folder under the name of a file, and is none. */

/** Puts it there. */
export const NO_FILE: Readonly<Record<string, (path: string) => Promise<void>>> = {
  folder: (path) => Deno.mkdir(path),
  link: (path) => Deno.symlink(`${path}-that-is-gone`, path),
  circle: (path) => Deno.symlink(path, path),
};

/** What errors call it. */
export const NO_FILES = {
  folder: "a folder",
  link: "a link that leads nowhere",
  circle: "a link that leads nowhere",
} as const;
