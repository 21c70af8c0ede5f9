/** How one kind of effect is shown: as calls of the Bot API, before any is made. */
import { type EffectDefinition, type ParamsOf, readParams } from "../../machines/flow/effect.ts";
import { type BotCall, Unrenderable } from "./bot_call.ts";
import type { RenderContext } from "./render_context.ts";

export interface Renderer {
  readonly type: string;
  /** No calls where there is nothing to show. Throws `Unrenderable` for a mistake of ours. */
  render(context: RenderContext, params: unknown): Promise<readonly BotCall[]>;
}

/** Renders effects of this definition. */
export const rendering = <Definition extends EffectDefinition>(definition: Definition) =>
(
  render: (
    context: RenderContext,
    params: ParamsOf<Definition>,
  ) => readonly BotCall[] | Promise<readonly BotCall[]>,
): Renderer => ({
  type: definition.type,
  render: async (context, params) => await render(context, paramsOf(definition, params)),
});

/** Params as the definition has them. Throws `Unrenderable` for others. */
export function paramsOf<Definition extends EffectDefinition>(
  definition: Definition,
  params: unknown,
): ParamsOf<Definition> {
  const read = readParams(definition, params);
  if ("wrong" in read) throw new Unrenderable(`Cannot show ${definition.type}: ${read.wrong}`);
  return read.params;
}
