/**
 * `deno task bench whole`: from the update to the message, from outside. This bot as `start`, a
 * grammY bot that keeps one row for each chat, and that without a database, in turn in one run.
 */
import { type BenchBot, startOurs, startTheirs } from "./bench_bots.ts";
import { type Interruption, onInterruption } from "./interruption.ts";
import { measureRound, measureStalls } from "./measured_round.ts";
import { type Seed, seedCards } from "./seed_cards.ts";
import { settingsFor, stallSetting, WISHES, type Wishes } from "./settings.ts";
import { STUB_BOT } from "./stub_api.ts";
import { type Measurements, tablesOf } from "./tables.ts";
import { openWatchedServer, type WatchedServer } from "./watched_server.ts";

const CARDS = 100;

/** Prints the tables. Figures are no tests: it is always well. */
export async function benchWhole(
  say: (line: string) => void,
  wishes: Wishes = WISHES,
): Promise<boolean> {
  await using open = new AsyncDisposableStack();
  const server = open.use(await openWatchedServer());
  const folder = await Deno.makeTempDir();
  open.defer(() => Deno.remove(folder, { recursive: true }));
  const interruption = open.use(onInterruption(folder));
  say(`${wishes.rounds} rounds of ${wishes.scans} scans, the bots in turn; medians.`);
  say(`Load of the machine before: ${Deno.loadavg().map((it) => it.toFixed(1)).join(", ")}`);
  const url = await server.create("ours");
  const made = { cards: CARDS, bot: STUB_BOT };
  const seed = await seedCards({ url }, made);
  const theirs = await server.create("grammy");
  await compare(say, wishes, { server, interruption, seed, title: "Real server" }, [
    () => startOurs({ url }, seed),
    () => startTheirs(theirs, seed),
    () => startTheirs(null, seed),
  ]);
  const embedded = await seedCards({ folder: `${folder}/postgres` }, made);
  await compare(say, wishes, { server, interruption, seed: embedded, title: "Embedded database" }, [
    () => startOurs({ folder }, embedded),
    () => startTheirs(null, embedded),
  ]);
  say(`Load of the machine after: ${Deno.loadavg().map((it) => it.toFixed(1)).join(", ")}`);
  return true;
}

/** Where bots are compared. */
interface Arena {
  server: WatchedServer;
  interruption: Interruption;
  seed: Seed;
  title: string;
}

/** Prints the tables of the bots that these start. */
async function compare(
  say: (line: string) => void,
  wishes: Wishes,
  arena: Arena,
  starts: readonly (() => Promise<BenchBot>)[],
): Promise<void> {
  await using open = new AsyncDisposableStack();
  const bots: BenchBot[] = [];
  for (const start of starts) {
    const bot = open.use(await start());
    arena.interruption.kills(bot.pid);
    bots.push(bot);
  }
  const settings = settingsFor(wishes);
  const all = Object.values(settings).flat();
  const measured: Measurements = {
    rounds: new Map(all.map((setting) => [setting, { ours: [], grammy: [], bare: [] }])),
    stalls: [],
  };
  const { codes } = arena.seed;
  const [warm] = settings.load;
  for (const bot of bots) if (warm) await bot.stub.round({ ...warm.order, codes });
  for (let round = 0; round < wishes.rounds; round++) {
    // Nobody is always the first.
    const turn = [...bots.slice(round % bots.length), ...bots.slice(0, round % bots.length)];
    await takeTurns(arena, turn, measured);
    say(`${arena.title}: round ${round + 1} of ${wishes.rounds} is over.`);
  }
  for (const line of tablesOf(arena.title, settings, measured)) say(line);
}

/** One round of every setting. */
async function takeTurns(
  { server, seed }: Arena,
  bots: readonly BenchBot[],
  { rounds, stalls }: Measurements,
): Promise<void> {
  const { codes } = seed;
  for (const [{ latency_ms, order }, figures] of rounds) {
    for (const bot of bots) {
      await bot.stub.setLatency(latency_ms);
      figures[bot.name].push(await measureRound(bot, server, { ...order, codes }));
    }
  }
  const ours = bots.find(({ name }) => name === "ours");
  if (!ours) return;
  await ours.stub.setLatency(stallSetting.latency_ms);
  stalls.push(await measureStalls(ours, seed, { ...stallSetting.order, codes }));
}
