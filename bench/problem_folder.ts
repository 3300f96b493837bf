/**
 * A problem in a folder of its own for as long as it is used, written by a process of its own.
 *
 * @module
 */
import type { NetworkName } from "./networks/table.ts";
import { denoScript } from "./peer.ts";

/** Writes the problem of a network, hands its folder on and takes it away again. Throws Error when it can't be written. */
export async function withProblem<Result>(
  { network, batch }: { network: NetworkName; batch: number },
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await Deno.makeTempDir();
  try {
    const { program, args } = denoScript("problem.ts");
    const { success, stderr } = await new Deno.Command(program, {
      args: [...args, network, folder, `${batch}`],
    }).output();
    if (!success) {
      throw new Error(
        `Cannot measure ${network}: its problem must be written\n${new TextDecoder().decode(stderr)}`,
      );
    }
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
