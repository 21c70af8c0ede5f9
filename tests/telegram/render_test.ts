/** The longest and the nastiest that people can write, as it arrives on a phone. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { flows } from "../../machines/dialogue.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { locales } from "../../src/locales/locales.ts";
import { sampleValues } from "../locales/sample_texts.ts";
import { labelsOf, senderTest } from "./given_sender.ts";
import { aCard, aScan, CARD, FACT, MAKER } from "./render_fakes.ts";

const LONGEST_NAME = "&".repeat(80);
const LONGEST_DESCRIPTION = '<"&>😀\u05D0'.repeat(100);
const NASTY_NAME = '<b>Море</b> &lt; "🍄" שלום <script>';
const names = { first_name: "<".repeat(64), last_name: "&".repeat(64), username: null };
const RLO = "\u202E";

senderTest("the longest card fits every caption with everything around it", async (given) => {
  const { send, fakes, anna } = given;
  assertEquals(LONGEST_DESCRIPTION.length, 700);
  fakes.names.set(MAKER, names);
  const many = { checks: 1_234_567, people: 1_234_567 };
  const longest = { number: 1_234_567, name: LONGEST_NAME, description: LONGEST_DESCRIPTION };
  const reason = ">".repeat(120);
  const effects = [
    { type: "showIssued", params: { card: CARD } },
    { type: "showOwnCard", params: { card: CARD } },
    { type: "showVerdict", params: { card: CARD } },
    { type: "showShared", params: { number: longest.number } },
  ];
  const of_batch = {
    batch: CARD,
    edition: 499,
    editions: 500,
    corrected_at: Date.UTC(2026, 8, 21),
  };
  const kinds = [[true, {}], [false, {}], [true, of_batch], [false, of_batch]] as const;
  for (const [active, more] of kinds) {
    const standing = { active, reason: active ? null : reason };
    fakes.cards.set(CARD, aCard({ ...longest, ...many, ...standing, ...more }));
    const numbers = { number: many.checks, people: many.people, by_maker: 7 };
    const scan = { ...numbers, first_at: Date.UTC(2026, 8, 20, 22) };
    fakes.scans.set(FACT, aScan({ ...scan, ...standing }));
    for (const effect of effects) {
      const before = anna.messages().length;
      const outcome = await send(effect);
      assertEquals(outcome.is === "done" && Object.keys(outcome.answer ?? {}), ["messages"]);
      const captions = anna.messages().slice(before).map(({ caption }) => caption ?? "");
      assert(captions.every((caption) => caption.length <= 1024));
      assertStringIncludes(captions[0] ?? "", `\n${LONGEST_NAME}\n`);
    }
  }
});

senderTest("a name is shown as typed, on a line of its own", async ({ send, fakes, anna }) => {
  const description = `a < b && c > d "e" &amp; ${RLO}f`;
  fakes.cards.set(CARD, aCard({ name: NASTY_NAME, description }));
  for (const type of ["showIssued", "showVerdict"]) {
    const before = anna.messages().length;
    await send({ type, params: { card: CARD } });
    const caption = anna.messages()[before]?.caption ?? "";
    assert(caption.split("\n").includes(NASTY_NAME), caption);
    assert(caption.split("\n").includes(description), caption);
    const bold = anna.messages()[before]?.caption_entities?.map(({ type }) => type) ?? [];
    assertEquals(bold.every((type) => type === "bold"), true);
  }
});

senderTest("values of every text are shown as typed", async ({ send, seen }) => {
  for (const [text, sample] of Object.entries(sampleValues)) {
    if (sample === null) continue;
    const values = Object.fromEntries(
      Object.entries(sample).map(([key, value]) => [
        key,
        ["name", "reference"].includes(key) || (key === "reason" && text === "ask_withdrawal")
          ? NASTY_NAME
          : value,
      ]),
    );
    const outcome = await send({ type: "say", params: { text, values } });
    assertEquals(outcome.is, "done");
    const [shown] = seen().slice(-1);
    const expected = Object.values(values).filter((value) => value === NASTY_NAME).length;
    assertEquals((shown ?? "").split(NASTY_NAME).length - 1, expected, text);
  }
});

const ofNoBatch = { edition: null, editions: null };

senderTest("a list isolates names, so that no line is scrambled", async (given) => {
  const { send, fakes, seen, anna } = given;
  const cards = [
    {
      number: 12,
      name: `שלום & ${RLO}<i>`,
      checks: 2,
      people: 1,
      by_maker: 0,
      edition: 3,
      editions: 24,
    },
    { number: 11, name: "with\u2069out", checks: 0, people: 0, by_maker: 0, ...ofNoBatch },
  ];
  fakes.pages.active = { cards, page: 0, pages: 1, active: 2, withdrawn: 3 };
  await send({ type: "showList", params: { page: 0 } });
  assertEquals(seen().at(-1)?.split("\n").slice(2), [
    `№\u00a012 \u2068שלום & ${RLO}<i>\u2069, 3 из 24 — 2 проверки, 1 человек`,
    "№\u00a011 \u2068without\u2069 — ещё не проверяли",
  ]);
  assertEquals(labelsOf(anna.messages().at(-1)), [
    ["№\u00a012", "№\u00a011"],
    ["Отозванные (3)"],
    ["Найти", "Выгрузить"],
  ]);
});

senderTest("a list of ten cards of the longest names fits one message", async (given) => {
  const { send, fakes, anna } = given;
  const cards = Array.from({ length: 10 }, (_, i) => ({
    number: 1_000_000 + i,
    name: LONGEST_NAME,
    checks: 1_234_567,
    people: 1_234_567,
    by_maker: 1_234_567,
    ...{ edition: 499, editions: 500 },
  }));
  fakes.pages.active = { cards, page: 1, pages: 3, active: 30, withdrawn: 0 };
  await send({ type: "showList", params: { page: 1 } });
  const message = anna.messages().at(-1);
  assertStringIncludes(message?.text ?? "", "Мои карты: 30, страница 2 из 3");
  assertEquals(labelsOf(message).map((row) => row.length), [5, 5, 2, 2]);
  assertEquals(labelsOf(message)[2], ["◀", "▶"]);
});

senderTest("an empty list offers the first card", async ({ send, seen, anna }) => {
  await send({ type: "showList", params: { page: 0 } });
  assertEquals(seen().at(-1), "Мои карты\n\nДействующих карт нет.");
  assertEquals(labelsOf(anna.messages().at(-1)), [["Добавить новую карту"]]);
});

senderTest("the statistics tell all that is counted", async ({ send, fakes, seen }) => {
  const top = [{ number: 3, name: "<Море>", checks: 21 }];
  const stats = { cards: 3, active: 2, checks: 21, people: 2, today: 1, last_7_days: 5, top };
  fakes.stats = stats;
  await send({ type: "showStats", params: {} });
  assertEquals(
    seen().at(-1),
    "Статистика\n\nВсего 3 карты, действующих: 2\nПроверок: 21\nПроверяли: 2 человека\n" +
      "Сегодня (с 00:00 UTC): 1 проверка\nЗа 7 дней: 5 проверок\n\n" +
      "Чаще всего проверяют\n№\u00a03 \u2068<Море>\u2069 — 21 проверка",
  );
});

senderTest("a maker whose name is not kept has none", async ({ send, fakes, seen }) => {
  fakes.names.clear();
  await send({ type: "showVerdict", params: { card: CARD } });
  assertStringIncludes(seen().at(-1) ?? "", "Мастер: имя не хранится");
});

senderTest("a text, a note or a label that is not there is a mistake of ours", async (given) => {
  const { send, logged, seen } = given;
  const button = { label: "constructor", action: { do: "issue" } };
  const wrong = [
    { type: "say", params: { text: "constructor" } },
    { type: "say", params: { text: "help", buttons: [[button]] } },
    { type: "answerTap", params: { query: "1", text: "nothing" } },
    { type: "showVerdict", params: { card: "none" } },
    { type: "dance", params: {} },
  ];
  for (const effect of wrong) assertEquals((await send(effect)).is, "done");
  assertEquals(logged.length, wrong.length);
  assertEquals(seen(), []);
});

Deno.test("no label needs escaping, as buttons are plain", () => {
  const keys = flows.flatMap(({ words }) => words?.labels ?? []);
  const labels = locales.flatMap((locale) => keys.map(catalogues[locale].label));
  assertEquals(labels.filter((label) => /[<>&]/.test(label)), []);
});
