import type { ReadOnlyTaps } from "../../telegram/read_only.ts";
import type { RenderKit } from "../flow_parts.ts";
import { renderCardList } from "./render_card_list.ts";
import { decodePagerTap } from "./pager_tap.ts";
import { openGalleries } from "./read_model.ts";

/** Turns the pages of a maker's list in place. */
export function readOnlyTaps({ read }: RenderKit): ReadOnlyTaps {
  const galleries = read(openGalleries);
  return (data) => {
    const pager = decodePagerTap(data);
    return pager && {
      refuse: async ({ rights, catalogue }) =>
        (await rights()).admin ? null : catalogue.note("makers_only"),
      turn: async (context) => {
        const { page, active, query } = pager;
        const shown = await galleries.page(context.viewer.person, page, active, query);
        return renderCardList(context, shown, pager);
      },
    };
  };
}
