/**
 * `deno task storm`: what the bot stands. Real processes, a real PostgreSQL server of its own, an
 * emulated Telegram; ends with 1 where anything was lost, doubled or left.
 */
import { parseArgs } from "node:util";
import { inPlace, onServer } from "../bot/process_place.ts";
import { type Finding, missed, tableOf } from "./finding.ts";
import { killStorm } from "./kill_storm.ts";
import { openPostgres, type OwnPostgres } from "./own_postgres.ts";

const usage = `deno task storm [--only kills,embedded] [--seed TEXT]
  [--kills 50] [--embedded-kills 10] [--scans 2000]`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

interface Wishes {
  kills: number;
  embedded_kills: number;
  scans: number;
  seed: string;
}

interface Storm {
  title: (wishes: Wishes) => string;
  run: (wishes: Wishes, server: () => Promise<OwnPostgres>) => Promise<Finding[]>;
}

/** Shows that something goes on. */
const onLife = (life: number) => void write(life % 10 === 0 ? `${life} ` : ".");

const storms: Readonly<Record<string, Storm>> = {
  kills: {
    title: ({ kills, scans }) => `${kills} kills during ${scans} scans, on a server:`,
    async run({ kills, scans, seed }, server) {
      let found: Finding[] = [];
      const { url } = await server();
      await onServer(url, (own) =>
        inPlace(async (place) => {
          found = await killStorm(place, { kills, scans, seed, onLife });
        }, { DATABASE_URL: own }));
      return found;
    },
  },
  embedded: {
    title: ({ embedded_kills, scans }) =>
      `${embedded_kills} kills during ${scans} scans, embedded:`,
    async run({ embedded_kills: kills, scans, seed }) {
      let found: Finding[] = [];
      await inPlace(async (place) => {
        found = await killStorm(place, { kills, scans, seed, onLife });
      }, {});
      return found;
    },
  },
};

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      "help": { type: "boolean" },
      "only": { type: "string" },
      "seed": { type: "string" },
      "kills": { type: "string" },
      "embedded-kills": { type: "string" },
      "scans": { type: "string" },
    },
  });
  if (values.help) {
    write(`${usage}\n`);
    return 0;
  }
  const wishes: Wishes = {
    kills: Number(values.kills ?? 50),
    embedded_kills: Number(values["embedded-kills"] ?? 10),
    scans: Number(values.scans ?? 2_000),
    seed: values.seed ?? crypto.randomUUID(),
  };
  const only = values.only?.split(",") ?? Object.keys(storms);
  write(`The seed is ${wishes.seed}\n`);
  await using open = new AsyncDisposableStack();
  let server: Promise<OwnPostgres> | undefined;
  const once = () => server ??= openPostgres().then((it) => open.use(it));
  const all: Finding[] = [];
  for (const name of only) {
    const storm = storms[name];
    if (storm === undefined) throw new Error(`Cannot raise ${name}: ${usage}`);
    const found = await storm.run(wishes, once);
    write(`\n${tableOf(storm.title(wishes), found)}`);
    all.push(...found);
  }
  const bad = missed(all).length;
  write(bad === 0 ? "All met.\n" : `${bad} MISSED.\n`);
  return bad === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
