/** A thread that starts processes one after another: until each becomes another program, it has open what this one has. */
const PROCESSES = 30;

for (let count = 0; count < PROCESSES; count++) {
  await new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null", detached: true }).output();
}
