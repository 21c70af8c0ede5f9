/** The chart that was released as dialogue/1, as it was written then: no flow of today is in it. */
import type { Chart } from "../../machines/flow/chart.ts";
import type { EffectDefinition } from "../../machines/flow/effect.ts";
import { z } from "zod";
import { dialogue, hear } from "./dialogue_1/dialogue.ts";
import { effectKinds } from "./dialogue_1/effects.ts";
import { nothingRemembered } from "./dialogue_1/dialogue_setup.ts";
import type { Input } from "./dialogue_1/input.ts";

const params = z.looseObject({});
const effects = Object.entries(effectKinds).map(([type, kind]): [string, EffectDefinition] => [
  type,
  { type, kind, params, answers: [] },
]);

export const frozenDialogue: Chart = {
  id: dialogue.id,
  machine: dialogue,
  effects: new Map(effects),
  hear(state, { input, context, ...rest }) {
    // It knows the inputs and the memory of its own day.
    const known = Object.assign({}, nothingRemembered, context);
    return hear(state, { ...rest, input: input as Input, context: known });
  },
  takesOver: {},
};
