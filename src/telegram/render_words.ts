/** What the kit shows by itself: words, notes, the answer to a tap, and what goes away. */
import { z } from "zod";
import { defineSend, type ParamsOf } from "../../machines/flow/effect.ts";
import { clear, say, toast } from "../../machines/flow/kit_effects.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { openWithin } from "../base/sealed_words.ts";
import type { Values } from "../locales/catalogue.ts";
import { buttonRows } from "./keyboard.ts";
import { type Renderer, rendering } from "./renderer.ts";
import type { BotCall } from "./bot_call.ts";
import type { SlotMessage } from "./sources.ts";
import type { LanguageContext } from "./render_context.ts";

/** Answer a tap, with the note of this key or with nothing: the engine sends it for every tap. */
export const answerTap = defineSend("answerTap", {
  query: z.string().min(1),
  text: z.string().nullable(),
});

export const wordRenderers: readonly Renderer[] = [
  rendering(say)(async (context, { text, values = {}, slot, buttons = [] }) => [{
    does: "say",
    chat: context.viewer.chat,
    // What the person typed before may be among them, sealed.
    html: context.catalogue.text(text, escaped(await openWithin(values, context.unseal))),
    keyboard: buttonRows(context, buttons),
    slot: slot ?? null,
  }]),
  // Where the tap is not there to be answered any more, the note is said.
  rendering(toast)(({ catalogue, viewer: { chat } }, { text }) => [
    { does: "say", chat, html: escapeHtml(catalogue.note(text)), keyboard: [], slot: null },
  ]),
  rendering(clear)(async ({ slot }, params) => deletionsOf(await slot(params.slot))),
];

/** The call that answers a tap; it needs nobody who reads. */
export function renderAnswer(
  { catalogue }: Pick<LanguageContext, "catalogue">,
  { query, text }: ParamsOf<typeof answerTap>,
): BotCall {
  return { does: "answer", query, text: text === null ? null : catalogue.note(text) };
}

const escaped = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? escapeHtml(value) : value,
    ]),
  );

/** Messages that one deletion may name. */
const DELETED_AT_ONCE_MAX = 100;

function deletionsOf(kept: readonly SlotMessage[]): BotCall[] {
  const byChat = Map.groupBy(kept, ({ chat }) => chat);
  return [...byChat].flatMap(([chat, messages]) => {
    const ids = messages.map(({ message }) => message);
    const portions = Math.ceil(ids.length / DELETED_AT_ONCE_MAX);
    return Array.from({ length: portions }, (_, i): BotCall => ({
      does: "delete",
      chat,
      messages: ids.slice(i * DELETED_AT_ONCE_MAX, (i + 1) * DELETED_AT_ONCE_MAX),
    }));
  });
}
