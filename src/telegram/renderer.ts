/** How one kind of effect is shown: as calls of the Bot API, before any is made. */
import type { EffectDefinition, ParamsOf } from "../../machines/flow/effect.ts";
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
  render: async (stage, params) => await render(stage, readParams(definition, params)),
});

/** Params as the definition has them. Throws `Unrenderable`, without quoting anything, for others. */
export function readParams<Definition extends EffectDefinition>(
  { type, params: schema }: Definition,
  params: unknown,
): ParamsOf<Definition> {
  const read = schema.safeParse(params);
  if (read.success) return read.data as ParamsOf<Definition>;
  const places = read.error.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
  throw new Unrenderable(`Cannot show ${type}: its params do not fit: ${places.join(", ")}`);
}
