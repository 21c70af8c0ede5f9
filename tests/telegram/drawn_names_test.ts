/** What is drawn for a person is called, and written, in their language. */
import { assertEquals } from "@std/assert";
import { dialogueStream } from "../../events/stream.ts";
import { drawDays } from "../../src/cards/draw_days.ts";
import type { Locale } from "../../src/locales/locales.ts";
import type { BotCall, Drawing } from "../../src/telegram/bot_call.ts";
import { testPixels } from "../cards/test_pixels.ts";
import { CARD } from "../machines/samples.ts";
import { FACT, MAKER, openRenderFakes, showingOf } from "./render_fakes.ts";

const stream = dialogueStream(MAKER);

/** What this effect shows to a maker of this language. */
async function shown(type: string, params: object, locale: Locale): Promise<readonly BotCall[]> {
  const fakes = openRenderFakes();
  fakes.viewers.set(stream, { locale, stream, person: MAKER, chat: 1 });
  fakes.rights.set(stream, { admin: true, owner: false });
  const card = [...fakes.cards.keys()][0] ?? CARD;
  const { render } = showingOf(fakes, "amanita_bot", locale);
  const effect = { type, params: { card, ...params } };
  const rendered = await render(effect, { stream, fact: FACT });
  return rendered.is === "calls" ? rendered.calls : [];
}

const drawingsOf = (calls: readonly BotCall[]): Drawing[] =>
  calls.flatMap((call) => call.does === "show" ? call.pictures : [])
    .flatMap((picture) => "make" in picture ? [picture] : []);
const filesOf = (calls: readonly BotCall[]): string[] =>
  calls.flatMap((call) => call.does === "send" ? [call.name] : []);

Deno.test("files are called in the language of who gets them", async () => {
  const names = async (locale: Locale) => [
    ...drawingsOf(await shown("showOwnCard", {}, locale)).map(({ name }) => name),
    ...drawingsOf(await shown("showHistory", {}, locale)).map(({ name }) => name),
    ...filesOf(await shown("sendLabels", { of: "card" }, locale)),
  ];
  assertEquals(await names("ru"), ["qr-код-17.png", "проверки-17.png", "этикетки-17.pdf"]);
  assertEquals(await names("en"), ["qr-code-17.png", "checks-17.png", "labels-17.pdf"]);
});

testPixels("months below the days of a card are in the language of who reads them", async () => {
  for (const [locale, month] of [["ru", "ноябрь"], ["en", "November"]] as const) {
    const [chart] = drawingsOf(await shown("showHistory", {}, locale));
    const days = [{ day: "2026-11-20", checks: 0 }];
    assertEquals(await chart?.make(), await drawDays(days, () => month), locale);
  }
});
