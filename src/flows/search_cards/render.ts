import { showFound } from "../../../machines/flows/search_cards.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderKit } from "../flow_parts.ts";
import { renderCardList } from "../own_cards/render_card_list.ts";
import { openGalleries } from "../own_cards/read_model.ts";
import { words } from "./words.ts";

/** Those of a maker's cards that a search finds: withdrawn ones where no active one fits. */
export function renderers({ read }: RenderKit): readonly Renderer[] {
  const galleries = read(openGalleries);
  return [
    rendering(showFound)(async (context, { query: sealed, cut }) => {
      const { person, chat } = context.viewer;
      const query = await context.unseal(sealed);
      if (query === null || !(await context.rights()).admin) return [];
      const found = await galleries.page(person, 0, true, query);
      const active = found.active > 0 || found.withdrawn === 0;
      const shown = active ? found : await galleries.page(person, 0, false, query);
      const list = renderCardList(context, shown, { active, query });
      const note = cut ? `\n\n${words[context.locale].captions.query_cut()}` : "";
      return [{ does: "say", chat, ...list, html: list.html + note, slot: null }];
    }),
  ];
}
