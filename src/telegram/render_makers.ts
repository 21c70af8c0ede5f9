/** Makers, as their owners see them; and the welcome of whoever follows an invitation. */
import { cutText } from "../base/clean_text.ts";
import { makerName } from "./face.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { button } from "./keyboard.ts";
import type { Keyboard, Sending } from "./sending.ts";
import type { ShownMaker, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

const LABEL_MAX = 40;

const say = ({ chat }: Viewer, html: string, keyboard: Keyboard = []): Sending[] => [
  { does: "say", chat, html, keyboard, slot: null },
];

/** The link to hand on; only its owner can read what is sealed. */
export async function renderInvitation(
  stage: Stage,
  viewer: Viewer,
  { token: sealed, until }: { token: string; until: number },
): Promise<Sending[]> {
  if (!await isOwner(stage, viewer)) return [];
  const token = await stage.sources.unseal(viewer.person, sealed);
  if (token === null) return [];
  const url = `https://t.me/${stage.username}?start=m_${token}`;
  return say(viewer, stage.catalogue.captions.invitation({ url, until: stage.clock(until) }));
}

/** What came of the invitation that the fact presented. */
export async function renderWelcome(
  { sources, catalogue }: Stage,
  viewer: Viewer,
  fact: string,
): Promise<Sending[]> {
  const outcome = await sources.welcome(fact) ?? "unknown";
  return say(viewer, catalogue.welcomes[outcome]);
}

/** All makers by invitation, with a button for each. */
export async function renderMakers(stage: Stage, viewer: Viewer): Promise<Sending[]> {
  if (!await isOwner(stage, viewer)) return [];
  const { catalogue } = stage;
  const makers = await stage.sources.makers();
  const named = await Promise.all(
    makers.map(async (it) => ({ it, name: await nameOf(stage, it) })),
  );
  const lines = named.map(({ it, name }) =>
    catalogue.captions.makers_line({ name: escapeHtml(name), cards: it.cards })
  );
  const rows = named.map(({ it: { maker }, name }) => [{
    ...button(catalogue, "makers", { do: "maker", maker }),
    text: cutText(name, LABEL_MAX),
  }]);
  const keyboard = [...rows, [button(catalogue, "invite", { do: "invite" })]];
  return say(viewer, catalogue.captions.makers({ lines }), keyboard);
}

/** One maker, with the button that lets them go. */
export async function renderMaker(
  stage: Stage,
  viewer: Viewer,
  person: string,
): Promise<Sending[]> {
  if (!await isOwner(stage, viewer)) return [];
  const { catalogue: { captions }, catalogue } = stage;
  const back = [button(catalogue, "makers", { do: "makers" })];
  const maker = await stage.sources.maker(person);
  if (!maker) return say(viewer, captions.maker_gone(), [back]);
  const name = escapeHtml(await nameOf(stage, maker));
  const joined_at = stage.clock(maker.joined_at);
  const html = captions.maker({ name, cards: maker.cards, joined_at });
  return say(viewer, html, [
    [button(catalogue, "dismiss", { do: "dismiss", maker: person })],
    back,
  ]);
}

const isOwner = async ({ sources }: Stage, { stream }: Viewer): Promise<boolean> =>
  (await sources.rights(stream)).owner;

const nameOf = async (stage: Stage, { maker }: ShownMaker): Promise<string> =>
  await makerName(stage, maker) ?? stage.catalogue.nameless;
