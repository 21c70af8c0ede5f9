import type { Scan } from "../issue_card/cards.ts";
import { showVerdict } from "../../../machines/flows/verify_card.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import { Unrenderable } from "../../telegram/bot_call.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionFieldsOf, captionOf, makerOf, photosOf } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { shareRows } from "../share_card/share_rows.ts";
import { words } from "./words.ts";

/** What a check found, without the code; all numbers are those of that check. */
export function renderers({ read, assigned }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  const scanOf = async (fact: string) =>
    (assigned(fact) as Scan | undefined) ?? await cards.scan(fact);
  return [
    rendering(showVerdict)(async (context, { card: id }) => {
      const { fact, viewer: { chat } } = context;
      const { captions } = words[context.locale];
      const scan = await scanOf(fact);
      if (!scan) throw new Unrenderable(`Cannot tell a verdict: ${fact} is no check that is known`);
      const { active, others_first_at, revision = null } = scan;
      const found = revision === null ? await cards.byId(id) : await cards.asOf(id, revision);
      if (!found) throw new Unrenderable(`Cannot show card ${id}: there is none`);
      const card = { ...found, active, others_first_at };
      const pictures = photosOf(card);
      const { number, people, own, by_maker } = scan;
      const first_at = context.clock(scan.others_first_at ?? scan.first_at);
      const check = { check: number, people, first_at, own, by_maker };
      const known = {
        ...captionFieldsOf(context, card),
        ...check,
        maker: await makerOf(context, card),
      };
      if (!scan.active) {
        const reason = scan.reason === null ? null : escapeHtml(scan.reason);
        const html = captions.withdrawn({ ...known, reason });
        return [{ does: "show", chat, pictures, html, keyboard: [] }];
      }
      const html = captionOf(captions.genuine, known, card.description);
      const keyboard = shareRows(context, card);
      if (pictures.length === 1) return [{ does: "show", chat, pictures, html, keyboard }];
      return [
        { does: "show", chat, pictures, html, keyboard: [] },
        { does: "say", chat, html: captions.controls(), keyboard, slot: null },
      ];
    }),
  ];
}
