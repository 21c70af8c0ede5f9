/** Every keyboard that the bot shows, button by button: what it says, what it does, and its place. */
import { assertEquals } from "@std/assert";
import type { InlineKeyboardButton, Message } from "grammy/types";
import type { GalleryPage } from "../../src/flows/own_cards/read_model.ts";
import { senderTest } from "./given_sender.ts";
import { aCard, aScan, CARD, emptyPage, FACT, MAKER, type RenderFakes } from "./render_fakes.ts";

const OTHER = "0191e2f0-0000-4000-8000-00000000000b";
const BATCH = "0191e2f0-0000-7000-8000-0000000000ba";

/** Row by row, `label > what it does`. */
type Rows = readonly (readonly string[])[];

/** An effect in a world, and the keyboards of the messages that it sends, one after the other. */
interface Shows {
  when: string;
  given?: (fakes: RenderFakes) => void;
  params: unknown;
  keyboards: readonly Rows[];
}

const none: Rows = [];

const sharing: Rows = [["Поделиться > inline 17"], ["Поделиться ссылкой > t.me"]];
const ownCard = (last: string, ...more: Rows): Rows => [
  ["Этикетка > 1:labels:17", "История > 1:history:17"],
  ...more,
  ["Мои карты > 1:list"],
  ["Исправить > 1:correct:17", last],
];
const ofBatch: Rows = [
  ["Этикетки тиража > 1:batch_labels:17"],
  ["Новый тираж > 1:batch", "Мои карты > 1:list"],
];
const theBatch = { batch: BATCH, edition: 1, editions: 2 };
const withAlbum = (fakes: RenderFakes): void =>
  void fakes.cards.set(CARD, aCard({ packaged: "box", ...theBatch }));

const cards: GalleryPage["cards"] = Array.from({ length: 7 }, (_, i) => ({
  ...{ number: 20 - i, name: `Карта ${20 - i}`, checks: 0, people: 0, by_maker: 0 },
  ...{ edition: null, editions: null },
}));
const looks: Rows = [
  [20, 19, 18, 17, 16].map((number) => `№\u00a0${number} > 1:look:${number}`),
  [15, 14].map((number) => `№\u00a0${number} > 1:look:${number}`),
];
const middle: GalleryPage = { cards, page: 1, pages: 3, active: 27, withdrawn: 4 };
const showing = (pages: Partial<RenderFakes["pages"]>) => (fakes: RenderFakes): void =>
  void Object.assign(fakes.pages, pages);

const everything: Readonly<Record<string, readonly Shows[]>> = {
  say: [{
    when: "with rows of its chart's",
    params: {
      text: "ask_part",
      values: { number: 17, name: "Море" },
      buttons: [
        [
          { label: "part_name", action: { do: "amend", part: "name" } },
          { label: "part_description", action: { do: "amend", part: "description" } },
        ],
        [{ label: "cancel", action: { do: "cancel" } }],
      ],
    },
    keyboards: [[
      ["Название > 1:amend:name", "Описание > 1:amend:description"],
      ["Отмена > 1:cancel"],
    ]],
  }],
  showMenu: [{
    when: "to a maker",
    given: ({ rights }) => rights.forEach((may) => may.owner = false),
    params: {},
    keyboards: [[
      ["Добавить новую карту > 1:issue"],
      ["Тираж > 1:batch", "Мои карты > 1:list"],
      ["Статистика > 1:stats"],
    ]],
  }, {
    when: "to an owner",
    params: {},
    keyboards: [[
      ["Добавить новую карту > 1:issue"],
      ["Тираж > 1:batch", "Мои карты > 1:list"],
      ["Статистика > 1:stats", "Мастера > 1:makers"],
    ]],
  }],
  showIssued: [{
    when: "under its QR code",
    params: { card: CARD },
    keyboards: [none, [
      ["Добавить новую карту > 1:issue", "Этикетка > 1:labels:17"],
      sharing.flat(),
      ["Мои карты > 1:list"],
    ]],
  }],
  showOwnCard: [{
    when: "active",
    params: { card: CARD },
    keyboards: [none, ownCard("Отозвать > 1:withdraw:17", sharing.flat())],
  }, {
    when: "withdrawn",
    given: ({ cards }) => void cards.set(CARD, aCard({ active: false })),
    params: { card: CARD },
    keyboards: [none, ownCard("Вернуть > 1:restore:17")],
  }, {
    when: "of a batch",
    given: ({ cards }) => void cards.set(CARD, aCard(theBatch)),
    params: { card: CARD },
    keyboards: [
      none,
      ownCard(
        "Отозвать > 1:withdraw:17",
        ["Этикетки тиража > 1:batch_labels:17"],
        sharing.flat(),
      ),
    ],
  }],
  showBatch: [{
    when: "of one photo",
    given: ({ cards }) => void cards.set(CARD, aCard(theBatch)),
    params: { batch: BATCH },
    keyboards: [ofBatch],
  }, {
    when: "of two",
    given: withAlbum,
    params: { batch: BATCH },
    keyboards: [none, none, ofBatch],
  }],
  showList: [{
    when: "in the middle",
    given: showing({ active: middle }),
    params: { page: 1 },
    keyboards: [[
      ...looks,
      ["◀ > 1:page:0:a", "▶ > 1:page:2:a"],
      ["Отозванные (4) > 1:page:0:w"],
      ["Найти > 1:search", "Выгрузить > 1:export"],
    ]],
  }, {
    when: "on the first page",
    given: showing({ active: { ...middle, page: 0, withdrawn: 0 } }),
    params: { page: 0 },
    keyboards: [[...looks, ["▶ > 1:page:1:a"], ["Найти > 1:search", "Выгрузить > 1:export"]]],
  }, {
    when: "empty",
    params: { page: 0 },
    keyboards: [[["Добавить новую карту > 1:issue"]]],
  }],
  showFound: [{
    when: "among active ones",
    given: showing({ active: middle }),
    params: { query: "sealed:море" },
    keyboards: [[
      ...looks,
      ["◀ > 1:find:0:a:море", "▶ > 1:find:2:a:море"],
      ["Отозванные (4) > 1:find:0:w:море"],
      ["Найти > 1:search", "Мои карты > 1:list"],
    ]],
  }, {
    when: "among withdrawn ones only",
    given: showing({
      active: { ...emptyPage, withdrawn: 7 },
      withdrawn: { ...middle, active: 0, withdrawn: 27 },
    }),
    params: { query: "sealed:море" },
    keyboards: [[
      ...looks,
      ["◀ > 1:find:0:w:море", "▶ > 1:find:2:w:море"],
      ["Действующие (0) > 1:find:0:a:море"],
      ["Найти > 1:search", "Мои карты > 1:list"],
    ]],
  }],
  showMakers: [{
    when: "two of them",
    given({ makers, names }) {
      makers.push(...[MAKER, OTHER].map((maker) => ({ maker, cards: 3, joined_at: 0 })));
      names.set(OTHER, { first_name: "Борис", last_name: null, username: null });
    },
    params: {},
    keyboards: [[
      [`Анна Смирнова > 1:maker:${MAKER}`],
      [`Борис > 1:maker:${OTHER}`],
      ["Пригласить мастера > 1:invite"],
    ]],
  }],
  showMaker: [{
    when: "still one",
    given: ({ makers }) => void makers.push({ maker: MAKER, cards: 3, joined_at: 0 }),
    params: { maker: MAKER },
    keyboards: [[[`Убрать из мастеров > 1:dismiss:${MAKER}`], ["Мастера > 1:makers"]]],
  }, {
    when: "no more",
    params: { maker: OTHER },
    keyboards: [[["Мастера > 1:makers"]]],
  }],
  showVerdict: [
    { when: "of one photo", params: { card: CARD }, keyboards: [sharing] },
    {
      when: "of two",
      given: withAlbum,
      params: { card: CARD },
      keyboards: [none, none, sharing],
    },
    {
      when: "of a withdrawn card",
      given: ({ scans }) => void scans.set(FACT, aScan({ active: false })),
      params: { card: CARD },
      keyboards: [none],
    },
  ],
  showShared: [{ when: "by its number", params: { number: 17 }, keyboards: [none] }],
  showHistory: [{ when: "of a card", params: { card: CARD }, keyboards: [none, none] }],
  showStats: [{ when: "to a maker", params: {}, keyboards: [none] }],
  sendLabels: [{ when: "of a card", params: { card: CARD, of: "card" }, keyboards: [none] }],
  sendTables: [{ when: "to a maker", params: {}, keyboards: [none, none] }],
  showInvitation: [{ when: "to an owner", params: { token: "t", until: 0 }, keyboards: [none] }],
  showWelcome: [{ when: "to anybody", params: {}, keyboards: [none] }],
  showProgress: [{ when: "at first", params: { done: 0, of: 24 }, keyboards: [none] }],
  toast: [{ when: "too late", params: { text: "card_restored" }, keyboards: [none] }],
  // What sends no message has no buttons.
  showCommands: [{ when: "to a maker", params: {}, keyboards: [] }],
  clear: [{ when: "of an empty slot", params: { slot: "wizard" }, keyboards: [] }],
  answerTap: [{ when: "of nobody", params: { query: "1", text: null }, keyboards: [] }],
};

for (const [type, shown] of Object.entries(everything)) {
  for (const { when, given: arrange, params, keyboards } of shown) {
    senderTest(`every button of ${type}, ${when}, is in its place`, async (given) => {
      const { send, fakes, anna } = given;
      arrange?.(fakes);
      const before = anna.messages().length;
      await send(JSON.parse(JSON.stringify({ type, params })));
      assertEquals(anna.messages().slice(before).map(rowsOf), keyboards.map(plain));
    });
  }
}

const plain = (rows: Rows): string[][] => rows.map((row) => [...row]);

const rowsOf = ({ reply_markup }: Pick<Message, "reply_markup">): string[][] =>
  (reply_markup?.inline_keyboard ?? []).map((row) => row.map(buttonOf));

function buttonOf(button: InlineKeyboardButton): string {
  if ("callback_data" in button) return `${button.text} > ${button.callback_data}`;
  if ("url" in button) return `${button.text} > ${new URL(button.url).host}`;
  if ("switch_inline_query" in button) {
    return `${button.text} > inline ${button.switch_inline_query}`;
  }
  return button.text;
}
