/** A maker's cards, ten to a page, with a button for each and for what else there is. */
import type { InlineKeyboardButton } from "grammy/types";
import { askExport } from "../../../machines/flows/export_cards.ts";
import { issue } from "../../../machines/flows/issue_taps.ts";
import { listCards, lookAtCard } from "../../../machines/flows/own_cards.ts";
import { printBatchLabels } from "../../../machines/flows/print_labels.ts";
import { search } from "../../../machines/flows/search_cards.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import { editionOf, withoutDirectionMarks } from "../issue_card/card_caption.ts";
import { encodeCopiesTap } from "./copies_tap.ts";
import { encodePagerTap, type PagerTap } from "./pager_tap.ts";
import type { CopiesPage, GalleryPage } from "./read_model.ts";
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
  const lines = page.cards.map((card) => {
    const name = shownName(card);
    return "copies" in card
      ? captions.batch_line({ ...card, name })
      : captions.list_line({ ...card, name, edition: editionOf(card) });
  });
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

/** In a line, a name brings no direction marks of its own. */
const shownName = ({ name }: { name: string }): string => escapeHtml(withoutDirectionMarks(name));

/** A button for each line: to the card, or to the copies of the batch. */
function cardRows(
  { locale, encode }: LanguageContext,
  { cards }: Pick<GalleryPage, "cards">,
): InlineKeyboardButton[][] {
  const { card_label, batch_label } = words[locale];
  return inRows(cards.map((card) => {
    const { number } = card;
    return "copies" in card
      ? { text: batch_label(card), callback_data: encodeCopiesTap({ page: 0, number }) }
      : { text: card_label(number), callback_data: encode(lookAtCard.action({ number })) };
  }));
}

const inRows = (buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] =>
  Array.from(
    { length: Math.ceil(buttons.length / BUTTONS_IN_ROW) },
    (_, row) => buttons.slice(row * BUTTONS_IN_ROW, (row + 1) * BUTTONS_IN_ROW),
  );

/** One page of the copies of a batch, with the way back to the list. */
export function renderCopies(
  context: LanguageContext,
  { cards, page, pages }: CopiesPage,
): { html: string; keyboard: Keyboard } {
  const { captions, card_label } = words[context.locale];
  const [first] = cards;
  if (!first) throw new Error("Cannot show the copies of a batch: it has none");
  const lines = cards.map((card) =>
    captions.copy_line({ ...card, edition: card.edition ?? 0, editions: card.editions ?? 0 })
  );
  const { number, editions } = first;
  const html = captions.copies({
    ...{ name: shownName(first), editions: editions ?? cards.length },
    ...{ page: page + 1, pages, lines },
  });
  const copiesButton = (label: string, wanted: number): InlineKeyboardButton => ({
    text: context.catalogue.label(label),
    callback_data: encodeCopiesTap({ page: wanted, number }),
  });
  const all = pagerButton(context.catalogue.label("list"), { page: 0, active: true, query: "" });
  const rows = [
    ...inRows(cards.map(({ number }) => ({
      text: card_label(number),
      callback_data: context.encode(lookAtCard.action({ number })),
    }))),
    [
      ...page > 0 ? [copiesButton("previous", page - 1)] : [],
      ...page < pages - 1 ? [copiesButton("next", page + 1)] : [],
    ],
    [button(context, "batch_labels", printBatchLabels.action({ number })), all],
  ];
  return { html, keyboard: rows.filter((row) => row.length > 0) };
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
