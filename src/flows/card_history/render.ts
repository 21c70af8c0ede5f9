import { showHistory } from "../../../machines/flows/card_history.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { drawDays } from "../../cards/draw_days.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Drawing } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { withoutDirectionMarks } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { loadOwnCard } from "../own_cards/own_card.ts";
import { type CardChange, type CardDay, openCardHistories } from "./read_model.ts";
import { words } from "./words.ts";

/** As many as one message always holds. */
const CHANGES_MAX = 15;

/** A card's history for its maker: the checks of the last days, and all changes in words. */
export function renderers({ read, now, time_zone }: RenderKit): readonly Renderer[] {
  const [cards, histories] = [read(openCards), read(openCardHistories)];
  return [
    rendering(showHistory)(async (context, { card: id }) => {
      const card = await loadOwnCard(context, cards, id);
      if (!card) return [];
      const { captions } = words[context.locale];
      const { changes, days } = await histories.read(id, now(), time_zone);
      const { chat } = context.viewer;
      const { number } = card;
      const checks = days.reduce((sum, day) => sum + day.checks, 0);
      const caption = captions.days({ number, days: days.length, checks });
      const lines = [
        captions.was_issued({ at: context.clock(card.issued_at) }),
        ...changes.length > CHANGES_MAX ? [captions.and_earlier()] : [],
        ...changes.slice(0, CHANGES_MAX).toReversed().map((change) => lineOf(context, change)),
      ];
      const html = captions.history({ number, name: escapeHtml(card.name), lines });
      return [
        {
          does: "show",
          chat,
          pictures: [pictureOf(context, days, number)],
          html: caption,
          keyboard: [],
        },
        { does: "say", chat, html, keyboard: [], slot: null },
      ];
    }),
  ];
}

function pictureOf(
  { locale }: RenderContext,
  days: readonly CardDay[],
  number: number,
): Drawing {
  const name = words[locale].files.days(number);
  const monthName = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
  const monthOf = (day: string) => monthName.format(new Date(day));
  const told = { days: days.map(({ day, checks }) => ({ day, checks })) };
  return { called: "checks day by day", name, told, make: () => drawDays(days, monthOf) };
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
