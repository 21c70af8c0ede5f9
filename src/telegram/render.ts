/** An effect as the calls that show it to the person, in their language. Makes no call itself. */
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { UnknownWords } from "../locales/catalogue.ts";
import type { Locale } from "../locales/locales.ts";
import { answerTap, renderAnswer, wordRenderers } from "./render_words.ts";
import { paramsOf, type Renderer } from "./renderer.ts";
import { type Rendered, Unrenderable } from "./sending.ts";
import type { Sources } from "./sources.ts";
import type { Stages } from "./stage.ts";

/** Where and of what an effect is. */
export interface Scene {
  stream: string;
  fact: string;
}

export interface RenderingOptions {
  /** Of all flows; the kit has its own. */
  renderers: readonly Renderer[];
  stages: Stages;
  viewer: Sources["viewer"];
  /** The language for whoever is not known. */
  fallback: Locale;
}

/** Throws `Unrenderable` for an effect, a text or a card that should be there and is not. */
export type Render = (effect: Effect, scene: Scene) => Promise<Rendered>;

/** Throws where two renderers are for one effect. */
export function openRendering({ stages, fallback, ...options }: RenderingOptions): Render {
  const renderers = byType([...wordRenderers, ...options.renderers]);

  async function render(effect: Effect, { stream, fact }: Scene): Promise<Rendered> {
    const { type, params } = effect;
    const viewer = await options.viewer(stream);
    if (isEffect(answerTap, effect)) {
      const voice = stages.voice(viewer?.locale ?? fallback);
      const answer = renderAnswer(voice, paramsOf(answerTap, params));
      return { is: "sendings", sendings: [answer] };
    }
    const renderer = renderers.get(type);
    if (!renderer) throw new Unrenderable(`Cannot show ${type}: no flow does`);
    if (!viewer) return { is: "nothing", answer: "the person is forgotten" };
    const sendings = await renderer.render(stages.stage(viewer, fact), params);
    if (sendings.length === 0) return { is: "nothing", answer: "nothing to show" };
    return { is: "sendings", sendings };
  }

  return async (effect, scene) => {
    try {
      return await render(effect, scene);
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
