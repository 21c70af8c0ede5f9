/** Updates that mean harm, by the thousand, and one scan among them that must be answered. */
import { assertEquals, assertMatch } from "@std/assert";
import { allowed_updates } from "../../src/telegram/poll.ts";
import { hostile_texts, megabyte, no_updates } from "../storm/hostile_values.ts";
import { placesOf, samplesOf, withAt } from "../emulator/sample_updates.ts";
import { botTest } from "./bot_world.ts";
import { allWords, issueByChat } from "./issue_by_chat.ts";
import { until } from "./until.ts";

/** A message has so many fields that one in so many is enough here: each is read elsewhere. */
const EVERY = 8;

const isText = (leaf: unknown) => typeof leaf === "string";

/** An update for each field of the kind, each with another of the texts. */
function* hostileUpdates(kind: string, speaker: { id: number; first_name: string }) {
  let turn = 0;
  for (const sample of samplesOf(kind, speaker)) {
    const places = placesOf(sample, isText);
    for (const [i, place] of places.entries()) {
      if (places.length > EVERY && i % EVERY !== turn % EVERY) continue;
      yield withAt(sample.update, place, hostile_texts[turn++ % hostile_texts.length]);
    }
  }
}

for (const kind of allowed_updates) {
  botTest(`a scan after hostile texts in every field of ${kind} is answered`, async (world) => {
    const { emulator, buyer } = world;
    const { code } = await issueByChat(world);
    const stranger = world.addPerson({ first_name: "Вера" });
    await stranger.start();
    await world.settled();
    for (const update of hostileUpdates(kind, { id: stranger.id, first_name: "Вера" })) {
      emulator.forge(update);
    }
    const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
    assertMatch(allWords(verdict), /Проверена 1 раз/);
    assertEquals((await world.facts("CardVerified")).length, 1);
  });
}

botTest("a scan after a callback id that no database takes is answered", async (world) => {
  const { emulator, buyer } = world;
  const { code } = await issueByChat(world);
  const from = { id: buyer.id, is_bot: false, first_name: "Борис" };
  const chat = { id: buyer.id, type: "private" };
  for (const id of ["\uD800", "1\x002", "\0", megabyte]) {
    const message = { message_id: 1, date: 1, chat };
    emulator.forge({ callback_query: { id, from, message, chat_instance: "1", data: "1:stats" } });
    emulator.forge({ callback_query: { id, from, message, chat_instance: "1", data: id } });
  }
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertMatch(allWords(verdict), /Проверена 1 раз/);
});

botTest("scans beside what is no update are answered, wherever ids begin anew", async (world) => {
  const { emulator, buyer, addPerson } = world;
  const { code } = await issueByChat(world);
  for (const update of no_updates) emulator.forge(update);
  const first = await world.answers(buyer, () => buyer.start(`v_${code}`));
  assertMatch(allWords(first), /Проверена 1 раз/);
  const other = addPerson({});
  await world.answers(other, () => other.start());
  // A week later: far below all that was, and the same as was seen before.
  const from = { id: other.id, is_bot: false, first_name: "Гость" };
  const message = { message_id: 77, date: 1, from, chat: { id: other.id, type: "private" } };
  const again = await world.answers(other, async () => {
    await until("it is polled", () => emulator.isPolled());
    emulator.forge({ update_id: 3, message: { ...message, text: `/start v_${code}` } });
  });
  assertMatch(allWords(again), /Проверена 2 раза/);
});
