/** Makers, as owners see them; and the welcome of a person who follows an invitation. */
import {
  dismiss,
  listMakers,
  showInvitation,
  showMaker,
  showMakers,
  showWelcome,
} from "../../../machines/flows/makers.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { BotCall, Keyboard } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { type InvitationResult, type Maker, type MakersPage, openMakers } from "./read_model.ts";
import { nameOfMaker, renderMakerList } from "./render_maker_list.ts";
import { words } from "./words.ts";

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
      await isOwner(context) ? await showList(context, await makers.page(0)) : []
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

async function showList(context: RenderContext, page: MakersPage): Promise<BotCall[]> {
  const { html, keyboard } = await renderMakerList(context, page);
  return say(context, html, keyboard);
}

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

/** One maker, with the button that lets them go; null for somebody who is none any more. */
async function renderOne(context: RenderContext, maker: Maker | null): Promise<BotCall[]> {
  const { captions } = words[context.locale];
  const back = [button(context, "makers", listMakers.action({}))];
  if (!maker) return say(context, captions.maker_gone(), [back]);
  const name = escapeHtml(await nameOfMaker(context, maker));
  const joined_at = context.clock(maker.joined_at);
  const html = captions.maker({ name, cards: maker.cards, joined_at });
  const letGo = button(context, "dismiss", dismiss.action({ maker: maker.maker }));
  return say(context, html, [[letGo], back]);
}

const isOwner = async ({ rights }: RenderContext): Promise<boolean> => (await rights()).owner;
