/** How long `deno task start` needs on a folder that it has made before. */
import { delay } from "@std/async";
import { type Emulator, startEmulator } from "@amanita/emulator";

/** Starts the bot twice on `folder`; says how long the second took until it polled. */
export async function secondStart(folder: string): Promise<string> {
  const emulator = await startEmulator({
    people: [{ first_name: "Анна", language_code: "ru" }],
  });
  try {
    await startToPoll(emulator, { DATA_DIR: folder });
    return `${((await startToPoll(emulator, { DATA_DIR: folder })) / 1000).toFixed(2)} s`;
  } finally {
    await emulator.close();
  }
}

/** Starts the bot of `emulator`, ends it when it has polled, and says how long that took, in ms. */
export async function startToPoll(
  emulator: Emulator,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const before = emulator.calls().length;
  const begin = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=start", "src/main.ts"],
    env: {
      BOT_TOKEN: emulator.token,
      TELEGRAM_API_ROOT: emulator.root,
      HTTP_PORT: "0",
      ...environment,
    },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let ended = false;
  const said = child.stderr.text().finally(() => ended = true);
  const polled = () =>
    emulator.calls().slice(before).some(({ method }) => /getUpdates/i.test(method));
  // The call is listed when it is answered: something must come for it.
  const [person] = emulator.people();
  if (person) await emulator.person(person.id).start();
  while (!polled() && !ended && performance.now() - begin < 60_000) {
    await delay(10);
  }
  const took_ms = performance.now() - begin;
  if (!ended) child.kill("SIGTERM");
  await child.status;
  if (!polled()) throw new Error(`The bot did not poll within 60 s, and said ${await said}`);
  return took_ms;
}
