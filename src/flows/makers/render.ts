/** Makers, as owners see them; and the welcome of a person who follows an invitation. */
import {
  dismiss,
  invite,
  listMakers,
  openMaker,
  showInvitation,
  showMaker,
  showMakers,
  showWelcome,
} from "../../../machines/flows/makers.ts";
import { cutText } from "../../base/clean_text.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { BotCall, Keyboard } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { makerName } from "../issue_card/card_caption.ts";
import { type InvitationResult, type Maker, openMakers } from "./read_model.ts";
import { words } from "./words.ts";

const LABEL_MAX = 40;

export function renderers({ read, assigned }: RenderKit): readonly Renderer[] {
  const makers = read(openMakers);
  return [
    rendering(showInvitation)(renderInvitation),
    // What came of the invitation that the fact presented.
    rendering(showWelcome)(async (context) => {
      const { fact } = context;
      const outcome = (assigned(fact) as InvitationResult | undefined) ??
        await makers.welcome(fact);
      return say(context, words[context.locale].welcomes[outcome ?? "unknown"]);
    }),
    rendering(showMakers)(async (context) =>
      await isOwner(context) ? await renderList(context, await makers.list()) : []
    ),
    rendering(showMaker)(async (context, { maker: person }) => {
      if (!await isOwner(context)) return [];
      const maker = await makers.find(person);
      return await renderOne(context, maker);
    }),
  ];
}

const say = (
  { viewer: { chat } }: RenderContext,
  html: string,
  keyboard: Keyboard = [],
): BotCall[] => [
  { does: "say", chat, html, keyboard, slot: null },
];

/** The link to hand on; only its owner can read what is sealed. */
async function renderInvitation(
  context: RenderContext,
  { token: sealed, until }: { token: string; until: number },
): Promise<BotCall[]> {
  if (!await isOwner(context)) return [];
  const token = await context.unseal(sealed);
  if (token === null) return [];
  const url = `https://t.me/${context.username}?start=m_${token}`;
  const { captions } = words[context.locale];
  return say(context, captions.invitation({ url, until: context.clock(until) }));
}

/** All makers by invitation, with a button for each. */
async function renderList(context: RenderContext, makers: readonly Maker[]): Promise<BotCall[]> {
  const { captions } = words[context.locale];
  const named = await Promise.all(
    makers.map(async (it) => ({ it, name: await nameOf(context, it) })),
  );
  const lines = named.map(({ it, name }) =>
    captions.makers_line({ name: escapeHtml(name), cards: it.cards })
  );
  const rows = named.map(({ it: { maker }, name }) => [{
    text: cutText(name, LABEL_MAX),
    callback_data: context.encode(openMaker.action({ maker })),
  }]);
  const keyboard = [...rows, [button(context, "invite", invite.action({}))]];
  return say(context, captions.makers({ lines }), keyboard);
}

/** One maker, with the button that lets them go; null for somebody who is none any more. */
async function renderOne(context: RenderContext, maker: Maker | null): Promise<BotCall[]> {
  const { captions } = words[context.locale];
  const back = [button(context, "makers", listMakers.action({}))];
  if (!maker) return say(context, captions.maker_gone(), [back]);
  const name = escapeHtml(await nameOf(context, maker));
  const joined_at = context.clock(maker.joined_at);
  const html = captions.maker({ name, cards: maker.cards, joined_at });
  const letGo = button(context, "dismiss", dismiss.action({ maker: maker.maker }));
  return say(context, html, [[letGo], back]);
}

const isOwner = async ({ rights }: RenderContext): Promise<boolean> => (await rights()).owner;

const nameOf = async (context: RenderContext, { maker }: Maker): Promise<string> =>
  await makerName(context, maker) ?? words[context.locale].nameless;
