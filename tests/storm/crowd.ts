/** Many makers in the wizard at once on a rough road: where their dialogues end, what they read. */
import type { Emulator, PersonHandle } from "@amanita/emulator";
import type postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { chanceOf } from "./chance.ts";
import { foldRows, initialState } from "../../src/runtime/streams.ts";
import { openLog } from "../../src/store/log.ts";
import { startBot } from "../bot/bot_process.ts";
import { inspect, issue, type Place, stop } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { assertWhole, undone } from "../bot/whole.ts";
import { finishWork } from "./aftermath.ts";
import { type Finding, holds, told, zero } from "./finding.ts";
import { openRoughRoad } from "./rough_road.ts";

export interface CrowdOptions {
  people: number;
  seed: string;
}

const LATENCY_MS = 30;
const FAILING = 0.05;
/** Longer than a second try waits. */
const QUIET_MS = 3_000;
/** How long one answer may take when everybody wants one. */
const ANSWER_MS = 120_000;

/** Lets everybody issue a card at once; the place's maker has done so alone, for comparison. */
export async function crowd(place: Place, { people, seed }: CrowdOptions): Promise<Finding[]> {
  const { emulator, maker } = place;
  const chance = chanceOf(seed);
  await using road = openRoughRoad(emulator.root, LATENCY_MS, chance);
  const phones = Array.from({ length: people }, () => emulator.addPerson({ first_name: "Анна" }));
  const environment = {
    ...place.environment,
    TELEGRAM_API_ROOT: road.root,
    ADMIN_IDS: [maker, ...phones].map(({ id }) => id).join(),
  };
  await using bot = startBot(environment);
  await bot.working();
  await issue(place, { timeout_ms: ANSWER_MS });
  road.roughen(FAILING);
  const began = performance.now();
  const issued = await Promise.allSettled(
    phones.map((phone) => issue({ maker: phone }, { timeout_ms: ANSWER_MS })),
  );
  const took_s = (performance.now() - began) / 1_000;
  road.roughen(0);
  await until("all is confirmed", () => emulator.pendingUpdates() === 0, ANSWER_MS);
  await quiet(emulator);
  await stop(bot);
  await finishWork(environment);
  const stuck = issued.filter(({ status }) => status === "rejected");
  return [
    told("people at once", people),
    told("seconds", took_s.toFixed(1)),
    ...[...road.fates].toSorted().map(([fate, calls]) => told(`calls: ${fate}`, calls)),
    zero("people who were left without their card", stuck.length),
    ...compareChats(emulator, maker, phones),
    ...await compareDialogues(environment, people),
  ];
}

/** Lets the bot say again what it does not know to have arrived: the next life would begin anew. */
async function quiet(emulator: Emulator): Promise<void> {
  let calls = 0;
  let since = performance.now();
  const isQuiet = () => {
    const now = emulator.calls().filter(({ method }) => method !== "getUpdates").length;
    if (now !== calls) since = performance.now();
    calls = now;
    return performance.now() - since > QUIET_MS;
  };
  await until("the bot is quiet", isQuiet, ANSWER_MS, 100);
}

/**
 * What a chat was sent, in order: calls that took effect, without numbers and codes, and without
 * the word that it takes longer, which is no part of the dialogue.
 */
function sentTo(emulator: Emulator, { id }: PersonHandle): string[] {
  return emulator.calls().filter(({ ok, method, params }) =>
    ok && params.chat_id === id && /^send(?!ChatAction)/i.test(method) &&
    params.text !== catalogues.ru.text("taking_longer", {})
  ).map(({ method, params }) => {
    const words = String(params.text ?? params.caption ?? "");
    return `${method} ${words.replaceAll(/[0-9A-Z]{4}( [0-9A-Z]{4})+|\d+/g, "#")}`;
  });
}

/** Every chat must read like that of the one who was alone; what came twice came in a row. */
function compareChats(
  emulator: Emulator,
  alone: PersonHandle,
  phones: readonly PersonHandle[],
): Finding[] {
  const expected = sentTo(emulator, alone);
  const chats = phones.map((phone) => sentTo(emulator, phone));
  const once = chats.map((chat) => chat.filter((words, i) => words !== chat[i - 1]));
  const missing = once.flatMap((chat) => expected.filter((words) => !chat.includes(words)));
  const disordered = once.filter((chat) => chat.join("\n") !== expected.join("\n"));
  const replies = chats.reduce((sum, chat) => sum + chat.length, 0);
  return [
    told("replies to each", expected.length),
    zero("replies that never came", missing.length),
    zero("chats that are not in order", disordered.length),
    ...disordered.slice(0, 1).map((chat) => told(differenceOf(chat, expected), "")),
    told("replies that came again", replies - once.flat().length),
  ];
}

const differenceOf = (chat: readonly string[], expected: readonly string[]) =>
  `the first reads ${JSON.stringify(chat)}, not ${JSON.stringify(expected)}`;

/** Every dialogue must have gone, by its facts, where that of the first went, and stand there. */
async function compareDialogues(environment: Place["environment"], people: number) {
  const found: Finding[] = [];
  await inspect(environment, async (sql: postgres.Sql) => {
    const [cards] = await sql<{ cards: number; makers: number }[]>`
      select count(*)::int as cards, count(distinct maker)::int as makers from cards`;
    const streams = await sql<{ stream: string }[]>`
      select stream from events group by stream order by min(pos)`;
    const log = openLog(sql, [], crypto.randomUUID());
    const ends = await Promise.all(streams.map(async ({ stream }) => {
      const rows = await log.read(stream, 0);
      const { snapshot } = foldRows(charts, initialState(charts), rows);
      return JSON.stringify([rows.map(({ type }) => type), snapshot.value]);
    }));
    found.push(
      zero("cards too few or too many", Math.abs((cards?.cards ?? 0) - people - 1)),
      zero("makers without a card", people + 1 - (cards?.makers ?? 0)),
      zero("dialogues in a wrong state", ends.filter((end) => end !== ends[0]).length),
      zero("tasks left undone", (await undone(sql)).length),
      await wholeness(sql),
    );
  });
  return found;
}

async function wholeness(sql: postgres.Sql): Promise<Finding> {
  try {
    await assertWhole(sql);
    return holds("log and read models", "whole", true);
  } catch (error) {
    return holds(`log and read models: ${error}`, "broken", false);
  }
}
