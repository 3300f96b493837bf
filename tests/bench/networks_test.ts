/** The networks that are benchmarked compute the same here and in PyTorch, in every form, where there is PyTorch. */
import { checkValues, here, measureInTurns, pythonWithPytorch, pytorch } from "../../bench/engines.ts";
import { type NetworkName, NETWORKS } from "../../bench/networks/table.ts";
import { withProblem } from "../../bench/problem_folder.ts";

const python = await pythonWithPytorch(), BATCH = 2;

for (const network of Object.keys(NETWORKS) as NetworkName[]) {
  Deno.test({
    name: `two steps of ${network} are those of PyTorch`,
    ignore: python === undefined,
    fn: () =>
      withProblem({ network, batch: BATCH }, async (problem) => {
        const workload = { task: "step", network, threads: 1, batch: BATCH } as const;
        const engines = [here(workload), ...pytorch(python!, workload)];
        const [ours, ...others] = await measureInTurns(engines, { problem, rounds: 2 });
        for (const other of others) checkValues(ours, other);
      }),
  });
}
