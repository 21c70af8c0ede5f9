/**
 * `deno task bench whole`: from the update to the message, from outside. This bot as `start`, a
 * grammY bot that keeps one row for each chat, and that without a database, in turn in one run.
 */
import { type BenchBot, startOurs, startTheirs } from "./bench_bots.ts";
import { measureRound, measureStalls, type Stalls } from "./measured_round.ts";
import { type Seed, seedCards } from "./seed_cards.ts";
import { settingsFor, stallSetting, WISHES, type Wishes } from "./settings.ts";
import { STUB_BOT } from "./stub_api.ts";
import { type Rounds, tablesOf } from "./tables.ts";
import { openWatchedServer, type WatchedServer } from "./watched_server.ts";

const CARDS = 100;

/** Prints the tables. Figures are no tests: it is always well. */
export async function benchWhole(
  say: (line: string) => void,
  wishes: Wishes = WISHES,
): Promise<boolean> {
  await using server = await openWatchedServer();
  say(`${wishes.rounds} rounds of ${wishes.scans} scans, the bots in turn; medians.`);
  say(`Load of the machine before: ${Deno.loadavg().map((it) => it.toFixed(1)).join(", ")}`);
  const url = await server.create("ours");
  const seed = await seedCards({ url }, { cards: CARDS, bot: STUB_BOT });
  const theirs = await server.create("grammy");
  await compare(say, wishes, { server, seed, title: "Real server" }, [
    () => startOurs({ url }, seed),
    () => startTheirs(theirs, seed),
    () => startTheirs(null, seed),
  ]);
  const folder = await Deno.makeTempDir();
  try {
    const embedded = await seedCards(
      { folder: `${folder}/postgres` },
      { cards: CARDS, bot: STUB_BOT },
    );
    await compare(say, wishes, { server, seed: embedded, title: "Embedded database" }, [
      () => startOurs({ folder }, embedded),
      () => startTheirs(null, embedded),
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  say(`Load of the machine after: ${Deno.loadavg().map((it) => it.toFixed(1)).join(", ")}`);
  return true;
}

/** Where bots are compared. */
interface Arena {
  server: WatchedServer;
  seed: Seed;
  title: string;
}

async function compare(
  say: (line: string) => void,
  wishes: Wishes,
  { server, seed, title }: Arena,
  starts: readonly (() => Promise<BenchBot>)[],
): Promise<void> {
  await using open = new AsyncDisposableStack();
  const bots: BenchBot[] = [];
  for (const start of starts) bots.push(open.use(await start()));
  const settings = settingsFor(wishes);
  const all = Object.values(settings).flat();
  const rounds: Rounds = new Map(
    all.map((setting) => [setting, { ours: [], grammy: [], bare: [] }]),
  );
  const stalls: Stalls[] = [];
  const { codes } = seed;
  const [warm] = settings.load;
  for (const bot of bots) if (warm) await bot.stub.round({ ...warm.order, codes });
  for (let round = 0; round < wishes.rounds; round++) {
    // Nobody is always the first.
    const turn = bots.map((_, i) => bots[(i + round) % bots.length]).filter((it) => !!it);
    for (const setting of all) {
      for (const bot of turn) {
        await bot.stub.setLatency(setting.latency_ms);
        const measured = await measureRound(bot, server, { ...setting.order, codes });
        rounds.get(setting)?.[bot.name].push(measured);
      }
    }
    for (const bot of bots.filter(({ name }) => name === "ours")) {
      await bot.stub.setLatency(stallSetting.latency_ms);
      stalls.push(await measureStalls(bot, seed, { ...stallSetting.order, codes }));
    }
  }
  for (const line of tablesOf(title, settings, rounds, stalls)) say(line);
}
