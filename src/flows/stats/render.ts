import { showStats } from "../../../machines/flows/stats.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import { zoneName } from "../../locales/locales.ts";
import type { RenderKit } from "../flow_parts.ts";
import { withoutDirectionMarks } from "../issue_card/card_caption.ts";
import { openStats } from "./read_model.ts";
import { words } from "./words.ts";

/** Renders the statistics for makers. */
export function renderers({ read, now, time_zone }: RenderKit): readonly Renderer[] {
  const counts = read(openStats);
  return [
    rendering(showStats)(async (context) => {
      const { admin, owner } = await context.rights();
      if (!admin) return [];
      const { captions } = words[context.locale];
      const { person, chat } = context.viewer;
      // Makers see only their own cards.
      const stats = await counts.read(now(), time_zone, owner ? null : person);
      const top = stats.top.map((card) =>
        captions.stats_line({ ...card, name: escapeHtml(withoutDirectionMarks(card.name)) })
      );
      const zone = zoneName(context.locale, time_zone, now());
      const html = captions.stats({ ...stats, top, zone });
      return [{ does: "say", chat, html, keyboard: [], slot: null }];
    }),
  ];
}
