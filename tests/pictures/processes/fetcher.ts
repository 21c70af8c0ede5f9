/** Fetches pictures `/0`, `/1` … and says of each where it came from and whether it is kept. */
import { startLogging, stopLogging } from "../../../src/base/log.ts";
import { openPictures } from "../../../src/pictures/open_pictures.ts";

const { folder, origin, count }: { folder: string; origin: string; count: number } = JSON.parse(
  Deno.args[0] ?? "",
);
await startLogging({ level: "warning", format: "pretty" });
const allow_hosts = [new URL(origin).host];
const pictures = await openPictures({
  ...{ folder, allow_hosts, min_free_bytes: 0 },
  // What is left open keeps the process up for longer than anybody waits for it.
  ...{ keep_alive_ms: 600_000, maintenance_ms: 600_000 },
});
const lanes = Array.from({ length: 10 }, async (_, lane) => {
  for (let i = lane; i < count; i += 10) {
    const result = await pictures.get(`${origin}/${i}`);
    const line = result.is === "picture" ? `${result.from} ${result.cached}` : result.sentence;
    Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  }
});
await Promise.all(lanes);
await pictures.close();
await stopLogging();
