/** A card's changes in words, some to a page; the newest are on the first. */
import { z } from "zod";
import { CardNumber } from "../../../events/card.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import type { Keyboard } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import { withoutDirectionMarks } from "../issue_card/card_caption.ts";
import type { Card } from "../issue_card/cards.ts";
import type { CardChange } from "./read_model.ts";
import { words } from "./words.ts";

/** As many as one message always holds. */
const PAGE_SIZE = 15;

/** The page `wanted`, from 0, or the last there is: oldest changes first within it. */
export function renderChanges(
  context: RenderContext,
  { number, name, issued_at }: Card,
  changes: readonly CardChange[],
  wanted: number,
): { html: string; keyboard: Keyboard } {
  const { captions } = words[context.locale];
  const { label } = context.catalogue;
  const pages = Math.max(1, Math.ceil(changes.length / PAGE_SIZE));
  const page = Math.min(wanted, pages - 1);
  const lines = [
    ...page === pages - 1 ? [captions.was_issued({ at: context.clock(issued_at) })] : [],
    ...changes.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).toReversed()
      .map((change) => lineOf(context, change)),
  ];
  const turns = [
    ...page > 0 ? [turnTo(label("previous"), { number, page: page - 1 })] : [],
    ...page < pages - 1 ? [turnTo(label("next"), { number, page: page + 1 })] : [],
  ];
  return {
    html: captions.history({ number, name: escapeHtml(name), lines, page: page + 1, pages }),
    keyboard: turns.length === 0 ? [] : [turns],
  };
}

function lineOf(
  { clock, locale }: RenderContext,
  { change, detail, at: at_ms }: CardChange,
): string {
  const { captions } = words[locale];
  const at = clock(at_ms);
  switch (change) {
    case "corrected":
      return captions.was_corrected({ at, what: (detail ?? "").split(",") });
    case "withdrawn":
      return captions.was_withdrawn({
        at,
        reason: detail === null ? null : escapeHtml(withoutDirectionMarks(detail)),
      });
    case "restored":
      return captions.was_restored({ at });
  }
}

/** A page, from 0, of the history of the card with this number. */
interface HistoryPage {
  number: number;
  page: number;
}

/** As in the data of all buttons. */
const PREFIX = "1:history_page";
const Place = z.object({ number: CardNumber, page: z.int().nonnegative().max(1_000_000) });

const dataOf = ({ number, page }: HistoryPage) => `${PREFIX}:${number}:${page}`;
const turnTo = (text: string, to: HistoryPage) => ({ text, callback_data: dataOf(to) });

/** The page that these data of a button turn to; null for anything else. */
export function readHistoryPage(data: string): HistoryPage | null {
  const [, , number, page] = data.split(":").map(Number);
  const { data: place } = Place.safeParse({ number, page });
  return place && dataOf(place) === data ? place : null;
}
