import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { completeCode, groupCode } from "../../events/code.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import {
  allWords,
  issueByChat,
  type IssuedCard,
  pictureOf,
  shownText,
  words,
} from "./issue_by_chat.ts";
import { until } from "./until.ts";
import { withdraw } from "./withdraw.ts";

const { text, label } = catalogues.ru;

const verdictOf = async (world: BotWorld, code: string, phone = world.buyer) =>
  await world.answers(phone, () => phone.start(`v_${code}`));

botTestOnEach(
  "verdict by link shows photos, words, maker and how often it was checked",
  async (world) => {
    const { code } = await issueByChat(world, { packaged: true });
    const verdict = await verdictOf(world, code);
    assertEquals(verdict.filter(({ photo }) => photo).length, 2);
    assertMatch(
      allWords(verdict),
      /подлинный: карта №\u00a01\nЗимнее море\n\nХолст, масло\n\nМастер: \u2068Анна Смирнова\u2069\nПроверена 1 раз: это первая проверка, .*20\d\d/,
    );
    const again = allWords(await verdictOf(world, code));
    assertMatch(again, /Проверена 2 раза одним человеком, впервые .*20\d\d г\. в \d/);
    const third = allWords(await verdictOf(world, code, world.addPerson()));
    assertMatch(third, /Проверена 3 раза 2 людьми, впервые/);
    const [fact] = await world.facts("CardVerified");
    assert(typeof fact?.data.names === "string" && !fact.data.names.includes("Борис"));
  },
);

botTestOnEach(
  "maker's own checks are told apart, and leave the first check to a buyer",
  async (world) => {
    const { maker, buyer } = world;
    const { code } = await issueByChat(world);
    await verdictOf(world, code, maker);
    const tested = allWords(await verdictOf(world, code, maker));
    assertStringIncludes(tested, "(в том числе мастером: 2), покупатели ещё не проверяли");
    const first = allWords(await verdictOf(world, code, buyer));
    assertMatch(
      first,
      /Проверена 3 раза 2 людьми \(в том числе мастером: 2\)\nНе считая мастера, это/,
    );
    assertMatch(first, /это первая проверка, .*20\d\d/);
    const second = allWords(await verdictOf(world, code, buyer));
    assertMatch(second, /Проверена 4 раза 2 людьми \(в том числе мастером: 2\), впервые/);
    await maker.say("/admin");
    await world.settled();
    const [list] = await world.answers(maker, () => world.tap(maker, label("list")));
    assertStringIncludes(words(list!), "4 проверки, 2 человека (в том числе мастером: 2)");
    const own = await world.answers(maker, () => world.tap(maker, "№\u00a01"));
    assertStringIncludes(allWords(own), "Проверена 4 раза 2 людьми (в том числе мастером: 2).");
  },
);

/** Everything that people take for something else, in capital and small letters. */
const confused: readonly [from: string, to: string][] = [
  ["0", "O"],
  ["1", "I"],
  ..."АВЕКМНРСТХ".split("").map((it, i): [string, string] => ["ABEKMHPCTX".charAt(i), it]),
];
const spellings: Readonly<Record<string, (code: string) => string>> = {
  "as printed": groupCode,
  "in small letters": (code) => code.toLowerCase(),
  "with dashes": (code) => groupCode(code).replaceAll(" ", " - "),
  "in one word": (code) => code,
  "with O for 0 and l for 1": (code) => code.replaceAll("0", "o").replaceAll("1", "l"),
  "with I for 1 and Cyrillic look-alikes": (code) =>
    groupCode(confused.reduce((it, [from, to]) => it.replaceAll(from, to), code)),
  "with Cyrillic О for 0": (code) => code.replaceAll("0", "О").toLowerCase(),
  "within a sentence": (code) => `Мой код: ${groupCode(code)}!`,
};

botTestOnEach("code may be typed in every way that people type it", async (world) => {
  const { buyer } = world;
  let issued = await issueByChat(world);
  // Until there is something to confuse in it: three codes of four have that.
  while (!/[01]/.test(issued.code)) issued = await issueByChat(world);
  let checks = 0;
  for (const [way, spell] of Object.entries(spellings)) {
    const said = allWords(await world.answers(buyer, () => buyer.say(spell(issued.code))));
    assertMatch(said, new RegExp(`Проверена ${++checks} раз`), way);
  }
});

for (const way of ["photo", "file"] as const) {
  botTestOnEach(`QR sent as a ${way} is read`, async (world) => {
    const { maker, buyer } = world;
    const { shown } = await issueByChat(world);
    const bytes = pictureOf(maker, shown.at(-1));
    const file = { file_name: "qr.jpg", mime_type: "image/jpeg" };
    const verdict = await world.answers(
      buyer,
      () => way === "photo" ? buyer.photo(bytes) : buyer.document(bytes, file),
    );
    assertStringIncludes(allWords(verdict), "Проверена 1 раз");
  });
}

botTestOnEach(
  "twenty people who scan at once read each number from 1 to 20 once",
  async (world) => {
    const { code } = await issueByChat(world);
    const people = Array.from({ length: 20 }, () => world.addPerson());
    await Promise.all(people.map((person) => person.start(`v_${code}`)));
    await world.settled();
    const read = people.map((person) => {
      const said = allWords(person.messages().filter(({ from }) => from?.is_bot));
      const [, number, people] = /Проверена (\d+) раза?(?:: это| (\d+|одним) )/.exec(said) ?? [];
      return { number: Number(number), people: people ?? "одним" };
    }).toSorted((a, b) => a.number - b.number);
    assertEquals(read.map(({ number }) => number), Array.from({ length: 20 }, (_, i) => i + 1));
    assertEquals(
      read.slice(1).map(({ people }) => Number(people)),
      read.slice(1).map((it) => it.number),
    );
  },
);

botTestOnEach(
  "mistyped, unknown and withdrawn codes each have an answer of their own",
  async (world) => {
    const { buyer } = world;
    const { code } = await issueByChat(world);
    const wrong = code.slice(0, -1) + (code.endsWith("7") ? "8" : "7");
    const unknown = completeCode("0123456789ABCDEFGHJ");
    assertEquals(allWords(await verdictOf(world, wrong)), text("code_mistyped", {}));
    const said = allWords(await world.answers(buyer, () => buyer.say(groupCode(unknown))));
    assertEquals(said, shownText(text("code_unknown", {})));
    assertStringIncludes(said, "не найден");
    await withdraw(world, "Украдена <из> сейфа");
    const withdrawn = allWords(await verdictOf(world, code));
    assertMatch(withdrawn, /КАРТА ОТОЗВАНА.*Причина: \u2068Украдена <из> сейфа\u2069/s);
    assertStringIncludes(withdrawn, "Проверена 1 раз");
    await world.answers(world.maker, () => world.tap(world.maker, label("restore")));
    assertMatch(allWords(await verdictOf(world, code)), /подлинный.*Проверена 2 раза/s);
  },
);

botTestOnEach(
  "eleventh miss within a minute is asked to wait, and later told to go on",
  async (world) => {
    const { buyer, sql } = world;
    const { code } = await issueByChat(world);
    const unknown = completeCode("0123456789ABCDEFGHJ");
    for (let misses = 0; misses < 10; misses++) await buyer.say(unknown);
    const missed = allWords(await world.answers(buyer, () => buyer.say(unknown)));
    assertStringIncludes(missed, "Слишком много ненайденных кодов подряд. Подождите 60 секунд");
    assertEquals((await world.facts("CheckingPaused")).length, 1);
    assertEquals((await world.facts("CodeRefused")).length, 10);
    assertStringIncludes(allWords(await verdictOf(world, code)), "Проверки ненадолго остановлены");
    assertStringIncludes(
      allWords(await verdictOf(world, code, world.addPerson())),
      "Проверена 1 раз",
    );
    await world.stop();
    await sql`update outbox set due_at = 0 where done_at is null`;
    const said = await world.answers(buyer, world.start);
    assertEquals(allWords(said), text("checking_resumed", {}));
    assertStringIncludes(allWords(await verdictOf(world, code)), "Проверена 2 раза");
  },
);

botTestOnEach("verdicts beside a withdrawal say what the log's order says", async (world) => {
  const card = await issueByChat(world);
  const people = Array.from({ length: 16 }, () => world.addPerson());
  const scan = (from: number, to: number) =>
    Promise.all(people.slice(from, to).map((person) => person.start(`v_${card.code}`)));
  await withdraw(world, "Украдена", async (confirm) => {
    await scan(0, 8);
    await until("somebody was first", async () => (await world.facts("CardVerified")).length > 1);
    await Promise.all([scan(8, 11), confirm(), scan(11, 15)]);
    await world.settled();
  });
  await scan(15, 16);
  await world.settled();
  const verdicts = await judged(world, card);
  assertEquals(verdicts.length, people.length);
  assertEquals([verdicts[0], verdicts.at(-1)], ["genuine", "withdrawn"]);
});

botTestOnEach("verdict that is told late is that of its moment in the log", async (world) => {
  const { buyer, emulator } = world;
  const { code } = await issueByChat(world);
  const said = await world.answers(buyer, () =>
    withdraw(world, "Украдена", async (confirm) => {
      const fault = { method: "sendMessage", chat_id: buyer.id, times: 1 };
      emulator.fault({ ...fault, kind: "delay", delay_ms: 3_000 });
      await buyer.say("/help");
      await buyer.start(`v_${code}`);
      await until(
        "the check is counted",
        async () => (await world.facts("CardVerified")).length > 0,
      );
      await confirm();
      await until("it is withdrawn", async () => (await world.facts("CardWithdrawn")).length > 0);
      assertEquals(buyer.messages().filter(({ from }) => from?.is_bot), []);
    }));
  assertMatch(allWords(said), /подлинный.*Проверена 1 раз/s);
});

/** What each checker read, in the order of the log; it must be what the log says. */
async function judged(world: BotWorld, { card }: IssuedCard): Promise<string[]> {
  const [withdrawn] = await world.facts("CardWithdrawn");
  const rows = await world.sql<{ telegram_id: number; pos: number }[]>`
    select telegram_id, pos from events join people on person::text = data->>'verifier'
    where type = 'CardVerified' and data->>'card' = ${card} order by pos`;
  const read = rows.map(({ telegram_id }) => {
    const said = allWords(world.emulator.person(telegram_id).messages());
    return said.includes("КАРТА ОТОЗВАНА") ? "withdrawn" : "genuine";
  });
  const decided = rows.map(({ pos }) => pos > (withdrawn?.pos ?? Infinity));
  assertEquals(read, decided.map((after) => after ? "withdrawn" : "genuine"));
  return read;
}
