/** A maker's cards, ten to a page, with a button for each and for what else there is. */
import type { InlineKeyboardButton } from "grammy/types";
import { askExport } from "../../../machines/flows/export_cards.ts";
import { issue } from "../../../machines/flows/issue_taps.ts";
import { listCards, lookAtCard } from "../../../machines/flows/own_cards.ts";
import { search } from "../../../machines/flows/search_cards.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import { editionOf, withoutDirectionMarks } from "../issue_card/card_caption.ts";
import { encodePagerTap, type PagerTap } from "./pager_tap.ts";
import type { GalleryPage } from "./read_model.ts";
import { words } from "./words.ts";

const BUTTONS_IN_ROW = 5;

/** Which cards a list is of: active or withdrawn ones, all or what a search finds. */
type Filter = Pick<PagerTap, "active" | "query">;

/** One page of a list. */
export function renderCardList(
  context: LanguageContext,
  page: GalleryPage,
  filter: Filter,
): { html: string; keyboard: Keyboard } {
  const { active, query } = filter;
  const { captions } = words[context.locale];
  const lines = page.cards.map((card) =>
    captions.list_line({
      ...card,
      name: escapeHtml(withoutDirectionMarks(card.name)),
      edition: editionOf(card),
    })
  );
  const total = active ? page.active : page.withdrawn;
  const rows = [
    ...cardRows(context, page),
    pagerRow(context, page, filter),
    toggleRow(context, page, filter),
    lastRow(context, page, filter),
  ];
  const shown = { active, total, page: page.page + 1, pages: page.pages, lines };
  return {
    html: captions.list({ ...shown, query: escapeHtml(withoutDirectionMarks(query)) }),
    keyboard: rows.filter((row) => row.length > 0),
  };
}

function cardRows(
  { locale, encode }: LanguageContext,
  { cards }: GalleryPage,
): InlineKeyboardButton[][] {
  const buttons = cards.map(({ number }) => ({
    text: words[locale].card_label(number),
    callback_data: encode(lookAtCard.action({ number })),
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
  { catalogue: { label } }: LanguageContext,
  { page, pages }: GalleryPage,
  filter: Filter,
): InlineKeyboardButton[] {
  return [
    ...page > 0 ? [pagerButton(label("previous"), { ...filter, page: page - 1 })] : [],
    ...page < pages - 1 ? [pagerButton(label("next"), { ...filter, page: page + 1 })] : [],
  ];
}

/** The way to the other list, where there is something in it, and always the way back. */
function toggleRow(
  { catalogue: { label } }: LanguageContext,
  page: GalleryPage,
  { active, query }: Filter,
): InlineKeyboardButton[] {
  if (active && page.withdrawn === 0) return [];
  const text = active
    ? `${label("withdrawn")} (${page.withdrawn})`
    : `${label("active")} (${page.active})`;
  return [pagerButton(text, { page: 0, active: !active, query })];
}

/** What else can be done: search, all again, tables; the first card where there is none. */
function lastRow(
  context: LanguageContext,
  { active, withdrawn }: GalleryPage,
  { query }: Filter,
): InlineKeyboardButton[] {
  const find = button(context, "search", search.action({}));
  if (query !== "") return [find, button(context, "list", listCards.action({}))];
  if (active + withdrawn === 0) return [button(context, "issue", issue.action({}))];
  return [find, button(context, "export", askExport.action({}))];
}
