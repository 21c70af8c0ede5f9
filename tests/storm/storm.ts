/**
 * `deno task storm`: what the bot stands. Real processes, a real PostgreSQL server of its own, an
 * emulated Telegram; ends with 1 where anything was lost, doubled or left.
 */
import type { Environment } from "../bot/bot_process.ts";
import { inPlace, onServer, type Place } from "../bot/process_place.ts";
import { crowd } from "./crowd.ts";
import { type Finding, missed, tableOf, told } from "./finding.ts";
import { hostileStorm } from "./hostile_storm.ts";
import { killStorm } from "./kill_storm.ts";
import { outage } from "./outage.ts";
import { openPostgres, type OwnPostgres } from "./own_postgres.ts";
import { photos } from "./photos.ts";
import { readWishes, type Wishes } from "./wishes.ts";

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

interface Storm {
  title: (wishes: Wishes) => string;
  run: (wishes: Wishes, server: () => Promise<OwnPostgres>) => Promise<Finding[]>;
}

type Find = (place: Place) => Promise<Finding[]>;

async function findIn(environment: Environment, find: Find): Promise<Finding[]> {
  let found: Finding[] = [];
  await inPlace(async (place) => void (found = await find(place)), environment);
  return found;
}

/** In an empty database of the server. */
async function onOwnServer(server: () => Promise<OwnPostgres>, find: Find): Promise<Finding[]> {
  let found: Finding[] = [];
  const { url } = await server();
  await onServer(url, async (own) => void (found = await findIn({ DATABASE_URL: own }, find)));
  return found;
}

/** Shows that something goes on. */
const onLife = (life: number) => void write(life % 10 === 0 ? `${life} ` : ".");

const storms: Readonly<Record<string, Storm>> = {
  kills: {
    title: ({ kills, scans }) => `${kills} kills during ${scans} scans, on a server:`,
    run: ({ kills, scans, seed }, server) =>
      onOwnServer(server, (place) => killStorm(place, { kills, scans, seed, onLife })),
  },
  embedded: {
    title: ({ embedded_kills: kills, scans }) => `${kills} kills during ${scans} scans, embedded:`,
    run: ({ embedded_kills: kills, scans, seed }) =>
      findIn({}, (place) => killStorm(place, { kills, scans, seed, onLife })),
  },
  crowd: {
    title: ({ people }) => `${people} makers at once, 30 ms latency, 5 % of the calls failing:`,
    run: ({ people, seed }, server) =>
      onOwnServer(server, (place) => crowd(place, { people, seed })),
  },
  photos: {
    title: ({ senders, pictures }) =>
      `${senders} people send ${pictures} pictures of 24 megapixels each, one other a QR code:`,
    run: ({ senders, pictures }) =>
      findIn({}, (place) => photos(place, { people: senders, pictures })),
  },
  hostile: {
    title: ({ updates }) => `${updates} updates that mean harm, and scans among them:`,
    async run({ updates, seed }, server) {
      const storm = (place: Place) => hostileStorm(place, { updates, seed, onWave: onLife });
      return [
        told("on the embedded database", ""),
        ...await findIn({}, storm),
        told("on a server", ""),
        ...await onOwnServer(server, storm),
      ];
    },
  },
  outage: {
    title: ({ outage_ms }) => `The server stopped for ${outage_ms / 1_000} s during traffic:`,
    async run({ outage_ms, people, seed }, server) {
      const own = await server();
      return await onOwnServer(server, (place) => outage(place, own, { outage_ms, people, seed }));
    },
  },
};

async function main(args: string[]): Promise<number> {
  const wishes = readWishes(args, Object.keys(storms));
  if ("print" in wishes) {
    write(wishes.print);
    return wishes.code;
  }
  write(`The seed is ${wishes.seed}\n`);
  await using open = new AsyncDisposableStack();
  let server: Promise<OwnPostgres> | undefined;
  const once = () => server ??= openPostgres().then((it) => open.use(it));
  const all: Finding[] = [];
  for (const storm of wishes.only.flatMap((name) => storms[name] ?? [])) {
    const found = await storm.run(wishes, once);
    write(`\n${tableOf(storm.title(wishes), found)}`);
    all.push(...found);
  }
  const bad = missed(all).length;
  write(bad === 0 ? "All met.\n" : `${bad} MISSED.\n`);
  return bad === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
