/** Tries what its arguments say, each as JSON, and prints for each whether it could. Run with a worker's permissions. */

const ATTEMPTS: Record<string, (what: string) => unknown> = {
  read: (path) => Deno.readTextFileSync(path),
  list: (path) => [...Deno.readDirSync(path)],
  write: (path) => Deno.writeTextFileSync(path, "written"),
  connect: async (address) => {
    const [hostname, port] = address.split(":");
    (await Deno.connect({ hostname, port: Number(port) })).close();
  },
  fetch: async (address) => await (await fetch(`http://${address}`)).text(),
  import: (address) => import(`http://${address}/module.ts`),
  run: (command) => new Deno.Command(command).outputSync(),
  load: (path) => Deno.dlopen(path, {}),
};

const outcomes: string[] = [];
for (const text of Deno.args) {
  const [attempt, what]: [string, string] = JSON.parse(text);
  try {
    await ATTEMPTS[attempt](what);
    outcomes.push("could");
  } catch (error) {
    outcomes.push(error instanceof Deno.errors.NotCapable ? "not allowed" : String(error));
  }
}
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(outcomes)));
