/** How what all flows want to be seen is shown: put together for the bot and for the debugger. */
import { flowParts } from "../flows/all_flows.ts";
import { catalogues } from "../flows/catalogues.ts";
import type { OfferKit, RenderKit } from "../flows/flow_parts.ts";
import type { Locale } from "../locales/locales.ts";
import { type Codec, openCodec } from "../telegram/codec.ts";
import type { FindOffers } from "../telegram/inline.ts";
import type { ReadOnlyTaps } from "../telegram/read_only.ts";
import { openRendering, type Render } from "../telegram/render.ts";
import type { Sources } from "../telegram/sources.ts";
import { openRenderContexts, type RenderContexts } from "../telegram/render_context.ts";

export interface MessageRenderingParts {
  kit: RenderKit;
  sources: Sources;
  /** The bot's, for its links. */
  username: string;
  /** Whether it may be asked for something from any chat. */
  inline: boolean;
  /** The language for people who are not known. */
  fallback: Locale;
}

export interface MessageRendering {
  readonly codec: Codec;
  readonly renderContexts: RenderContexts;
  readonly render: Render;
}

/** Throws where two flows claim one button or one effect. */
export function openMessageRendering(
  { kit, sources, fallback, ...bot }: MessageRenderingParts,
): MessageRendering {
  const codec = openCodec(flowParts.flatMap(({ flow: { buttons = [] } }) => buttons));
  const { time_zone } = kit;
  const renderContexts = openRenderContexts({ catalogues, codec, sources, time_zone, ...bot });
  const renderers = flowParts.flatMap(({ renderers }) => renderers?.(kit) ?? []);
  const render = openRendering({ renderContexts, renderers, viewer: sources.viewer, fallback });
  return { codec, renderContexts, render };
}

/** The taps of all flows that are answered beside the dialogues. */
export function openReadOnlyTaps(kit: RenderKit): ReadOnlyTaps {
  const readers = flowParts.flatMap(({ readOnlyTaps }) => readOnlyTaps?.(kit) ?? []);
  return (data) => {
    for (const read of readers) {
      const tap = read(data);
      if (tap) return tap;
    }
    return null;
  };
}

/** What is offered for any chat. Throws where two flows would offer something. */
export function openOffers(kit: OfferKit): FindOffers {
  const [find, ...others] = flowParts.flatMap(({ offers }) => offers?.(kit) ?? []);
  if (others.length > 0) throw new Error("Cannot offer for any chat: more than one flow does");
  return find ?? (() => Promise.resolve([]));
}
