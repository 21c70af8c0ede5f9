import { showHistory } from "../../../machines/flows/card_history.ts";
import { drawDays } from "../../cards/draw_days.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Drawing } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import { zoneName } from "../../locales/locales.ts";
import type { RenderKit } from "../flow_parts.ts";
import { openCards } from "../issue_card/read_model.ts";
import { loadOwnCard } from "../own_cards/own_card.ts";
import { type CardDay, openCardHistories } from "./read_model.ts";
import { renderChanges } from "./render_changes.ts";
import { words } from "./words.ts";

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
      const zone = zoneName(context.locale, time_zone, now());
      const caption = captions.days({ number, days: days.length, checks, zone });
      const { html, keyboard } = renderChanges(context, card, changes, 0);
      return [
        {
          does: "show",
          chat,
          pictures: [pictureOf(context, days, number)],
          html: caption,
          keyboard: [],
        },
        { does: "say", chat, html, keyboard, slot: null },
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
