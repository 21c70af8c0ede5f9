/** The chat as the person sees it at some point of a dialogue: what was said, and not taken back. */
import { type Effect, isEffect } from "../../../machines/flow/effect.ts";
import { clear, say } from "../../../machines/flow/kit_effects.ts";
import type { EventRow } from "../../store/event_row.ts";
import type { WalkedFact } from "./walk_stream.ts";

/** A message without its markup; a note is one that vanishes by itself. */
export interface RenderedMessage {
  text: string;
  /** Rows of labels. */
  buttons: readonly (readonly string[])[];
  /** What each picture is: "photo …", "QR code". */
  pictures: readonly string[];
  note: boolean;
}

/** A message of the bot in a chat, and the version that it was said at. */
export interface ChatMessage extends RenderedMessage {
  version: number;
  slot: string | null;
}

/** What leads to a message: the fact, and all facts so far, of which some may lie in no log. */
export interface EffectOrigin {
  stream: string;
  fact: string;
  facts: readonly EventRow[];
}

/** What the person would see of an effect; a composition root knows how that looks. */
export type See = (effect: Effect, origin: EffectOrigin) => Promise<readonly RenderedMessage[]>;

/** The chat after each of `moments`; `before` is the chat that they begin with. */
export async function chatsAfter(
  see: See,
  moments: readonly WalkedFact[],
  before: { chat: readonly ChatMessage[]; facts: readonly EventRow[] } = { chat: [], facts: [] },
): Promise<(readonly ChatMessage[])[]> {
  const chats: (readonly ChatMessage[])[] = [];
  const facts = [...before.facts];
  // A note is gone by the time that the next thing happens.
  let chat = before.chat;
  for (const moment of moments) {
    facts.push(moment.row);
    chat = chat.filter(({ note }) => !note);
    const sends = moment.effects.filter((effect) => moment.kindOf(effect) === "send");
    for (const effect of sends) chat = await after(see, chat, effect, moment.row, facts);
    chats.push(chat);
  }
  return chats;
}

async function after(
  see: See,
  chat: readonly ChatMessage[],
  effect: Effect,
  { stream, version, id }: EventRow,
  facts: readonly EventRow[],
): Promise<readonly ChatMessage[]> {
  if (isEffect(clear, effect)) return chat.filter(({ slot }) => slot !== effect.params.slot);
  const slot = isEffect(say, effect) ? effect.params.slot ?? null : null;
  const messages = await see(effect, { stream, fact: id, facts });
  return [...chat, ...messages.map((message) => ({ ...message, version, slot }))];
}
