/** The maker's menu; for everybody else, a plain refusal. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import type { Button } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { forMakers } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";

const words = defineWords({
  texts: { admin_menu: {}, admin_refused: {} },
  notes: ["makers_only"],
});

/** Show what a maker can do. */
export const showMenu = defineSend("showMenu", {});

/** Show in Telegram's menu of commands what this person can do, in their language. */
export const showCommands = defineSend("showCommands", {});

/** As the buttons stood when an owner's menu still was in the fact. */
const button = (name: string): Button => ({ label: name, action: { do: name } });
const rowsOfBefore = [[button("issue")], [button("list"), button("stats")]];

/** What every maker can do, as rows of buttons. */
export const makersRows = [
  [button("issue")],
  [button("batch"), button("list")],
  [button("stats")],
];

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects, showMenu, showCommands),
  guards: kitGuards,
});

export const menuFlow = defineFlow({
  name: "menu",
  words,
  effects: [showMenu, showCommands],
  commands: { admin: { for: "makers", place: 10 } },
  interrupts: {
    announced: createStateConfig({ on: { AdminOpened: "#flow.idle", MenuOpened: "#flow.idle" } }),
    silent: createStateConfig({ on: { AdminRefused: "#flow.idle" } }),
  },
  beside: createStateConfig({
    on: {
      // Heard no more, but told by old logs.
      AdminOpened: {
        actions: {
          type: "say",
          params: ({ event: { owner } }) =>
            words.say("admin_menu", {}, {
              buttons: owner ? [...rowsOfBefore, [button("makers")]] : rowsOfBefore,
            }),
        },
      },
      MenuOpened: { actions: { type: "showMenu", params: {} } },
      AdminRefused: { actions: { type: "say", params: words.say("admin_refused", {}) } },
    },
  }),
  everywhere: { commands: { admin: forMakers(() => ({ type: "MenuOpened" })) } },
});
