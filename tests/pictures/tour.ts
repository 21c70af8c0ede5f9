/**
 * The image-fetch actor in a minute: three pictures under public-looking names, their server
 * switched off, and why three addresses are refused. `deno run -q -P=test tests/pictures/tour.ts`
 */
import type { FlightResult } from "../../machines/picture.ts";
import { describeResult } from "../../src/pictures/cli.ts";
import { openPictures } from "../../src/pictures/open_pictures.ts";
import { aheadBy } from "../ahead_by.ts";
import { startFaultServer } from "./fault_server.ts";
import { jpeg, png, TINY_WEBP } from "./picture_bytes.ts";

const NAMES = ["cards.example", "shop.example", "news.example"];

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));

/** Lets kept pictures be of the day before yesterday, as the cache sees after a second. */
async function age(results: readonly FlightResult[]): Promise<void> {
  const then = new Date(Date.now() - 2 * 86_400_000);
  for (const result of results) {
    if (result.is === "picture") await Deno.utime(result.path, then, then);
  }
}

async function tour(): Promise<void> {
  const folder = await Deno.makeTempDir();
  await using server = await startFaultServer();
  const bodies = [jpeg(50_000), png(300, 200, { noise: true }), TINY_WEBP];
  const urls = NAMES.map((name, i) => {
    server.on(`/${i}`, { body: bodies[i] ?? jpeg() });
    return `http://${name}:${server.port}/${i}`;
  });
  let rebound = 0;
  const pictures = await openPictures({
    folder,
    // Every look is a new one, as it is for a server that answers with a TTL of 0.
    dns_ttl_ms: 0,
    allow_hosts: NAMES.map((name) => `${name}:${server.port}`),
    // The names of this tour; "rebinding.example" is public at the first look only.
    resolve: (name) =>
      Promise.resolve([{
        address: name === "rebinding.example" && rebound++ === 0 ? "93.184.216.34" : "127.0.0.1",
        family: 4,
      }]),
  });
  const show = async (title: string, wanted: readonly string[]) => {
    say(`\n${title}`);
    for (const url of wanted) say(describeResult(await pictures.get(url)));
  };
  try {
    await show("Three pictures:", urls);
    await show("Again:", urls);
    await server.close();
    await age(await Promise.all(urls.map((url) => pictures.get(url))));
    using _ = aheadBy(1_100);
    await show("Their server is off, and they are of the day before yesterday:", urls);
    await pictures.get("http://rebinding.example/first");
    await show("What is not fetched:", [
      ...["http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://rebinding.example/second"],
    ]);
    say(`\n${server.connections()} connections were made, none of them by the last three.`);
  } finally {
    await pictures.close();
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) await tour();
