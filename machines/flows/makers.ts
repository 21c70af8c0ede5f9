/** Owners invite makers, see them and let them go: beside every flow. */
import { assign, setup } from "xstate";
import { z } from "zod";
import { Millis } from "../../events/fact.ts";
import { MakerInvited } from "../../events/maker.ts";
import { sealed } from "../../events/sensitive.ts";
import { dialogueStream } from "../../events/stream.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineAsk, defineSend } from "../flow/effect.ts";
import { firstCall } from "../flow/recorded_fact.ts";
import { forOwners, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";
import { showCommands } from "./menu.ts";

const words = defineWords({
  texts: { owner_refused: {}, maker_dismissed: {}, dismissal_learned: {} },
  labels: ["makers", "invite", "dismiss"],
  notes: ["owners_only"],
});

const Person = z.uuid();

export const listMakers = defineButton("makers", {});
export const invite = defineButton("invite", {});
export const openMaker = defineButton("maker", { maker: Person });
export const dismiss = defineButton("dismiss", { maker: Person });

/** Make the token of a link that is good until then, in ms. */
export const inviteMaker = defineAsk("inviteMaker", { until: Millis }, [MakerInvited]);

/** Show an owner the link to hand on; the token is sealed with the owner's key. */
export const showInvitation = defineSend("showInvitation", {
  token: sealed(z.string(), { for: "self", secret: true }),
  until: Millis,
});

/** Tell a person who followed an invitation its result, decided by the fact that led here. */
export const showWelcome = defineSend("showWelcome", {});

/** Show an owner who the makers are. */
export const showMakers = defineSend("showMakers", {});

/** Show an owner one of the makers. */
export const showMaker = defineSend("showMaker", { maker: Person });

const effects = [inviteMaker, showInvitation, showWelcome, showMakers, showMaker] as const;

/** How long an invitation is good. */
const INVITATION_MS = 24 * 60 * 60_000;

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects, ...effects, showCommands),
  guards: kitGuards,
});

export const makersFlow = defineFlow({
  name: "makers",
  words,
  buttons: [listMakers, invite, openMaker, dismiss],
  effects,
  interrupts: { silent: createStateConfig({ on: { DismissalLearned: "#flow.idle" } }) },
  beside: createStateConfig({
    on: {
      InvitationAsked: {
        actions: [
          assign({ asked: ({ event }) => ({ callId: firstCall(event), intent: "invite" }) }),
          {
            type: "inviteMaker",
            params: ({ event }) => ({ callId: firstCall(event), until: event.at + INVITATION_MS }),
          },
        ],
      },
      MakerInvited: {
        guard: "isAsked",
        actions: [
          assign({ asked: null }),
          { type: "showInvitation", params: ({ event: { token, until } }) => ({ token, until }) },
        ],
      },
      InvitationPresented: {
        actions: [{ type: "showWelcome", params: {} }, { type: "showCommands", params: {} }],
      },
      MakersOpened: { actions: { type: "showMakers", params: {} } },
      MakerChosen: {
        actions: { type: "showMaker", params: ({ event: { maker } }) => ({ maker }) },
      },
      MakerDismissed: {
        actions: [
          { type: "say", params: words.say("maker_dismissed", {}) },
          { type: "showMakers", params: {} },
          {
            type: "tell",
            params: ({ event: { maker } }) => ({
              stream: dialogueStream(maker),
              fact: { type: "DismissalLearned" },
            }),
          },
        ],
      },
      DismissalLearned: {
        actions: [
          { type: "say", params: words.say("dismissal_learned", {}) },
          { type: "showCommands", params: {} },
        ],
      },
      OwnerRefused: { actions: { type: "say", params: words.say("owner_refused", {}) } },
    },
  }),
  everywhere: {
    // An invitation's token makes its holder a maker.
    secret_starts: ["m"],
    starts: {
      m({ admin }, digest) {
        if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
        // A person who is a maker already leaves the invitation to somebody else.
        return admin ? { type: "MenuOpened" } : { type: "InvitationPresented", digest };
      },
    },
    taps: [
      onTap(listMakers, forOwners(() => ({ type: "MakersOpened" }))),
      onTap(invite, forOwners(() => ({ type: "InvitationAsked" }))),
      onTap(openMaker, forOwners((_, { maker }) => ({ type: "MakerChosen", maker }))),
      onTap(dismiss, forOwners((_, { maker }) => ({ type: "MakerDismissed", maker }))),
    ],
  },
});
