/** A maker's whole day: a batch, its printed sheet, a buyer with a photo of it, a typo, the history. */
import type { PersonHandle } from "@amanita/emulator";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { pdfNeeds, readPages } from "../cards/pdf_reader.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import { editionsOf, fileOf, openCard } from "./issue_batch.ts";
import { allWords, words } from "./issue_by_chat.ts";

const { label } = catalogues.en;

/** Goes through the steps one after the other; answers what followed the last. */
async function goThrough(
  world: BotWorld,
  phone: PersonHandle,
  steps: readonly (() => Promise<unknown>)[],
): Promise<Message[]> {
  let shown: Message[] = [];
  for (const step of steps) shown = await world.answers(phone, step);
  return shown;
}

/** A label of the printed sheet as a phone's camera sees it: soft, on a table, a little askew. */
async function photograph(label: Uint8Array): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const background = "#8a6f55";
  const turned = await sharp(label).resize({ width: 700 }).rotate(4, { background }).blur(0.8).png()
    .toBuffer();
  const photo = sharp(turned).extend({ top: 90, bottom: 60, left: 120, right: 70, background });
  return new Uint8Array(await photo.jpeg({ quality: 72 }).toBuffer());
}

/** Taps «Share» under a verdict, and sends what is offered into a group with a friend in it. */
async function shareIntoGroup(
  buyer: PersonHandle,
  friend: PersonHandle,
  verdict: readonly Message[],
): Promise<Message> {
  const button = verdict.at(-1)?.reply_markup?.inline_keyboard.flat()
    .find(({ text }) => text === label("share"));
  assert(button && "switch_inline_query" in button);
  const group = await buyer.create({ kind: "group", title: "Friends", members: [friend.id] });
  const inGroup = buyer.in(group);
  const query = await inGroup.ask(button.switch_inline_query);
  const { results } = await inGroup.offered(query, { timeout_ms: 30_000 });
  return await inGroup.choose(query, results[0]?.id ?? "");
}

botTestOnEach(
  "maker issues 24, prints them, and mends a typo that a buyer has seen",
  async (world) => {
    const { maker, buyer } = world;
    const friend = world.addPerson({ language_code: "en" });
    const issued = await goThrough(world, maker, [
      () => maker.say("/admin"),
      () => world.tap(maker, label("batch")),
      () => maker.say("24"),
      async () => maker.photo(await plainPicture(60, 40)),
      () => maker.say("Winter see"),
      () => maker.say("Oil, 1999"),
      () => world.tap(maker, label("skip")),
      () => world.tap(maker, label("approve")),
    ]);
    assertMatch(allWords(issued), /The batch is issued: 24 of 24\.\nThe batch is ready: 24 cards/);
    const cards = await editionsOf(world);

    const [sheet] = await world.answers(maker, () => world.tap(maker, label("batch_labels")));
    const [page] = await readPages(fileOf(maker, sheet));
    assert(page);
    const photo = await photograph(await page.cut(16));
    const verdict = await world.answers(buyer, () => buyer.photo(photo));
    assertStringIncludes(
      allWords(verdict),
      `card No.\u00a0${cards[16]?.number}, edition 17 of 24\nWinter see\n`,
    );

    const shared = await shareIntoGroup(buyer, friend, verdict);
    assertMatch(
      shared.caption ?? "",
      /^Winter see\nCard No\.\u00a017, edition 17 of 24\nMaker: \u2068Ann .*\u2069$/,
    );
    assertEquals(cards.filter(({ code }) => JSON.stringify(shared).includes(code)), []);

    await openCard(world, 17);
    const corrected = await goThrough(world, maker, [
      () => world.tap(maker, label("correct")),
      () => world.tap(maker, label("part_name")),
      () => maker.say("Winter sea"),
    ]);
    assertEquals(words(corrected[0]!), catalogues.en.text("card_corrected", {}));
    const [picture, history] = await world.answers(maker, () => world.tap(maker, label("history")));
    assertStringIncludes(words(picture!), "checks in the last 30 days: 1 check");
    assertMatch(words(history!), /Winter sea\n\n.*: issued\n.*: corrected name$/);
    const seen = allWords(await world.answers(friend, () => friend.start("c_17")));
    assertMatch(seen, /^Card No\.\u00a017, edition 17 of 24\nWinter sea\n/);
    const again = allWords(await world.answers(buyer, () => buyer.start(`v_${cards[2]?.code}`)));
    assertMatch(again, /Winter sea\n\n.*\n\nThe card was changed on \d+ \w+ 20\d\d at/s);
  },
  {
    ignored: pdfNeeds(),
    maker: { first_name: "Ann", language_code: "en" },
    buyer: { first_name: "Bob", language_code: "en" },
  },
);
