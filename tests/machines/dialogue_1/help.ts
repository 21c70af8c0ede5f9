// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** Greeting, help, a card shown by its public number: works everywhere. */
import { CardNumber } from "../../../events/card.ts";
import { dialogueSetup } from "./dialogue_setup.ts";
import type { Heard, Hearing } from "./input.ts";

const showShared = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "SharedCardOpened") return;
  enqueue({ type: "showShared", params: { number: event.number } });
});

export const helpOn = {
  Started: { actions: { type: "say", params: { text: "welcome" } } },
  HelpAsked: { actions: { type: "say", params: { text: "help" } } },
  SharedCardOpened: { actions: showShared },
} as const;

export function hearHelp({ input }: Hearing): Heard {
  if (input.kind !== "command") return undefined;
  if (input.name === "help") return { type: "HelpAsked" };
  if (input.name !== "start") return undefined;
  const shared = CardNumber.safeParse(Number(/^c_(\d{1,9})$/.exec(input.argument)?.[1]));
  return shared.success ? { type: "SharedCardOpened", number: shared.data } : { type: "Started" };
}
