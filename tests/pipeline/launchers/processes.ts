/** Processes of this machine, as Linux lists them. */

/** Whether this machine can list them. */
export const CAN_LIST = Deno.build.os === "linux";

/** Ids of the processes whose command line holds `text`. */
export function processesWith(text: string): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((id) =>
    Number.isInteger(id) && commandOf(id).includes(text)
  );
}

function commandOf(id: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${id}/cmdline`).replaceAll("\0", " ");
  } catch (error) {
    // It has ended since it was listed.
    if (error instanceof Deno.errors.NotFound || hasCode(error, "ESRCH")) return "";
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
