/** What a person would see of a dialogue, and what its asks would hear: nothing is sent or written. */
import type { Names } from "../base/names.ts";
import type postgres from "postgres";
import { v7 } from "uuid";
import { sealedFields } from "../../events/sensitive.ts";
import { readDialogueStream } from "../../events/stream.ts";
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { toast } from "../../machines/flow/kit_effects.ts";
import { openCards } from "../flows/issue_card/read_model.ts";
import type { CardLookup } from "../replay/log/find_subject.ts";
import { openAll } from "../base/sealed_words.ts";
import { flowParts } from "../flows/all_flows.ts";
import { catalogues } from "../flows/catalogues.ts";
import { UnknownWords } from "../locales/catalogue.ts";
import { type Locale, localeOf } from "../locales/locales.ts";
import type { LogPosition } from "../projections/log_position.ts";
import { openReaders, type Readers } from "../projections/readers.ts";
import type { ChatWorld, EffectOrigin, RenderedMessage } from "../replay/walk/chat.ts";
import type { AskAgain } from "../replay/walk/fork_stream.ts";
import type { EventRow } from "../store/event_row.ts";
import { type BotCall, Unrenderable } from "../telegram/bot_call.ts";
import type { Render } from "../telegram/render.ts";
import type { Sources, Viewer } from "../telegram/sources.ts";
import { asksOf } from "./dialogues.ts";
import { openCircumstancesThen, type Today } from "./circumstances_then.ts";
import { openMessageRendering } from "./message_rendering.ts";

export interface Screen extends ChatWorld {
  cards: CardLookup;
  ask: AskAgain;
}

/** Names are told only where somebody asks for them; what sealed words found cannot be told. */
const SEALED: Readonly<Record<Locale, { name: string; search: string }>> = {
  ru: { name: "(имя скрыто)", search: "(поиск: слова скрыты)" },
  en: { name: "(name hidden)", search: "(a search: its words are hidden)" },
};
/** What stands for sealed words. */
const HIDDEN = "…";
const namesIn = (locale: Locale): Names => ({
  first_name: SEALED[locale].name,
  last_name: null,
  username: null,
});
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
  { TIME_ZONE: time_zone, ...options }: Today & { TIME_ZONE: string },
): Screen {
  return {
    cards: openCards({ sql }),
    circumstances: openCircumstancesThen(sql, options),
    async see(effect, origin) {
      const locale = localeOf(origin.circumstances.locale) ?? options.DEFAULT_LOCALE;
      if (typed.has(effect.type)) return [plainMessage(SEALED[locale].search)];
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
    async ask(effect: Effect, { stream, facts, circumstances: { rights } }) {
      const asks = asksOf({
        read: readersOf(sql, facts),
        isMaker: () => Promise.resolve(rights.admin),
        seal: () => Promise.resolve("sealed"),
        open: (_, words) => openAll(words, () => Promise.resolve(HIDDEN)),
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
  { facts, locale, circumstances: { rights } }: EffectOrigin & { locale: Locale },
  time_zone: string,
): Render {
  const sources: Sources = {
    rights: () => Promise.resolve(rights),
    viewer: (stream) => Promise.resolve(viewerOf(stream, locale)),
    unseal: () => Promise.resolve(HIDDEN),
    namesOf: () => Promise.resolve(namesIn(locale)),
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
