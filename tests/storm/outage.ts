/** A database server that is stopped for a while during traffic: who is told what, what is lost. */
import { delay } from "@std/async";
import type { Emulator, PersonHandle } from "@amanita/emulator";
import { catalogues } from "../../src/flows/catalogues.ts";
import { chanceOf } from "./chance.ts";
import { startBot } from "../bot/bot_process.ts";
import { issue, type Place, stop } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { aftermath, numbersRead } from "./aftermath.ts";
import { type Finding, holds, told, zero } from "./finding.ts";
import type { OwnPostgres } from "./own_postgres.ts";

export interface OutageOptions {
  /** How long the server is stopped, in ms. */
  outage_ms: number;
  /** People who scan once each, at random moments before, within and after. */
  people: number;
  seed: string;
}

const BEFORE_MS = 2_000;
const AFTER_MS = 2_000;
/** When somebody is told, and how much later that may be on a busy machine. */
const TOLD_MS = 10_000;
const LATE_MS = 5_000;
const RECOVERY_MS = 120_000;

/** Stops the server of `place`'s database while people scan, and starts it again. */
export async function outage(
  place: Place,
  server: OwnPostgres,
  { outage_ms, people: count, seed }: OutageOptions,
): Promise<Finding[]> {
  const { emulator, environment } = place;
  const chance = chanceOf(seed);
  const people = Array.from({ length: count }, () => emulator.addPerson({ first_name: "Гость" }));
  await using bot = startBot(environment);
  await bot.working();
  const code = await issue(place);
  const scanned = new Map<number, number>();
  const scanning = people.map(async (person, i) => {
    // The first comes as soon as the server is away, so that somebody waits for the whole of it.
    const wait_ms = i === 0 ? BEFORE_MS + 500 : chance.between(0, BEFORE_MS + outage_ms + AFTER_MS);
    await delay(wait_ms);
    scanned.set(person.id, Date.now());
    await person.start(`v_${code}`);
  });
  await delay(BEFORE_MS);
  await server.stop();
  await delay(outage_ms);
  await server.start();
  const back_at = Date.now();
  await Promise.all(scanning);
  const all = () => numbersRead(people) >= count && emulator.pendingUpdates() === 0;
  await until("every scan is answered", all, RECOVERY_MS, 50).catch(() => undefined);
  const recovery_ms = Date.now() - back_at;
  await stop(bot);
  return [
    told("seconds without the server", (outage_ms / 1_000).toFixed(1)),
    told("seconds from its start until all is answered", (recovery_ms / 1_000).toFixed(1)),
    ...judgeWords(emulator, people, scanned),
    ...await aftermath(place, people, count),
  ];
}

/** Who waited long must have been told in time, and nobody else. */
function judgeWords(
  emulator: Emulator,
  people: readonly PersonHandle[],
  scanned: ReadonlyMap<number, number>,
): Finding[] {
  const calls = emulator.calls().filter(({ ok, method }) => ok && method.startsWith("send"));
  const longer = catalogues.ru.text("taking_longer", {});
  const waits = people.map(({ id }) => {
    const to = calls.filter(({ params }) => params.chat_id === id);
    const since = (at: number | undefined) => at === undefined ? null : at - (scanned.get(id) ?? 0);
    const words = to.filter(({ params }) => params.text === longer);
    return {
      told_ms: words.map(({ at }) => since(at) ?? 0),
      waited_ms: since(to.find(({ params }) => params.text !== longer)?.at) ?? Infinity,
    };
  });
  const long = waits.filter(({ waited_ms }) => waited_ms > TOLD_MS + LATE_MS);
  const heard = waits.filter(({ told_ms }) => told_ms.length > 0);
  const longest = Math.max(...waits.map(({ waited_ms }) => waited_ms));
  return [
    told("longest wait in seconds", (longest / 1_000).toFixed(1)),
    holds("people told that it takes longer", heard.length, heard.length > 0),
    zero("people told too early", heard.filter(({ told_ms: [at = 0] }) => at < TOLD_MS).length),
    zero("people told more than once", heard.filter(({ told_ms }) => told_ms.length > 1).length),
    zero(
      "people who waited long and were not told",
      long.filter((it) => !heard.includes(it)).length,
    ),
  ];
}
