/** What renderers work with. */
import type { Names } from "../base/names.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import type { Catalogue } from "../locales/catalogue.ts";
import type { Locale } from "../locales/locales.ts";
import type { Codec } from "./codec.ts";
import type { SlotMessage, Sources, Viewer } from "./sources.ts";

/** How the bot speaks in one language, to any person. */
export interface LanguageContext {
  locale: Locale;
  catalogue: Catalogue;
  /** Writes a time in ms for people. */
  clock: (at: number) => string;
  /** The bot's, for its links. */
  username: string;
  /** Whether it may be asked for something from any chat. */
  inline: boolean;
  /** What a button carries. */
  encode: Codec["encode"];
  namesOf(person: string): Promise<Names | null>;
}

/** One rendering: for whom, in their language, and of which fact; "" where none led here. */
export interface RenderContext extends LanguageContext {
  viewer: Viewer;
  stream: string;
  fact: string;
  /** What the viewer may do right now. */
  rights(): Promise<Rights>;
  /** What was sealed with the viewer's key; null where the key is gone. */
  unseal(token: string): Promise<string | null>;
  /** What was said to the viewer in this slot. */
  slot(name: string): Promise<SlotMessage[]>;
}

export interface RenderContextsOptions {
  catalogues: Readonly<Record<Locale, Catalogue>>;
  codec: Codec;
  sources: Sources;
  username: string;
  inline: boolean;
  /** An IANA name. */
  time_zone: string;
}

/** The contexts of renderings, with and without a person. */
export interface RenderContexts {
  inLanguage(locale: Locale): LanguageContext;
  forViewer(viewer: Viewer, fact?: string): RenderContext;
}

export function openRenderContexts(options: RenderContextsOptions): RenderContexts {
  const { catalogues, codec, sources, username, inline, time_zone } = options;
  const contextIn = (locale: Locale): LanguageContext => {
    const catalogue = catalogues[locale];
    const clock = catalogue.clock(time_zone);
    const { namesOf } = sources;
    return { locale, catalogue, clock, username, inline, encode: codec.encode, namesOf };
  };
  const contexts: Readonly<Record<Locale, LanguageContext>> = {
    ru: contextIn("ru"),
    en: contextIn("en"),
  };
  return {
    inLanguage: (locale) => contexts[locale],
    forViewer: (viewer, fact = "") => ({
      ...contexts[viewer.locale],
      ...{ viewer, stream: viewer.stream, fact },
      rights: () => sources.rights(viewer.stream),
      unseal: (token) => sources.unseal(viewer.person, token),
      slot: (name) => sources.slot(viewer.stream, name),
    }),
  };
}
