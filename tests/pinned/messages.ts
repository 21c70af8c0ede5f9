/** What every effect that is shown comes to, in each language, for each person, before it is sent. */
import type { Effect } from "../../machines/flow/effect.ts";
import { locales } from "../../src/locales/locales.ts";
import type { Rendered } from "../../src/telegram/bot_call.ts";
import {
  aCard,
  aScan,
  CARD,
  FACT,
  MAKER,
  openRenderFakes,
  type RenderFakes,
  showingOf,
} from "../telegram/render_fakes.ts";
import { sampleValues } from "../locales/sample_texts.ts";

const stream = `dialogue:${MAKER}`;
const REASON = "Украдена <b>";
const batch = { batch: CARD, edition: 3, editions: 24 };
const day = Date.UTC(2026, 10, 20, 14, 5);

/** What the fakes hold when the effects are shown. */
const worlds: Readonly<Record<string, (fakes: RenderFakes) => void>> = {
  "a new card": () => {},
  "two photos": (fakes) => void fakes.cards.set(CARD, aCard({ packaged: "box" })),
  "a batch": (fakes) => void fakes.cards.set(CARD, aCard({ ...batch, corrected_at: day })),
  "a batch with two photos": (fakes) =>
    void fakes.cards.set(CARD, aCard({ ...batch, packaged: "box", checks: 5, people: 2 })),
  "a withdrawn card": (fakes) => {
    fakes.cards.set(CARD, aCard({ active: false, reason: REASON, checks: 21, people: 5 }));
    fakes.scans.set(FACT, aScan({ number: 21, people: 5, active: false, reason: REASON }));
    fakes.pages.active = { cards: [], page: 0, pages: 1, active: 0, withdrawn: 3 };
    fakes.pages.withdrawn = { ...fakes.pages.active, cards: [line(17)] };
  },
  "many cards": (fakes) => {
    const cards = [line(17), { ...line(16), checks: 0 }, { ...line(15), edition: 3, editions: 24 }];
    fakes.pages.active = { cards, page: 1, pages: 3, active: 21, withdrawn: 2 };
    fakes.scans.set(FACT, aScan({ number: 2, people: 1 }));
    fakes.makers.push({ maker: MAKER, joined_at: day, cards: 5 });
    fakes.welcomes.set(FACT, "joined");
    fakes.slots.push({ stream, slot: "wizard", chat: 1, message: 5 });
    fakes.slots.push({ stream, slot: "batch", chat: 1, message: 6 });
    fakes.stats = {
      ...{ cards: 21, active: 19, checks: 111, people: 5, today: 2, last_7_days: 11 },
      top: [{ number: 17, name: "Море <&>", checks: 21 }],
    };
    fakes.history = {
      changes: [
        { change: "corrected", detail: "name,packaged", at: day },
        { change: "restored", detail: null, at: day - 1 },
        { change: "withdrawn", detail: REASON, at: day - 2 },
      ],
      days: [{ day: "2026-11-19", checks: 1 }, { day: "2026-11-20", checks: 4 }],
    };
  },
  "nobody's names": (fakes) => {
    fakes.names.clear();
    fakes.cards.clear();
    fakes.cards.set(CARD, aCard({ maker: CARD }));
    fakes.welcomes.set(FACT, "expired");
  },
};

const line = (number: number) => ({
  ...{ number, name: `Карта <${number}>`, checks: 21, people: 5, by_maker: 2 },
  ...{ edition: null, editions: null },
});

const buttons = [[{ label: "cancel", action: { do: "cancel" } }], [
  { label: "restore", action: { do: "restore", number: 7 } },
]];

/** Every effect that is shown, with its params. */
const effects: readonly Effect[] = [
  ...Object.entries(sampleValues).map(([text, values]) => ({
    ...{ type: "say", params: { text, ...values && { values }, slot: "wizard", buttons } },
  })),
  { type: "say", params: { text: "admin_menu" } },
  { type: "toast", params: { text: "button_outdated" } },
  { type: "clear", params: { slot: "wizard" } },
  { type: "showList", params: { page: 1 } },
  { type: "showShared", params: { number: 17 } },
  { type: "showShared", params: { number: 404 } },
  { type: "showInvitation", params: { token: "sealed:token", until: day } },
  { type: "showMaker", params: { maker: MAKER } },
  { type: "showFound", params: { query: "sealed:море" } },
  { type: "showProgress", params: { done: 0, of: 24 } },
  { type: "showProgress", params: { done: 10, of: 24 } },
  { type: "showProgress", params: { done: 24, of: 24 } },
  { type: "showBatch", params: { batch: CARD } },
  { type: "sendLabels", params: { card: CARD, of: "card" } },
  { type: "sendLabels", params: { card: CARD, of: "batch" } },
  ...["showIssued", "showVerdict", "showOwnCard", "showHistory"].map((type) => ({
    ...{ type, params: { card: CARD } },
  })),
  ...["showCommands", "showWelcome", "showMakers", "showMenu", "sendTables", "showStats"]
    .map((type) => ({ type, params: {} })),
  { type: "answerTap", params: { query: "q", text: null } },
  { type: "answerTap", params: { query: "q", text: "own_card_missing" } },
];

const people = [[true, true], [true, false], [false, false]] as const;

/** A line for each effect, person, language and world; worlds of one outcome are told once. */
export async function messageTable(): Promise<string> {
  const lines: string[] = [];
  for (const effect of effects) {
    for (const locale of locales) {
      const known = new Set<string>();
      for (const [name, prepare] of Object.entries(worlds)) {
        for (const [admin, owner] of people) {
          const fakes = openRenderFakes();
          prepare(fakes);
          fakes.viewers.set(stream, { person: MAKER, stream, chat: 1, locale });
          fakes.rights.set(stream, { admin, owner });
          const { render } = showingOf(fakes, "amanita_bot", locale);
          const rendered = told(await render(effect, { stream, fact: FACT }));
          if (known.has(rendered)) continue;
          known.add(rendered);
          const who = owner ? "owner" : admin ? "maker" : "anybody";
          lines.push(`${JSON.stringify(effect)} ${locale}, ${name}, ${who}\n  ${rendered}`);
        }
      }
    }
  }
  return lines.join("\n");
}

/** As JSON; what is made only when it is sent is as it tells of itself. */
const told = (rendered: Rendered): string =>
  JSON.stringify(
    // By the name that the table was recorded with.
    rendered.is === "calls" ? { is: "sendings", sendings: rendered.calls } : rendered,
    (_, value) => typeof value === "object" && value && "told" in value ? value.told : value,
  );
