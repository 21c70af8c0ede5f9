import type { ReadOnlyTaps } from "../../telegram/read_only.ts";
import type { RenderKit } from "../flow_parts.ts";
import { openMakers } from "./read_model.ts";
import { readMakersPage, renderMakerList } from "./render_maker_list.ts";

/** Turns the pages of the list of makers in place, for owners. */
export function readOnlyTaps({ read }: RenderKit): ReadOnlyTaps {
  const makers = read(openMakers);
  return (data) => {
    const page = readMakersPage(data);
    return page === null ? null : {
      refuse: async ({ rights, catalogue }) =>
        (await rights()).owner ? null : catalogue.note("owners_only"),
      turn: async (context) => await renderMakerList(context, await makers.page(page)),
    };
  };
}
