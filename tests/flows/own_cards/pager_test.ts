import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { flows } from "../../../machines/dialogue.ts";
import { readOnlyTaps } from "../../../src/flows/own_cards/pager.ts";
import type { GalleryPage } from "../../../src/flows/own_cards/read_model.ts";
import { openApi } from "../../../src/telegram/api.ts";
import { openCodec } from "../../../src/telegram/codec.ts";
import { openReadOnlyLane, type ReadOnlyLane, type Turn } from "../../../src/telegram/read_only.ts";
import { readUpdate } from "../../../src/telegram/read_update.ts";
import { type EmulatorFixture, emulatorTest } from "../../emulator/given_emulator.ts";
import { keepLog, labelsOf, stream } from "../../telegram/given_sender.ts";
import {
  MAKER,
  openRenderFakes,
  type RenderFakes,
  showingOf,
} from "../../telegram/render_fakes.ts";

interface GivenPager extends EmulatorFixture {
  lane: ReadOnlyLane;
  logged: string[];
  /** What Anna's tap on this button asks for. */
  turnOf(data: string, language: string, query_id: string): Turn;
  /** The list's message, of which Anna sees the first page. */
  list: number;
  /** Taps this label as Anna and hands the update to the lane. */
  tap(label: string): Promise<string>;
  asked: { maker: string; page: number; active: boolean }[];
  fakes: RenderFakes;
}

const card = (number: number) => ({
  ...{
    number,
    name: `Карта ${number}`,
    checks: number,
    people: 1,
    by_maker: 0,
    edition: null,
    editions: null,
  },
});

/** Two pages of active cards and one withdrawn. */
const pages = (page: number, active: boolean): GalleryPage =>
  active
    ? { cards: [card(page === 0 ? 12 : 2)], page, pages: 2, active: 11, withdrawn: 1 }
    : { cards: [card(7)], page: 0, pages: 1, active: 11, withdrawn: 1 };

function pagerTest(name: string, body: (given: GivenPager) => Promise<void>): void {
  emulatorTest(name, async (given) => {
    const { emulator, anna, api } = given;
    const { logged, log } = keepLog();
    const asked: GivenPager["asked"] = [];
    const fakes = openRenderFakes();
    fakes.rights.set(stream, { admin: true, owner: false });
    fakes.galleries.page = (maker, page, active) => {
      asked.push({ maker, page, active });
      return Promise.resolve(pages(page, active));
    };
    const lane = openReadOnlyLane({
      api: openApi({ token: emulator.token, root: emulator.root, timeout_ms: 1000 }),
      renderContexts: showingOf(fakes, emulator.bot.username, "ru").renderContexts,
      localeFor: (_telegram_id, tag) => Promise.resolve(tag === "en" ? "en" : "ru"),
      log,
    });
    const { message_id: list } = await api.sendMessage(anna.id, "list", {
      reply_markup: { inline_keyboard: keyboard },
    });
    const readOnly = readOnlyTaps(fakes.kit);
    const turnOf = (data: string, language: string, query_id: string): Turn => {
      const tap = readOnly(data);
      if (!tap) throw new Error(`Cannot turn a page: ${data} is no pager's`);
      const whose = { person: MAKER, stream, telegram_id: anna.id, language, chat: anna.id };
      return { ...whose, query_id, message_id: list, tap };
    };
    const tap = async (label: string) => {
      const query = await anna.tapButton(label);
      const [update] = await api.getUpdates({ offset: -1 });
      const read = readUpdate(update, {
        ...emulator.bot,
        decode,
        readOnly,
        secretStarts: new Set(),
      });
      if (read.is !== "heard" || !read.read_only || !read.tap) {
        throw new Error("Cannot find a pager's tap");
      }
      const { from: { telegram_id, language }, chat, tap, read_only } = read;
      const whose = { person: MAKER, stream, telegram_id, language, chat: chat.id };
      await lane.turn({ ...whose, ...tap, tap: read_only }, new AbortController().signal);
      return query;
    };
    await body({ ...given, lane, logged, turnOf, list, tap, asked, fakes });
    assertEquals(emulator.violations(), []);
  });
}

const { decode } = openCodec(flows.flatMap(({ buttons = [] }) => buttons));
const keyboard = [[
  { text: "◀", callback_data: "1:page:0:a" },
  { text: "▶", callback_data: "1:page:1:a" },
  { text: "Отозванные (1)", callback_data: "1:page:0:w" },
]];

const lastRow = ["Найти", "Выгрузить"];

pagerTest("a pager turns the page in place and answers the tap", async (given) => {
  const { anna, tap, asked, list } = given;
  const query = await tap("▶");
  const [message] = anna.messages().slice(-1);
  assertEquals(message?.message_id, list);
  assertStringIncludes(message?.text ?? "", "страница 2 из 2\n\n№\u00a02 ");
  assertEquals(labelsOf(message), [
    ["№\u00a02"],
    ["◀"],
    ["Отозванные (1)"],
    lastRow,
  ]);
  assertEquals(anna.answered(query), true);
  await tap("◀");
  assertEquals(labelsOf(anna.messages().at(-1)), [
    ["№\u00a012"],
    ["▶"],
    ["Отозванные (1)"],
    lastRow,
  ]);
  await tap("Отозванные (1)");
  assertStringIncludes(anna.messages().at(-1)?.text ?? "", "Отозванные карты: 1");
  assertEquals(labelsOf(anna.messages().at(-1)), [
    ["№\u00a07"],
    ["Действующие (11)"],
    lastRow,
  ]);
  await tap("Действующие (11)");
  assertStringIncludes(anna.messages().at(-1)?.text ?? "", "страница 1 из 2");
  assertEquals(asked.map(({ page, active }) => [page, active]), [
    [1, true],
    [0, true],
    [0, false],
    [0, true],
  ]);
});

pagerTest("the same page again is no failure", async ({ lane, turnOf, logged, tap }) => {
  const query_id = await tap("▶");
  await lane.turn(turnOf("1:page:1:a", "ru", query_id), new AbortController().signal);
  assertEquals(logged, []);
});

pagerTest("whoever is a maker no more gets a note and no page", async (given) => {
  const { fakes, tap, anna, asked } = given;
  fakes.rights.clear();
  await tap("▶");
  assertEquals(anna.toasts().map(({ text }) => text), ["Это раздел для мастеров"]);
  assertEquals(anna.messages().at(-1)?.text, "list");
  assertEquals(asked, []);
});

pagerTest("a list that is gone is no failure, and the tap is answered", async (given) => {
  const { api, anna, list, tap, logged } = given;
  const original = api.getUpdates.bind(api);
  api.getUpdates = async (other) => {
    await api.deleteMessage(anna.id, list);
    return await original(other);
  };
  const query = await tap("▶");
  assertEquals(anna.answered(query), true);
  assertEquals(logged, []);
});

pagerTest("what fails is a line in the log", async ({ emulator, tap, logged, anna }) => {
  emulator.fault({ method: "editMessageText", times: 1, kind: "status", status: 500 });
  const query = await tap("▶");
  assertEquals(anna.answered(query), true);
  assertEquals(logged.length, 1);
  assertMatch(logged[0] ?? "", /Cannot \{what\}.*turn a page.*editMessageText: 500/);
});

pagerTest("a page is in the language of whoever turns it", async ({ lane, turnOf, anna, tap }) => {
  const query_id = await tap("▶");
  await lane.turn(turnOf("1:page:0:a", "en", query_id), new AbortController().signal);
  assertStringIncludes(anna.messages().at(-1)?.text ?? "", "My cards: 11, page 1 of 2");
  assertEquals(labelsOf(anna.messages().at(-1)).at(-2), ["Withdrawn (1)"]);
});
