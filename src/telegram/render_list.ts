/** A maker's cards, ten to a page. */
import type { InlineKeyboardButton } from "grammy/types";
import type { Catalogue } from "../locales/ru.ts";
import { encodeAction, encodePagerTap, type PagerTap } from "./codec.ts";
import { editionOf } from "./face.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { button } from "./keyboard.ts";
import type { Keyboard, Sending } from "./sending.ts";
import type { ShownPage, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

const BUTTONS_IN_ROW = 5;

/** The list of the viewer's own active cards; only a maker has one. */
export async function renderList(stage: Stage, viewer: Viewer, page: number): Promise<Sending[]> {
  if (!(await stage.sources.rights(viewer.stream)).admin) return [];
  const shown = await stage.sources.gallery(viewer.person, page, true, "");
  const list = listOf(stage.catalogue, shown, { active: true, query: "" });
  return [{ does: "say", chat: viewer.chat, ...list, slot: null }];
}

/** Those of the viewer's own cards that a search finds: withdrawn ones where no active one fits. */
export async function renderFound(
  stage: Stage,
  viewer: Viewer,
  sealed: string,
): Promise<Sending[]> {
  const { gallery, rights, unseal } = stage.sources;
  const query = await unseal(viewer.person, sealed);
  if (query === null || !(await rights(viewer.stream)).admin) return [];
  const found = await gallery(viewer.person, 0, true, query);
  const active = found.active > 0 || found.withdrawn === 0;
  const shown = active ? found : await gallery(viewer.person, 0, false, query);
  const list = listOf(stage.catalogue, shown, { active, query });
  return [{ does: "say", chat: viewer.chat, ...list, slot: null }];
}

/** Which cards a list is of: active or withdrawn ones, all or what a search finds. */
type Filter = Pick<PagerTap, "active" | "query">;

/** One page of cards, with a button for each and for what else there is. */
export function listOf(
  catalogue: Catalogue,
  page: ShownPage,
  filter: Filter,
): { html: string; keyboard: Keyboard } {
  const { active, query } = filter;
  const { captions } = catalogue;
  const lines = page.cards.map((card) =>
    captions.list_line({
      ...card,
      name: escapeHtml(withoutMarks(card.name)),
      edition: editionOf(card),
    })
  );
  const total = active ? page.active : page.withdrawn;
  const rows = [
    ...cardRows(catalogue, page),
    pagerRow(catalogue, page, filter),
    toggleRow(catalogue, page, filter),
    lastRow(catalogue, page, filter),
  ];
  const shown = { active, total, page: page.page + 1, pages: page.pages, lines };
  return {
    html: captions.list({ ...shown, query: escapeHtml(withoutMarks(query)) }),
    keyboard: rows.filter((row) => row.length > 0),
  };
}

/** A line's names stand between direction marks, and bring none of their own. */
export const withoutMarks = (name: string): string => name.replace(/[\u2066-\u2069]/g, "");

function cardRows({ card_label }: Catalogue, { cards }: ShownPage): InlineKeyboardButton[][] {
  const buttons = cards.map(({ number }) => ({
    text: card_label(number),
    callback_data: encodeAction({ do: "look", number }),
  }));
  return Array.from(
    { length: Math.ceil(buttons.length / BUTTONS_IN_ROW) },
    (_, row) => buttons.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
  );
}

const pagerButton = (text: string, tap: PagerTap): InlineKeyboardButton => ({
  text,
  callback_data: encodePagerTap(tap),
});

function pagerRow(
  { labels }: Catalogue,
  { page, pages }: ShownPage,
  filter: Filter,
): InlineKeyboardButton[] {
  return [
    ...page > 0 ? [pagerButton(labels.previous, { ...filter, page: page - 1 })] : [],
    ...page < pages - 1 ? [pagerButton(labels.next, { ...filter, page: page + 1 })] : [],
  ];
}

/** The way to the other list, where there is something in it, and always the way back. */
function toggleRow(
  { labels }: Catalogue,
  page: ShownPage,
  { active, query }: Filter,
): InlineKeyboardButton[] {
  if (active && page.withdrawn === 0) return [];
  const text = active
    ? `${labels.withdrawn} (${page.withdrawn})`
    : `${labels.active} (${page.active})`;
  return [pagerButton(text, { page: 0, active: !active, query })];
}

/** What else can be done: search, all again, tables; the first card where there is none. */
function lastRow(
  catalogue: Catalogue,
  { active, withdrawn }: ShownPage,
  { query }: Filter,
): InlineKeyboardButton[] {
  const search = button(catalogue, "search", { do: "search" });
  if (query !== "") return [search, button(catalogue, "list", { do: "list" })];
  if (active + withdrawn === 0) return [button(catalogue, "issue", { do: "issue" })];
  return [search, button(catalogue, "export", { do: "export" })];
}
