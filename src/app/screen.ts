/** What a person would see of a dialogue, and what its asks would hear: nothing is sent or written. */
import type { Names } from "../base/names.ts";
import type postgres from "postgres";
import { v7 } from "uuid";
import { sealedFields } from "../../events/sensitive.ts";
import { readDialogueStream } from "../../events/stream.ts";
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { toast } from "../../machines/flow/kit_effects.ts";
import { flowParts } from "../flows/all_flows.ts";
import { catalogues } from "../flows/catalogues.ts";
import { languageChosenIn } from "../flows/language/read_model.ts";
import { UnknownWords } from "../locales/catalogue.ts";
import { type Locale, localeOf } from "../locales/locales.ts";
import type { LogPosition } from "../projections/log_position.ts";
import { openReaders, type Readers } from "../projections/readers.ts";
import type { EffectOrigin, RenderedMessage, See } from "../replay/walk/chat.ts";
import type { AskAgain } from "../replay/walk/fork_stream.ts";
import type { EventRow } from "../store/event_row.ts";
import { type BotCall, Unrenderable } from "../telegram/bot_call.ts";
import type { Render } from "../telegram/render.ts";
import type { Sources, Viewer } from "../telegram/sources.ts";
import { asksOf } from "./dialogues.ts";
import { openMessageRendering } from "./message_rendering.ts";

export interface Screen {
  see: See;
  ask: AskAgain;
}

/** Stands for a sealed name: names are opened only on request. */
const SEALED: Names = { first_name: "(имя скрыто)", last_name: null, username: null };
/** Stands for a search whose words are sealed: what it found cannot be shown. */
const SEALED_SEARCH = "(поиск: слова скрыты)";
const USERNAME = "bot";
/** Effects that tell what somebody typed: it is sealed. Secrets are told by what stands for them. */
const typed: ReadonlySet<string> = new Set(
  flowParts.flatMap(({ flow: { effects = [] } }) => effects)
    .filter(({ params }) => sealedFields(params).some(({ secret }) => !secret))
    .map(({ type }) => type),
);

/** A screen on a migrated database; cards and checks that lie in no log are those of the fork. */
export function openScreen(
  sql: postgres.Sql,
  { TIME_ZONE: time_zone, DEFAULT_LOCALE: fallback }: { TIME_ZONE: string; DEFAULT_LOCALE: Locale },
): Screen {
  return {
    async see(effect, origin) {
      // What the person's phone spoke is in no log.
      const locale = localeOf(languageChosenIn(origin.facts)) ?? fallback;
      if (typed.has(effect.type)) return [plainMessage(SEALED_SEARCH)];
      try {
        if (isEffect(toast, effect)) {
          return [{ ...plainMessage(catalogues[locale].note(effect.params.text)), note: true }];
        }
        const render = renderingOf(sql, { ...origin, locale }, time_zone);
        const rendered = await render(effect, origin);
        return rendered.is === "nothing" ? [] : rendered.calls.flatMap(messagesOf);
      } catch (error) {
        if (!(error instanceof Unrenderable || error instanceof UnknownWords)) throw error;
        return [plainMessage(`(${error.message})`)];
      }
    },
    async ask(effect: Effect, { stream, facts }) {
      const asks = asksOf({
        read: readersOf(sql, facts),
        // Nobody's rights are asked: a fork is about what would have happened to those who had them.
        isMaker: () => Promise.resolve(true),
        seal: () => Promise.resolve("sealed"),
        sealedNames: () => Promise.resolve(null),
        newId: v7,
      });
      return await asks(effect, { stream });
    },
  };
}

const plainMessage = (text: string): RenderedMessage => ({
  text,
  buttons: [],
  pictures: [],
  note: false,
});

/** A call as the person sees it: without markup. */
function messagesOf(call: BotCall): RenderedMessage[] {
  if (call.does === "send") {
    return [{ ...plainMessage(plainText(call.html)), pictures: [call.name] }];
  }
  if (call.does === "edit") return [plainMessage(plainText(call.html))];
  if (call.does !== "say" && call.does !== "show") return [];
  const buttons = call.keyboard.map((row) => row.map(({ text }) => text));
  const pictures = call.does === "say"
    ? []
    : call.pictures.map((picture) =>
      "sha256" in picture ? `photo ${picture.sha256.slice(0, 8)}` : picture.called
    );
  return [{ text: plainText(call.html), buttons, pictures, note: false }];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
};

function plainText(html: string): string {
  return html.replace(/<[^>]+>/g, "").replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
}

/** How everything looked when the last of `facts` had happened. */
function renderingOf(
  sql: postgres.Sql,
  { facts, locale }: EffectOrigin & { locale: Locale },
  time_zone: string,
): Render {
  const sources: Sources = {
    rights: () => Promise.resolve({ admin: true, owner: true }),
    viewer: (stream) => Promise.resolve(viewerOf(stream, locale)),
    unseal: () => Promise.resolve("…"),
    namesOf: () => Promise.resolve(SEALED),
    slot: () => Promise.resolve([]),
  };
  const kit = {
    ...{ read: readersOf(sql, facts), time_zone },
    now: () => facts.at(-1)?.at ?? 0,
    assigned: () => undefined,
  };
  const bot = { username: USERNAME, inline: true };
  return openMessageRendering({ kit, sources, ...bot, fallback: locale }).render;
}

/** Nobody's rights are asked: that the chart named an effect means that they were there. */
function viewerOf(stream: string, locale: Locale): Viewer | null {
  const read = readDialogueStream(stream);
  return read && { person: read.person, stream, chat: read.group ?? 0, locale };
}

/**
 * The moment of the last of `facts` that lies in the log. Before the first there is none: what is
 * tried there is tried today.
 */
function thenOf(facts: readonly EventRow[]): LogPosition | undefined {
  return facts.findLast(({ pos }) => pos > 0);
}

/** Read models as they stood after the last of `facts`, with what a fork would make of them. */
function readersOf(sql: postgres.Sql, facts: readonly EventRow[]): Readers {
  const then = thenOf(facts);
  const forked = facts.filter(({ pos }) => pos === 0);
  return openReaders({ sql, forked, ...then && { then } });
}
