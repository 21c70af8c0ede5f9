/** Tens of thousands of updates that mean harm, with scans of a known card among them. */
import type { Emulator, PersonHandle } from "@amanita/emulator";
import type postgres from "postgres";
import { type BotProcess, startBot } from "../bot/bot_process.ts";
import { inspect, issue, type Place, stop } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { aftermath, numbersRead } from "./aftermath.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { type Finding, holds, told, zero } from "./finding.ts";
import { hostileUpdate } from "./hostile_updates.ts";

export interface HostileStormOptions {
  /** How many mean harm. */
  updates: number;
  seed: string;
  /** Told of each wave as it is over. */
  onWave?: (wave: number) => void;
}

/** Scans for each update that means harm: 4,000 for 50,000. */
const SCANS = 0.08;
const WAVE = 500;
/** So many scans of a wave come twice. */
const TWICE = 5;
/** After so many waves ids begin anew, far above or below. */
const IDLE_WAVES = 7;
const PEOPLE = 100;
const STRANGERS = 50;
/** How long a wave may take on a busy machine. */
const WAVE_MS = 300_000;
/** What the process may grow by after its first waves, in MB. */
const GROWTH_MAX_MB = 250;

/** Sends them in waves, lets the bot finish, and counts. */
export async function hostileStorm(
  place: Place,
  { updates, seed, onWave }: HostileStormOptions,
): Promise<Finding[]> {
  const { emulator } = place;
  const chance = chanceOf(seed);
  const scans = Math.ceil(updates * SCANS);
  const environment = { ...place.environment, LOG_LEVEL: "error" };
  await using bot = startBot(environment);
  await bot.working();
  const code = await issue(place);
  const crowd = await populate(emulator);
  const begun = performance.now();
  const sizes_mb: number[] = [];
  const waves = Math.ceil(updates / WAVE);
  let [sent, scanned] = [0, 0];
  for (let wave = 1; wave <= waves; wave++) {
    const harm = Math.min(WAVE, updates - sent);
    const good = Math.round(scans * wave / waves) - scanned;
    await sendWave(emulator, { ...crowd, chance, code, harm, good, from: scanned });
    [sent, scanned] = [sent + harm, scanned + good];
    await taken(emulator);
    if (wave % IDLE_WAVES === 0) beginAnew(emulator, chance, wave);
    sizes_mb.push(await sizeOf(bot));
    onWave?.(wave);
  }
  const answered = () => numbersRead(crowd.people) >= scans;
  await until("every scan is answered", answered, WAVE_MS, 100).catch(() => undefined);
  const took_s = (performance.now() - begun) / 1_000;
  await stop(bot);
  const { said } = await bot.end();
  return [
    told("updates that mean harm", sent),
    told("scans among them", scanned),
    told("seconds", took_s.toFixed(1)),
    ...memory(sizes_mb),
    // Each is a line in the log, and an update that nobody can try again.
    zero(
      "updates given up",
      said.match(/Gave up update|nothing of it could be kept/g)?.length ?? 0,
    ),
    zero("errors that nobody caught", said.match(/Unhandled/g)?.length ?? 0),
    ...await failures(place.environment),
    ...await aftermath(place, crowd.people, scans),
  ];
}

interface Crowd {
  people: PersonHandle[];
  strangers: [PersonHandle, ...PersonHandle[]];
}

/** Who scans, and who means harm: they have all written to the bot. */
async function populate(emulator: Emulator): Promise<Crowd> {
  const add = (first_name: string) => emulator.addPerson({ first_name });
  const people = Array.from({ length: PEOPLE }, () => add("Гость"));
  const others = Array.from({ length: STRANGERS - 1 }, () => add("Чужой"));
  const strangers: Crowd["strangers"] = [add("Чужой"), ...others];
  for (const stranger of strangers) await stranger.start();
  return { people, strangers };
}

interface Wave extends Crowd {
  chance: Chance;
  code: string;
  harm: number;
  good: number;
  /** How many scans came before. */
  from: number;
}

/** In an order that chance decides; a scan is the last, so that all before it can be confirmed. */
async function sendWave(emulator: Emulator, wave: Wave): Promise<void> {
  const { chance, people, strangers, code } = wave;
  const [first, ...others] = strangers;
  const speakers = [speakerOf(first), ...others.map(speakerOf)] as const;
  emulator.fault({ method: "message", times: TWICE, kind: "duplicate" });
  let { harm, good } = wave;
  while (harm > 0 || good > 0) {
    const isHarm = harm > 0 && (good <= 1 || chance.between(0, harm + good) < harm);
    if (isHarm) {
      harm--;
      emulator.forge(hostileUpdate(chance, speakers));
    } else {
      await people[(wave.from + wave.good - good) % people.length]?.start(`v_${code}`);
      good--;
    }
  }
  emulator.clearFaults();
}

const speakerOf = ({ id }: PersonHandle) => ({ id, first_name: "Чужой" });

async function taken(emulator: Emulator): Promise<void> {
  const isTaken = () => emulator.pendingUpdates() === 0 && emulator.isPolled();
  await until("the wave is taken", isTaken, WAVE_MS, 10);
}

/** As after an idle week. */
function beginAnew(emulator: Emulator, chance: Chance, wave: number): void {
  const far = Math.floor(chance.between(2 ** 31, 2 ** 50));
  emulator.forge({ update_id: wave % 2 === 0 ? wave : far });
}

/** Resident, in MB; NaN where nothing tells it. */
async function sizeOf({ pid }: BotProcess): Promise<number> {
  try {
    const told = await new Deno.Command("ps", { args: ["-o", "rss=", "-p", `${pid}`] }).output();
    return Number(new TextDecoder().decode(told.stdout)) / 1_024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NaN;
    throw error;
  }
}

function memory(sizes_mb: readonly number[]): Finding[] {
  const early = Math.max(...sizes_mb.slice(0, Math.ceil(sizes_mb.length / 5)));
  const most = Math.max(...sizes_mb);
  const grown = Math.round(most - early);
  const isKnown = !Number.isNaN(grown);
  return [
    told("MB in memory at the most", isKnown ? Math.round(most) : "unknown"),
    isKnown
      ? holds("MB grown after a fifth", grown, grown <= GROWTH_MAX_MB)
      : told("MB grown after a fifth", "unknown"),
  ];
}

/** What was kept for another try: nothing that comes from outside may be a defect of ours. */
async function failures(environment: Place["environment"]): Promise<Finding[]> {
  const found: Finding[] = [];
  await inspect(environment, async (sql: postgres.Sql) => {
    const rows = await sql<{ error: string; times: number }[]>`
      select left(error, 60) as error, count(*)::int as times from failed_updates group by 1`;
    found.push(zero("updates kept as failed", rows.reduce((sum, { times }) => sum + times, 0)));
    found.push(...rows.map(({ error, times }) => told(`  ${error}`, times)));
  });
  return found;
}
