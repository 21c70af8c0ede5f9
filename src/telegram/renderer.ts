/** How one kind of effect is shown: as calls of the Bot API, before any is made. */
import { type EffectDefinition, type ParamsOf, readParams } from "../../machines/flow/effect.ts";
import { type Sending, Unrenderable } from "./sending.ts";
import type { Stage } from "./stage.ts";

export interface Renderer {
  readonly type: string;
  /** No calls where there is nothing to show. Throws `Unrenderable` for a mistake of ours. */
  render(stage: Stage, params: unknown): Promise<readonly Sending[]>;
}

/** Renders effects of this definition. */
export const rendering = <Definition extends EffectDefinition>(definition: Definition) =>
(
  render: (
    stage: Stage,
    params: ParamsOf<Definition>,
  ) => readonly Sending[] | Promise<readonly Sending[]>,
): Renderer => ({
  type: definition.type,
  render: async (stage, params) => await render(stage, paramsOf(definition, params)),
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
