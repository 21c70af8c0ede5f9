/** What a maker can do, button by button, and the menu of commands beside the text field. */
import { issueBatch } from "../../../machines/flows/issue_batch.ts";
import { issue } from "../../../machines/flows/issue_taps.ts";
import { listMakers } from "../../../machines/flows/makers.ts";
import { showCommands, showMenu } from "../../../machines/flows/menu.ts";
import { listCards } from "../../../machines/flows/own_cards.ts";
import { askStats } from "../../../machines/flows/stats.ts";
import { button } from "../../telegram/keyboard.ts";
import { makersCommands } from "../../telegram/makers_commands.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { BotCall } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";

export const renderers = (): readonly Renderer[] => [
  rendering(showMenu)(renderMenu),
  rendering(showCommands)(renderCommands),
];

/** The maker's menu, with more in it for an owner; nothing for a person who is no maker. */
async function renderMenu(context: RenderContext): Promise<BotCall[]> {
  const { admin, owner } = await context.rights();
  if (!admin) return [];
  const keyboard = [
    [button(context, "issue", issue.action({}))],
    [
      button(context, "batch", issueBatch.action({})),
      button(context, "list", listCards.action({})),
    ],
    [
      button(context, "stats", askStats.action({})),
      ...owner ? [button(context, "makers", listMakers.action({}))] : [],
    ],
  ];
  const html = context.catalogue.text("admin_menu", {});
  return [{ does: "say", chat: context.viewer.chat, html, keyboard, slot: null }];
}

/** What the viewer can do, in their own private chat; elsewhere there is nothing to show. */
async function renderCommands(
  { viewer: { chat }, rights, catalogue }: RenderContext,
): Promise<BotCall[]> {
  if (chat < 0) return [];
  const { admin } = await rights();
  const commands = admin ? makersCommands(catalogue) : catalogue.commands.everybody;
  return [{ does: "commands", chat, commands }];
}
