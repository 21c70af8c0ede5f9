/** Messages that people change after they were heard: works everywhere, and mostly says nothing. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf } from "../flow/effect.ts";
import { messageOf } from "../flow/input.ts";
import type { HearResult, InputContext, Memory } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import type { RecordedFact } from "../flow/recorded_fact.ts";
import { defineWords } from "../flow/words.ts";

/** Messages that answered a wizard; absent in a dialogue whose messages have no numbers. */
type Known = { answered?: readonly number[] };

/** Of more, nobody changes one any more. */
const ANSWERED_MAX = 30;

const words = defineWords({ texts: { edit_late: {}, edit_command: {}, edit_old: {} } });

const messageIn = (event: RecordedFact): number | undefined =>
  "message" in event ? event.message : undefined;

const guards = {
  hasMessage: ({ event }: { event: RecordedFact }): boolean => messageIn(event) !== undefined,
};

const editing = setup({
  types: {} as FlowTypes<Known, typeof words>,
  actions: actionsOf(...kitEffects),
  guards: { ...kitGuards, ...guards },
});

const remember = {
  guard: "hasMessage",
  actions: editing.assign({
    answered: ({ context: { answered = [] }, event }) =>
      [...answered, messageIn(event) ?? 0].slice(-ANSWERED_MAX),
  }),
} as const;

/** An answer of a wizard that is over, or a command; of anything else there is nothing to say. */
function hearEdit({ input, context }: InputContext<Memory & Known>): HearResult {
  const message = messageOf(input);
  if (message !== undefined && context.answered?.includes(message)) {
    return { type: "EditRefused", reason: "late" };
  }
  return input.kind === "command" ? { type: "EditRefused", reason: "command" } : undefined;
}

export const editsFlow = defineFlow({
  name: "edits",
  words,
  guards,
  beside: editing.createStateConfig({
    on: {
      ...{ NameProvided: remember, DescriptionProvided: remember, CopiesChosen: remember },
      PackagedPhotoProvided: remember,
      ...{ PhotoProvided: remember, WithdrawalExplained: remember, CardsSearched: remember },
      EditIgnored: { actions: editing.assign({}) },
      EditRefused: {
        actions: {
          type: "say",
          params: ({ event: { reason } }) => words.say(`edit_${reason}`, {}),
        },
      },
    },
  }),
  everywhere: { hearsEdit: hearEdit },
});
