/**
 * Runs Deno with these arguments for as long as standard input is open: so that what it starts ends
 * with whoever began it, however they end.
 */
const child = new Deno.Command(Deno.execPath(), {
  args: Deno.args,
  stdin: "null",
}).spawn();
const ended = child.status;
const is_over = await Promise.race([
  ended.then(() => true),
  Deno.stdin.readable.pipeTo(new WritableStream()).then(() => false),
]);
if (!is_over) child.kill("SIGTERM");
Deno.exit((await ended).code);
