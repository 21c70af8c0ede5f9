import { type PersonHandle, startEmulator } from "@amanita/emulator";
import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { startBot } from "./bot_process.ts";
import { inspect, issue, numbersOf, processTest, stop, WAIT } from "./process_place.ts";
import { until } from "./until.ts";
import { assertWhole } from "./whole.ts";

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
    await assertWhole(sql);
  });
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
