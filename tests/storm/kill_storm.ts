/** A bot that is killed at random moments while scans come in, and what is left at the end. */
import { delay } from "@std/async";
import { type Chance, chanceOf } from "./chance.ts";
import { type BotProcess, startBot } from "../bot/bot_process.ts";
import { issue, type Place, stop } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { aftermath, numbersRead } from "./aftermath.ts";
import { type Finding, told } from "./finding.ts";

export interface KillStormOptions {
  kills: number;
  scans: number;
  /** Decides when the bot is killed and who scans when. */
  seed: string;
  /** Told of each life as it ends. */
  onLife?: (life: number) => void;
}

/** The longest that scans of one life are apart. */
const LIFE_MAX_MS = 1_500;
/** The longest that answers are waited for before a kill. */
const ANSWERS_MS = 20_000;
/** The longest that the last life may need for what the others have left. */
const LAST_LIFE_MS = 300_000;
const PEOPLE_MAX = 200;

/** Kills the bot of `place` again and again, lets the last one finish, and counts. */
export async function killStorm(place: Place, options: KillStormOptions): Promise<Finding[]> {
  const { emulator, environment } = place;
  const { kills, scans, seed, onLife } = options;
  const chance = chanceOf(seed);
  const people = Array.from(
    { length: Math.min(PEOPLE_MAX, scans) },
    () => emulator.addPerson({ first_name: "Гость" }),
  );
  const code = await firstLife(place);
  const scan = (n: number) => people[n % people.length]?.start(`v_${code}`);
  const answered = () => numbersRead(people);
  let under_way = 0;
  for (let life = 0; life < kills; life++) {
    const share = Array.from(
      { length: Math.floor(scans * (life + 1) / kills) - Math.floor(scans * life / kills) },
      (_, i) => Math.floor(scans * life / kills) + i,
    );
    await shortLife(startBot(environment), { share, scan, answered, chance });
    if (answered() < Math.floor(scans * (life + 1) / kills)) under_way++;
    onLife?.(life + 1);
  }
  const before = answered();
  await using last = startBot(environment);
  const all = () => answered() >= scans && emulator.pendingUpdates() === 0;
  await until("every scan is answered and confirmed", all, LAST_LIFE_MS, 100).catch(() => {});
  await stop(last);
  return [
    told("kills", kills),
    told("kills in the middle of something", under_way),
    told("scans answered before the last start", before),
    ...await aftermath(place, people, scans),
  ];
}

/** Issues the card that everybody scans; answers its code. */
async function firstLife(place: Place): Promise<string> {
  await using bot = startBot(place.environment);
  await bot.working();
  const code = await issue(place);
  await stop(bot);
  return code;
}

interface ShortLife {
  /** Which scans come in. */
  share: readonly number[];
  scan: (n: number) => Promise<unknown> | undefined;
  answered: () => number;
  chance: Chance;
}

/** One life with scans at random moments of it, up to a moment that chance chooses. */
async function shortLife(bot: BotProcess, options: ShortLife): Promise<void> {
  const { share, scan, answered, chance } = options;
  await using _ = bot;
  const kind = chance.between(0, 3);
  // A third ends while it begins, a third by the clock, a third after so many answers.
  if (kind > 1) await bot.working();
  const lasts_ms = chance.between(0, kind > 2 ? LIFE_MAX_MS / 5 : LIFE_MAX_MS);
  const moments = share.map((n) => ({ n, at_ms: chance.between(0, lasts_ms) }))
    .toSorted((a, b) => a.at_ms - b.at_ms);
  const before = answered();
  const enough = before + chance.between(1, share.length);
  const begin = performance.now();
  const waitUntil = (at_ms: number) => delay(Math.max(0, at_ms - (performance.now() - begin)));
  for (const { n, at_ms } of moments) {
    await waitUntil(at_ms);
    await scan(n);
  }
  await waitUntil(lasts_ms);
  if (kind > 2) {
    const some = until("some are answered", () => answered() >= enough, ANSWERS_MS, 2);
    await some.catch(() => undefined);
  }
  bot.kill("SIGKILL");
  await bot.end();
}
