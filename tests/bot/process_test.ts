import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { type Emulator, type PersonHandle, startEmulator } from "../../src/emulator/emulator.ts";
import { ru } from "../../src/locales/ru.ts";
import { projections } from "../../src/projections/projections.ts";
import { verifyLog } from "../../src/replay/verify.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { serverOnly, unless } from "../database.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { type BotProcess, type Environment, replay, startBot } from "./bot_process.ts";
import { PII_KEY, worldNeeds } from "./bot_world.ts";
import { words } from "./issue_by_chat.ts";
import { until } from "./until.ts";

const { labels } = ru;
const WAIT = { timeout_ms: 30_000 };

interface Place {
  emulator: Emulator;
  maker: PersonHandle;
  /** What the bot runs with; its database is empty at first. */
  environment: Environment;
}

type Body = (place: Place) => Promise<void>;

/** Declares a test on an embedded database, and the same on a server where there is one. */
function processTest(name: string, body: Body, options: { on?: "folder" } = {}): void {
  const permissions = worldNeeds({ name: "run" }, { name: "write" });
  Deno.test({
    ...unless(permissions, `${name}, embedded`),
    fn: () => inPlace(body, {}),
  });
  if (options.on === "folder") return;
  Deno.test({
    ...unless(permissions || serverOnly(), `${name}, on a server`),
    fn: () => onServer((url) => inPlace(body, { DATABASE_URL: url })),
  });
}

async function inPlace(body: Body, more: Environment): Promise<void> {
  const folder = await Deno.makeTempDir();
  const emulator = await startEmulator();
  try {
    const maker = emulator.addPerson({ first_name: "Анна" });
    await body({ emulator, maker, environment: environmentOf(emulator, folder, more) });
    assertEquals(emulator.violations(), []);
  } finally {
    await emulator.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const environmentOf = (emulator: Emulator, folder: string, more: Environment): Environment => ({
  BOT_TOKEN: emulator.token,
  TELEGRAM_API_ROOT: emulator.root,
  ADMIN_IDS: String(emulator.people()[0]?.id ?? ""),
  DATA_DIR: folder,
  PII_KEY,
  ...more,
});

async function onServer(use: (url: string) => Promise<void>): Promise<void> {
  const server = Deno.env.get("TEST_DATABASE_URL") ?? "";
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const sql = postgres(server, { max: 1, onnotice() {} });
  try {
    await sql.unsafe(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    await use(url.href);
  } finally {
    await sql.unsafe(`drop database if exists ${name} with (force)`);
    await sql.end({ timeout: 5 });
  }
}

/** A card issued through the chat; answers its code. */
async function issue({ maker }: Place): Promise<string> {
  const answer = async (act: () => Promise<unknown>, seen: RegExp): Promise<string> => {
    const after = maker.messages().at(-1)?.message_id ?? 0;
    await act();
    return words(await maker.until((it) => seen.test(words(it)), { ...WAIT, after }));
  };
  const picture = await plainPicture(60, 40);
  await answer(() => maker.say("/admin"), /Меню мастера/);
  await answer(() => maker.tapButton(labels.issue), /шаг 1/);
  await answer(() => maker.photo(picture), /Шаг 2/);
  await answer(() => maker.say("Зимнее море"), /Шаг 3/);
  await answer(() => maker.say("Холст, масло"), /Шаг 4/);
  const qr = await answer(() => maker.tapButton(labels.skip), /Напечатайте/);
  return qr.split("\n")[0]?.replaceAll(" ", "") ?? "";
}

/** The numbers that a person read, each once. */
function numbersOf(phone: PersonHandle): number[] {
  const read = phone.messages().flatMap((message) => {
    const number = /Проверена (\d+) раз/.exec(words(message))?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return [...new Set(read)];
}

/** Opens the database of a bot that is not running. */
async function inspect(environment: Environment, look: (sql: postgres.Sql) => Promise<void>) {
  const { DATABASE_URL: url, DATA_DIR } = environment;
  const database = await openDatabase(url ? { url } : { folder: `${DATA_DIR}/postgres` });
  try {
    await look(database.sql);
  } finally {
    await database.close();
  }
}

async function stop(bot: BotProcess): Promise<void> {
  bot.kill("SIGTERM");
  assertEquals((await bot.end()).code, 0);
}

processTest("bot killed in the middle of 60 scans counts and answers each once", async (place) => {
  const { emulator, environment } = place;
  const people = Array.from({ length: 60 }, () => emulator.addPerson({ first_name: "Гость" }));
  const read = () => people.filter((person) => numbersOf(person).length > 0).length;
  let code = "";
  {
    await using bot = startBot(environment);
    await bot.working();
    code = await issue(place);
    // Known to be left for the next process: committed, and not sent.
    emulator.fault({ method: "sendPhoto", times: 3, kind: "hang" });
    await scan(people.slice(0, 30), code);
    await until("some have read a verdict", () => read() >= 5, WAIT.timeout_ms);
    await scan(people.slice(30), code);
    bot.kill("SIGKILL");
  }
  assertLess(read(), 60);
  await using bot = startBot(environment);
  await until("all have read a verdict", () => read() === 60, WAIT.timeout_ms);
  await until("all is confirmed", () => emulator.pendingUpdates() === 0, WAIT.timeout_ms);
  await stop(bot);
  const numbers = people.flatMap(numbersOf).toSorted((a, b) => a - b);
  assertEquals(numbers, Array.from({ length: 60 }, (_, i) => i + 1));
  await inspect(environment, async (sql) => {
    const [card] = await sql`select checks, people from cards`;
    assertEquals({ ...card }, { checks: 60, people: 60 });
    const { faults } = await verifyLog(sql, { charts, projections });
    assertEquals(faults, []);
  });
  const { code: verified, said } = await replay(["verify"], environment);
  assertEquals(verified, 0, said);
  assertMatch(said, /^Whole: /m);
});

const scan = (people: readonly PersonHandle[], code: string) =>
  Promise.all(people.map((person) => person.start(`v_${code}`)));

processTest("SIGTERM ends the bot within five seconds, and nothing is lost", async (place) => {
  const { emulator, environment } = place;
  const people = Array.from({ length: 20 }, () => emulator.addPerson({ first_name: "Гость" }));
  let code = "";
  {
    await using bot = startBot(environment);
    await bot.working();
    code = await issue(place);
    emulator.fault({ method: "sendPhoto", times: 8, kind: "hang" });
    await scan(people, code);
    await until("some are sent", () => people.some((it) => numbersOf(it).length > 0));
    const begun = performance.now();
    bot.kill("SIGTERM");
    assertEquals((await bot.end()).code, 0);
    assertLess(performance.now() - begun, 5_000);
  }
  await using bot = startBot(environment);
  const all = () => people.every((person) => numbersOf(person).length > 0);
  await until("all have read a verdict", all, WAIT.timeout_ms);
  const numbers = people.flatMap(numbersOf).toSorted((a, b) => a - b);
  assertEquals(numbers, Array.from({ length: 20 }, (_, i) => i + 1));
  await stop(bot);
});

processTest("second bot on one folder is refused by the first one's pid", async (place) => {
  const { environment } = place;
  await using bot = startBot(environment);
  await bot.working();
  await using second = startBot(environment);
  const { code, said } = await second.end();
  assertEquals(code, 69);
  assertMatch(
    said,
    new RegExp(`^Cannot open \\S+/postgres: process ${bot.pid} has it open\\. Stop it`),
  );
  assertEquals(said.trim().split("\n").length, 1);
  await stop(bot);
}, { on: "folder" });

processTest("another bot's database is refused, unless it is adopted", async (place) => {
  const { environment } = place;
  {
    await using bot = startBot(environment);
    await bot.working();
    await stop(bot);
  }
  const other = await startEmulator();
  try {
    const foreign = { ...environment, BOT_TOKEN: other.token, TELEGRAM_API_ROOT: other.root };
    await using refused = startBot(foreign);
    const { code, said } = await refused.end();
    assertEquals(code, 78);
    const { bot } = place.emulator;
    assertMatch(
      said,
      new RegExp(`^Cannot work on this database as bot ${other.bot.id}: it belongs`),
    );
    assertStringIncludes(said, `to bot ${bot.id}. Choose another database, or set ADOPT_BOT=1`);
    await using adopted = startBot({ ...foreign, ADOPT_BOT: "1" });
    await adopted.working();
    await stop(adopted);
  } finally {
    await other.close();
  }
});

const SECRET = "s3cret-s3cret-s3cret-s3cret-s3cret-s3";
const bad: readonly [name: string, value: string][] = [
  ["BOT_TOKEN", ""],
  ["BOT_TOKEN", SECRET],
  ["ADMIN_IDS", "anna"],
  ["DATABASE_URL", `mysql://anna:${SECRET}@localhost/cards`],
  ["HTTP_PORT", "99999"],
  ["PII_KEY", SECRET],
  ["TIME_ZONE", "Mars/Olympus"],
  ["TELEGRAM_API_ROOT", "telegram"],
  ["LOG_LEVEL", "chatty"],
  ["ADOPT_BOT", "perhaps"],
];
processTest(
  "bad environment ends with 78 and the variable's name, never a secret",
  async (place) => {
    const tried = await Promise.all(bad.map(async ([name, value]) => {
      await using bot = startBot({ ...place.environment, [name]: value });
      const { code, said } = await bot.end();
      return { name, code, said };
    }));
    for (const { name, code, said } of tried) {
      assertEquals(code, 78, said);
      assertMatch(said, new RegExp(`^Cannot start: ${name} `));
      assertEquals(said.includes("s3cret"), false);
      assertEquals(said.includes(place.emulator.token), false);
    }
  },
  { on: "folder" },
);

processTest("wrong token ends with 78 and a sentence without the token", async (place) => {
  const { emulator, environment } = place;
  const wrong = `${emulator.token.slice(0, -6)}AAAAAA`;
  await using bot = startBot({ ...environment, BOT_TOKEN: wrong });
  const { code, said } = await bot.end();
  assertEquals(code, 78);
  assertMatch(said, /^Telegram refuses BOT_TOKEN \(401 Unauthorized\)/m);
  assertEquals(said.includes(wrong.split(":")[1] ?? ""), false);
}, { on: "folder" });
