/** Makers, as their owners see them; and the welcome of whoever follows an invitation. */
import {
  dismiss,
  invite,
  listMakers,
  lookAtMaker,
  showInvitation,
  showMaker,
  showMakers,
  showWelcome,
} from "../../../machines/flows/makers.ts";
import { cutText } from "../../base/clean_text.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Keyboard, Sending } from "../../telegram/sending.ts";
import type { Stage } from "../../telegram/stage.ts";
import type { RenderKit } from "../flow_parts.ts";
import { makerName } from "../issue_card/face.ts";
import { type Maker, openMakers, type Welcome } from "./read_model.ts";
import { words } from "./words.ts";

const LABEL_MAX = 40;

export function renderers({ read, assigned }: RenderKit): readonly Renderer[] {
  const makers = read(openMakers);
  return [
    rendering(showInvitation)(renderInvitation),
    // What came of the invitation that the fact presented.
    rendering(showWelcome)(async (stage) => {
      const { fact } = stage;
      const outcome = (assigned(fact) as Welcome | undefined) ?? await makers.welcome(fact);
      return say(stage, words[stage.locale].welcomes[outcome ?? "unknown"]);
    }),
    rendering(showMakers)(async (stage) =>
      await isOwner(stage) ? await renderList(stage, await makers.list()) : []
    ),
    rendering(showMaker)(async (stage, { maker: person }) => {
      if (!await isOwner(stage)) return [];
      const maker = await makers.find(person);
      return await renderOne(stage, maker);
    }),
  ];
}

const say = ({ viewer: { chat } }: Stage, html: string, keyboard: Keyboard = []): Sending[] => [
  { does: "say", chat, html, keyboard, slot: null },
];

/** The link to hand on; only its owner can read what is sealed. */
async function renderInvitation(
  stage: Stage,
  { token: sealed, until }: { token: string; until: number },
): Promise<Sending[]> {
  if (!await isOwner(stage)) return [];
  const token = await stage.unseal(sealed);
  if (token === null) return [];
  const url = `https://t.me/${stage.username}?start=m_${token}`;
  const { captions } = words[stage.locale];
  return say(stage, captions.invitation({ url, until: stage.clock(until) }));
}

/** All makers by invitation, with a button for each. */
async function renderList(stage: Stage, makers: readonly Maker[]): Promise<Sending[]> {
  const { captions } = words[stage.locale];
  const named = await Promise.all(
    makers.map(async (it) => ({ it, name: await nameOf(stage, it) })),
  );
  const lines = named.map(({ it, name }) =>
    captions.makers_line({ name: escapeHtml(name), cards: it.cards })
  );
  const rows = named.map(({ it: { maker }, name }) => [{
    text: cutText(name, LABEL_MAX),
    callback_data: stage.encode(lookAtMaker.action({ maker })),
  }]);
  const keyboard = [...rows, [button(stage, "invite", invite.action({}))]];
  return say(stage, captions.makers({ lines }), keyboard);
}

/** One maker, with the button that lets them go; null for somebody who is none any more. */
async function renderOne(stage: Stage, maker: Maker | null): Promise<Sending[]> {
  const { captions } = words[stage.locale];
  const back = [button(stage, "makers", listMakers.action({}))];
  if (!maker) return say(stage, captions.maker_gone(), [back]);
  const name = escapeHtml(await nameOf(stage, maker));
  const joined_at = stage.clock(maker.joined_at);
  const html = captions.maker({ name, cards: maker.cards, joined_at });
  const letGo = button(stage, "dismiss", dismiss.action({ maker: maker.maker }));
  return say(stage, html, [[letGo], back]);
}

const isOwner = async ({ rights }: Stage): Promise<boolean> => (await rights()).owner;

const nameOf = async (stage: Stage, { maker }: Maker): Promise<string> =>
  await makerName(stage, maker) ?? words[stage.locale].nameless;
