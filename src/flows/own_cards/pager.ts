import type { ReadOnlyTap, ReadOnlyTaps } from "../../telegram/read_only.ts";
import type { RenderKit } from "../flow_parts.ts";
import { type CopiesTap, decodeCopiesTap } from "./copies_tap.ts";
import { renderCardList, renderCopies } from "./render_card_list.ts";
import { decodePagerTap } from "./pager_tap.ts";
import { openGalleries } from "./read_model.ts";

/** Turns the pages of a maker's list, and of the copies of a batch, in place. */
export function readOnlyTaps({ read }: RenderKit): ReadOnlyTaps {
  const galleries = read(openGalleries);
  const copiesOf = (wanted: CopiesTap): ReadOnlyTap => ({
    refuse: async ({ rights, catalogue, viewer: { person } }) => {
      if (!(await rights()).admin) return catalogue.note("makers_only");
      const copies = await galleries.copies(person, wanted.number, wanted.page);
      return copies ? null : catalogue.note("own_card_missing");
    },
    turn: async (context) => {
      const { number, page } = wanted;
      const copies = await galleries.copies(context.viewer.person, number, page);
      if (!copies) throw new Error(`Cannot show the batch of card ${number}: it is not theirs`);
      return renderCopies(context, copies);
    },
  });
  return (data) => {
    const copies = decodeCopiesTap(data);
    if (copies) return copiesOf(copies);
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
