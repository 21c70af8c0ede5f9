/** Makers by invitation, ten to a page, with a button for each. */
import { z } from "zod";
import { invite, openMaker } from "../../../machines/flows/makers.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import type { Keyboard } from "../../telegram/bot_call.ts";
import { button } from "../../telegram/keyboard.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import { makerName } from "../issue_card/card_caption.ts";
import type { Maker, MakersPage } from "./read_model.ts";
import { words } from "./words.ts";

/** One page of the list, as owners see it. */
export async function renderMakerList(
  context: RenderContext,
  { makers, page, pages, total }: MakersPage,
): Promise<{ html: string; keyboard: Keyboard }> {
  const { captions } = words[context.locale];
  const { label } = context.catalogue;
  const named = await Promise.all(
    makers.map(async (it) => ({ it, name: await nameOfMaker(context, it) })),
  );
  const lines = named.map(({ it, name }) =>
    captions.makers_line({ name: escapeHtml(name), cards: it.cards })
  );
  const rows = named.map(({ it: { maker }, name }) => [{
    text: name,
    callback_data: context.encode(openMaker.action({ maker })),
  }]);
  const turns = [
    ...page > 0 ? [pageButton(label("previous"), page - 1)] : [],
    ...page < pages - 1 ? [pageButton(label("next"), page + 1)] : [],
  ];
  const keyboard = [...rows, turns, [button(context, "invite", invite.action({}))]];
  return {
    html: captions.makers({ lines, total, page: page + 1, pages }),
    keyboard: keyboard.filter((row) => row.length > 0),
  };
}

/** Their name, or that it is not kept any more. */
export const nameOfMaker = async (context: RenderContext, { maker }: Maker): Promise<string> =>
  await makerName(context, maker) ?? words[context.locale].nameless;

/** As in the data of all buttons. */
const PREFIX = "1:makers_page:";
const Page = z.int().nonnegative().max(1_000_000);

const pageButton = (text: string, page: number) => ({ text, callback_data: `${PREFIX}${page}` });

/** The page, from 0, that these data of a button turn to; null for anything else. */
export function readMakersPage(data: string): number | null {
  if (!data.startsWith(PREFIX)) return null;
  const page = Page.safeParse(Number(data.slice(PREFIX.length)));
  return page.success && data === `${PREFIX}${page.data}` ? page.data : null;
}
