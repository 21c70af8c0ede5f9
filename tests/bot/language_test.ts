import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest } from "./bot_world.ts";
import { allWords, shownText, words } from "./issue_by_chat.ts";

botTest("the first language is the phone's, else the default one", async (world) => {
  const phones = { "en": "en", "en-GB": "en", "ru": "ru", "de": "ru" } as const;
  for (const [language_code, locale] of Object.entries(phones)) {
    const person = world.addPerson({ language_code });
    const [said] = await world.answers(person, () => person.start());
    assertEquals(said?.text, catalogues[locale].text("welcome", {}), language_code);
  }
});

botTest("whoever chooses a language is spoken to in it from that answer on", async (world) => {
  const { buyer, api } = world;
  await world.answers(buyer, () => buyer.say("/language"));
  const [said] = await world.answers(
    buyer,
    () => world.tap(buyer, catalogues.ru.label("language_en")),
  );
  assertEquals(said?.text, catalogues.en.text("language_chosen", {}));
  const menu = await api.getMyCommands({ scope: { type: "chat", chat_id: buyer.id } });
  assertEquals(menu, [...catalogues.en.commands.everybody]);
  await world.stop();
  await world.start();
  const [help] = await world.answers(buyer, () => buyer.say("/help"));
  assertEquals(help && words(help), shownText(catalogues.en.text("help", {})));
  await world.answers(buyer, () => world.forge(buyer, "1:look:0"));
  assertEquals(buyer.toasts().at(-1)?.text, catalogues.en.note("button_outdated"));
  const [back] = await world.answers(buyer, () => buyer.say("/language ru"));
  assertEquals(back?.text, catalogues.ru.text("language_chosen", {}));
  assertEquals((await world.facts("LanguageChosen")).map(({ data }) => data.language), [
    "en",
    "ru",
  ]);
});

botTest("an English maker issues a card, and an English buyer checks it", async (world) => {
  const { maker, buyer, sql } = world;
  await world.answers(maker, () => maker.say("/admin"));
  const begun = allWords(
    await world.answers(maker, () => world.tap(maker, catalogues.en.label("issue"))),
  );
  assertStringIncludes(begun, "step 1 of 4");
  for (const act of [() => plainPicture(60, 40).then(maker.photo), () => maker.say("Winter sea")]) {
    await world.answers(maker, act);
  }
  await world.answers(maker, () => maker.say("Oil, 1999"));
  await world.answers(maker, () => world.tap(maker, catalogues.en.label("skip")));
  const shown = await world.answers(maker, () => world.tap(maker, catalogues.en.label("approve")));
  assertMatch(allWords(shown), /^The card is ready: No\.\u00a01\nWinter sea\n\nOil, 1999/);
  const [card] = await sql<{ code: string }[]>`select code from cards`;
  const seen = await world.answers(buyer, () => buyer.start(`v_${card?.code}`));
  assertMatch(allWords(seen), /Checked once: this is the first check, \d+ \w+ \d{4} at \d\d:\d\d/);
  await world.answers(maker, () => maker.say("/admin"));
  const list = allWords(
    await world.answers(maker, () => world.tap(maker, catalogues.en.label("list"))),
  );
  assertMatch(list, /^My cards: 1\n\nNo\.\u00a01 \u2068Winter sea\u2069 — 1 check, 1 person$/);
}, {
  maker: { first_name: "Ann", language_code: "en" },
  buyer: { first_name: "Bob", language_code: "en" },
});
