/** An effect as the calls that show it to the person, in their language. Makes no call itself. */
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { UnknownWords } from "../locales/catalogue.ts";
import type { Locale } from "../locales/locales.ts";
import { answerTap, renderAnswer, wordRenderers } from "./render_words.ts";
import { paramsOf, type Renderer } from "./renderer.ts";
import { type Rendered, Unrenderable } from "./bot_call.ts";
import type { Sources } from "./sources.ts";
import type { RenderContexts } from "./render_context.ts";

/** The stream and the fact of an effect. */
export interface EffectRef {
  stream: string;
  fact: string;
}

export interface RenderingOptions {
  /** Of all flows; the kit has its own. */
  renderers: readonly Renderer[];
  renderContexts: RenderContexts;
  viewer: Sources["viewer"];
  /** The language for people who are not known. */
  fallback: Locale;
}

/** Throws `Unrenderable` for an effect, a text or a card that should be there and is not. */
export type Render = (effect: Effect, ref: EffectRef) => Promise<Rendered>;

/** Throws where two renderers are for one effect. */
export function openRendering({ renderContexts, fallback, ...options }: RenderingOptions): Render {
  const renderers = byType([...wordRenderers, ...options.renderers]);

  async function render(effect: Effect, { stream, fact }: EffectRef): Promise<Rendered> {
    const { type, params } = effect;
    const viewer = await options.viewer(stream, fact);
    if (isEffect(answerTap, effect)) {
      const context = renderContexts.inLanguage(viewer?.locale ?? fallback);
      const answer = renderAnswer(context, paramsOf(answerTap, params));
      return { is: "calls", calls: [answer] };
    }
    const renderer = renderers.get(type);
    if (!renderer) throw new Unrenderable(`Cannot show ${type}: no flow does`);
    if (!viewer) return { is: "nothing", answer: "the person is forgotten" };
    const calls = await renderer.render(renderContexts.forViewer(viewer, fact), params);
    if (calls.length === 0) return { is: "nothing", answer: "nothing to show" };
    return { is: "calls", calls };
  }

  return async (effect, ref) => {
    try {
      return await render(effect, ref);
    } catch (error) {
      throw error instanceof UnknownWords ? new Unrenderable(error.message) : error;
    }
  };
}

function byType(renderers: readonly Renderer[]): ReadonlyMap<string, Renderer> {
  const found = new Map<string, Renderer>();
  for (const renderer of renderers) {
    const { type } = renderer;
    if (found.has(type)) throw new Error(`Cannot render ${type}: there are two renderers for it`);
    found.set(type, renderer);
  }
  return found;
}
