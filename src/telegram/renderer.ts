/** How one kind of effect is shown: as calls of the Bot API, before any is made. */
import type { EffectDefinition, ParamsOf } from "../../machines/flow/effect.ts";
import type { Sending } from "./sending.ts";
import type { Stage } from "./stage.ts";

export interface Renderer {
  readonly type: string;
  /** No calls where there is nothing to show. Throws `Unrenderable` for a mistake of ours. */
  render(stage: Stage, params: unknown): Promise<readonly Sending[]>;
}

/** Renders effects of this definition. */
export const rendering =
  <Definition extends EffectDefinition>({ type, params: schema }: Definition) =>
  (
    render: (stage: Stage, params: ParamsOf<Definition>) => Promise<readonly Sending[]>,
  ): Renderer => ({
    type,
    render: async (stage, params) =>
      await render(stage, schema.parse(params) as ParamsOf<Definition>),
  });
