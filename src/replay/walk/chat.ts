/** The chat as the person sees it at some point of a dialogue: what was said, and not taken back. */
import type { Circumstances } from "../../../events/envelope.ts";
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

/** What was decided outside the chart, as of a fact; where it is not `known`, it is guessed. */
export interface CircumstancesThen extends Circumstances {
  known: boolean;
}

/** Finds them for the last of `facts`, which are those of a stream so far. */
export type FindCircumstances = (
  stream: string,
  facts: readonly EventRow[],
) => Promise<CircumstancesThen>;

/** What leads to a message: the fact, and all facts so far, of which some may lie in no log. */
export interface EffectOrigin {
  stream: string;
  fact: string;
  facts: readonly EventRow[];
  circumstances: Circumstances;
}

/** What the person would see of an effect; a composition root knows how that looks. */
export type See = (effect: Effect, origin: EffectOrigin) => Promise<readonly RenderedMessage[]>;

/** How somebody's phone looks at some point, and in which circumstances that was. */
export interface Seen {
  chat: readonly ChatMessage[];
  circumstances: CircumstancesThen;
}

/** What those who look at a chat again need. */
export interface ChatWorld {
  see: See;
  circumstances: FindCircumstances;
}

/** What is seen after each of `moments`; `before` is the chat that they begin with. */
export async function chatsAfter(
  world: ChatWorld,
  moments: readonly WalkedFact[],
  before: { chat: readonly ChatMessage[]; facts: readonly EventRow[] } = { chat: [], facts: [] },
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const facts = [...before.facts];
  // A note is gone by the time that the next thing happens.
  let chat = before.chat;
  for (const { row, effects, kindOf } of moments) {
    facts.push(row);
    const circumstances = await world.circumstances(row.stream, facts);
    const origin = { stream: row.stream, fact: row.id, facts, circumstances };
    chat = chat.filter(({ note }) => !note);
    const sends = effects.filter((effect) => kindOf(effect) === "send");
    for (const effect of sends) chat = await after(world.see, chat, effect, row.version, origin);
    seen.push({ chat, circumstances });
  }
  return seen;
}

async function after(
  see: See,
  chat: readonly ChatMessage[],
  effect: Effect,
  version: number,
  origin: EffectOrigin,
): Promise<readonly ChatMessage[]> {
  if (isEffect(clear, effect)) return chat.filter(({ slot }) => slot !== effect.params.slot);
  const slot = isEffect(say, effect) ? effect.params.slot ?? null : null;
  const messages = await see(effect, origin);
  return [...chat, ...messages.map((message) => ({ ...message, version, slot }))];
}
