import type { Fault } from "@amanita/emulator";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { words as verifyCard } from "../../src/flows/verify_card/words.ts";
import { openDialogues } from "../../src/app/dialogues.ts";
import { projections } from "../../src/flows/projections.ts";
import { openReaders } from "../../src/projections/readers.ts";
import { rebuildProjections } from "../../src/projections/rebuild.ts";
import { retryUpdate } from "../../src/replay/move/retry.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import { PII_KEY } from "./run_in_process.ts";
import { allWords, issueByChat, shownText, words } from "./issue_by_chat.ts";
import { until } from "./until.ts";
import { assertWhole } from "./whole.ts";

const { text } = catalogues.ru;

botTestOnEach("update that comes three times is applied once", async (world) => {
  const { buyer, maker, emulator, sql } = world;
  const { code } = await issueByChat(world);
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  const [begun] = await world.facts("IssueBegun");
  const [verified] = await world.facts("CardVerified");
  const facts = (await world.facts()).length;
  const shown = [maker.messages().length, buyer.messages().length];
  for (const fact of [begun, verified, begun, verified]) emulator.redeliver(updateOf(fact));
  const said = await world.answers(buyer, () => buyer.say("/help"));
  assertEquals(said.map(words), [shownText(text("help", {}))]);
  assertEquals((await world.facts()).length, facts + 1);
  assertEquals([maker.messages().length, buyer.messages().length - 2], shown);
  const [card] = await sql<{ checks: number }[]>`select checks from cards`;
  assertEquals(card?.checks, 1);
});

botTestOnEach("update that comes three times at once is applied once", async (world) => {
  const { buyer, emulator } = world;
  const { code } = await issueByChat(world);
  await world.answers(buyer, () => buyer.start());
  await world.stop();
  const id = updateOf((await world.facts()).at(-1)) + 1;
  await buyer.start(`v_${code}`);
  emulator.redeliver(id);
  emulator.redeliver(id);
  const said = await world.answers(buyer, world.start);
  assertEquals(said.length, 1);
  assertEquals((await world.facts("CardVerified")).length, 1);
});

const updateOf = (fact: { causation: string } | undefined) =>
  Number(fact?.causation.split(":").at(-1));

botTestOnEach(
  "poison update is apologised for, the bot goes on, and a retry applies it",
  async (world) => {
    const { buyer, sql } = world;
    const good = await issueByChat(world);
    const bad = await issueByChat(world);
    // One more than this cannot be counted: the update fails with the whole of its transaction.
    await sql`update cards set checks = 2147483647 where number = ${bad.number}`;
    const others = [1, 2, 3].map(() => world.addPerson());
    const said = allWords(
      await world.answers(buyer, () =>
        Promise.all([
          buyer.start(`v_${bad.code}`),
          ...others.map((person) => person.start(`v_${good.code}`)),
        ])),
    );
    const reference = /номер: (\w{8})$/.exec(said)?.[1] ?? "";
    assertEquals(said, shownText(text("apology", { reference })));
    const lines = world.log().filter((line) =>
      line.includes('"level":"ERROR"') && line.includes(reference)
    );
    assertEquals(lines.length, 1);
    assertMatch(lines[0] ?? "", /"level":"ERROR".*integer out of range/);
    const [failed] = await sql<{ reference: string; payload: string }[]>`
    select reference, payload from failed_updates`;
    assertEquals(failed?.reference, reference);
    assertMatch(failed?.payload ?? "", /^s1\.[\w+/=.-]+$/);
    for (const person of others) assertMatch(allWords(person.messages()), /Проверена \d раза?/);
    const next = await world.answers(buyer, () => buyer.start(`v_${good.code}`));
    assertMatch(allWords(next), /Проверена 4 раза/);

    const retry = await openRetry(world);
    assertMatch((await retry(reference)).sentence, /failed again: .*integer out of range/);
    await rebuildProjections(sql, projections);
    const late = await world.answers(buyer, async () => {
      assertEquals((await retry(reference)).is, "applied");
      await until("the verdict is there", () => allWords(buyer.messages()).includes("№\u00a02"));
    });
    assertMatch(allWords(late), /карта №\u00a02.*Проверена 1 раз/s);
    assertMatch((await retry(reference)).sentence, /^Cannot retry \w+: it was applied at/);
    assertMatch((await retry("nothing")).sentence, /no failed update has this reference/);
    assertEquals((await world.facts("CardVerified")).length, 5);
  },
);

/** `replay retry` as a process beside the bot does it: it sends nothing itself. */
async function openRetry({ sql }: BotWorld) {
  const { engine, people } = await openDialogues({
    sql,
    read: openReaders({ sql }),
    master: await openMasterKey(PII_KEY, ""),
    owner: crypto.randomUUID(),
    deliver: () => {},
    rights: () => () => Promise.resolve({ admin: true, owner: true }),
    default_locale: "ru",
    signal: new AbortController().signal,
  });
  return (reference: string) => retryUpdate({ sql, engine, people, now: Date.now }, reference);
}

const methods = ["sendMessage", "sendPhoto", "sendMediaGroup", "answerCallbackQuery"] as const;
const faults: Readonly<Record<string, Omit<Fault, "method" | "times">>> = {
  "429": { kind: "status", status: 429, retry_after: 1 },
  "500": { kind: "status", status: 500 },
  "hang": { kind: "hang" },
  "connection cut before the call": { kind: "cut_before" },
  "connection cut after the call": { kind: "cut_after" },
};
for (const [what, fault] of Object.entries(faults)) {
  botTestOnEach(`every message outlives a ${what}, in order`, async (world) => {
    const { buyer, emulator, api } = world;
    const cards = [await issueByChat(world), await issueByChat(world, { packaged: true })];
    await world.answers(buyer, () => buyer.start());
    const button = { text: "Statistics", callback_data: "1:stats" };
    const { message_id } = await api.sendMessage(buyer.id, "Tap me", {
      reply_markup: { inline_keyboard: [[button]] },
    });
    if (fault.kind === "hang") world.hurry(700);
    let tap = "";
    const seen = await world.answers(buyer, async () => {
      for (const method of methods) emulator.fault({ method, times: 1, ...fault });
      await buyer.say("/help");
      for (const { code } of cards) await buyer.start(`v_${code}`);
      tap = await buyer.tap(message_id, "1:stats");
    });
    assert(buyer.answered(tap));
    const said = seen.map(words).filter((text) => text !== "").map((text) => text.slice(0, 30));
    const once = said.filter((text, i) => text !== said[i - 1]);
    const expected = [
      text("help", {}),
      "✅ <b>Код подлинный</b>: карта №\u00a01\n",
      "✅ <b>Код подлинный</b>: карта №\u00a02\n",
      verifyCard.ru.captions.controls(),
      text("admin_refused", {}),
    ].map((html) => shownText(html).slice(0, 30));
    assertEquals(once.map((text, i) => text.slice(0, expected[i]?.length)), expected);
    // Where nobody can know whether it arrived it may come twice, and only there.
    const isKnown = fault.kind === "status" || fault.kind === "cut_before";
    if (isKnown) assertEquals(said.length, expected.length);
    const failed = emulator.calls().filter(({ ok }) => !ok).map(({ method }) => method);
    if (fault.kind !== "hang") assertEquals(methods.filter((it) => !failed.includes(it)), []);
    assertEquals((await world.facts("CardVerified")).length, 2);
  });
}

botTestOnEach("chat that is to be left alone for an hour stops no other", async (world) => {
  const { buyer, maker, emulator, bot, sql } = world;
  for (const phone of [buyer, maker]) await world.answers(phone, () => phone.start());
  const fault = { method: "sendMessage", chat_id: buyer.id, times: 1 } as const;
  emulator.fault({ ...fault, kind: "status", status: 429, retry_after: 3_600 });
  await buyer.say("/help");
  await until("it was refused", () => emulator.calls().some((it) => it.error_code === 429));
  const before = maker.messages().length;
  for (let i = 0; i < 40; i++) await maker.say("/help");
  await until("the other is answered", () => maker.messages().length >= before + 80);
  assert(bot().polled_at() !== null);
  // So that the test need not wait for it.
  await world.stop();
  await sql`update outbox set due_at = 0 where done_at is null`;
  await world.start();
});

botTestOnEach("file that Telegram hands out at the third try is taken", async (world) => {
  const { buyer, maker, emulator } = world;
  const { shown } = await issueByChat(world);
  const bytes = maker.file(shown.at(-1)?.photo?.at(-1)?.file_id ?? "");
  emulator.fault({ method: "getFile", times: 1, kind: "status", status: 502 });
  emulator.fault({ method: "getFile", times: 1, kind: "cut_before" });
  const verdict = await world.answers(buyer, () => buyer.photo(bytes));
  assertStringIncludes(allWords(verdict), "Проверена 1 раз");
});

botTestOnEach("person who blocked the bot is unreachable, and may come back", async (world) => {
  const { buyer, maker, emulator, sql } = world;
  await world.answers(buyer, () => buyer.start());
  const isReachable = async () =>
    (await sql<{ reachable: boolean }[]>`
      select reachable from people where telegram_id = ${buyer.id}`)[0]?.reachable;
  const fault = { method: "sendMessage", chat_id: buyer.id, times: 1 };
  emulator.fault({ ...fault, kind: "status", status: 429, retry_after: 1 });
  await buyer.say("/help");
  await until("it was not sent", () => emulator.calls().some((it) => it.error_code === 429));
  buyer.block();
  await until("Telegram told of it", async () => await isReachable() === false);
  // What the message itself runs into must be enough.
  await sql`update people set reachable = true`;
  const said = await world.answers(maker, () => maker.say("/admin"));
  assertEquals(said.map(words), [shownText(text("admin_menu", {}))]);
  const refusals = () =>
    sql<{ answer: { refused?: string } }[]>`
      select answer from outbox where answer::text like '%403%'`;
  await until("the message ran into it", async () => (await refusals()).length > 0);
  assertMatch((await refusals())[0]?.answer.refused ?? "", /bot was blocked by the user/);
  await until("that is noted", async () => await isReachable() === false);
  buyer.unblock();
  const back = await world.answers(buyer, () => buyer.start());
  assertEquals(back.map(words), [text("welcome", {})]);
  assertEquals(await isReachable(), true);
});

botTestOnEach(
  "person whose key is deleted is dark for good, and the log is still whole",
  async (world) => {
    const { buyer, maker, sql } = world;
    const { code } = await issueByChat(world);
    await world.answers(buyer, () => buyer.start(`v_${code}`));
    const { people } = world.bot();
    const [person, author] = await Promise.all([buyer, maker].map(({ id }) => people.personOf(id)));
    const [fact] = await world.facts("CardVerified");
    const sealed = String(fact?.data.names);
    assertStringIncludes(await people.unseal(person ?? "", sealed) ?? "", "Борис");
    for (const it of [person, author]) await people.forget(it ?? "");
    assertEquals(await people.unseal(person ?? "", sealed), null);
    assertEquals(await people.namesOf(person ?? ""), null);
    await assertWhole(sql);
    const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
    assertStringIncludes(allWords(verdict), "Мастер: имя не хранится");
    assertStringIncludes(allWords(verdict), "Проверена 2 раза 2 людьми");
  },
);
