// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** Owners invite makers, see them and let them go: beside every flow. */
import { dialogueStream } from "../../../events/stream.ts";
import { dialogueSetup, firstCall } from "./dialogue_setup.ts";
import type { Heard, Hearing } from "./input.ts";

/** How long an invitation is good. */
const INVITATION_MS = 24 * 60 * 60_000;

const { assign, enqueueActions } = dialogueSetup;

const askForLink = assign(({ event }) => ({
  asked: { callId: firstCall(event), intent: "invite" as const },
}));
const inviteIt = enqueueActions(({ enqueue, event }) => {
  const until = event.at + INVITATION_MS;
  enqueue({ type: "inviteMaker", params: { callId: firstCall(event), until } });
});
const showInvitation = enqueueActions(({ enqueue, event }) => {
  if (event.type !== "MakerInvited") return;
  const { token, until } = event;
  enqueue({ type: "showInvitation", params: { token, until } });
});
const showMaker = enqueueActions(({ enqueue, event }) => {
  if (event.type !== "MakerChosen") return;
  enqueue({ type: "showMaker", params: { maker: event.maker } });
});
const tellDismissal = enqueueActions(({ enqueue, event }) => {
  if (event.type !== "MakerDismissed") return;
  const stream = dialogueStream(event.maker);
  enqueue({ type: "tell", params: { stream, fact: { type: "DismissalLearned" } } });
});

export const makersOn = {
  InvitationAsked: { actions: [askForLink, inviteIt] },
  MakerInvited: { guard: "isAsked", actions: [assign({ asked: null }), showInvitation] },
  InvitationPresented: {
    actions: [{ type: "showWelcome", params: {} }, { type: "showCommands", params: {} }],
  },
  MakersOpened: { actions: { type: "showMakers", params: {} } },
  MakerChosen: { actions: showMaker },
  MakerDismissed: {
    actions: [
      { type: "say", params: { text: "maker_dismissed" } },
      { type: "showMakers", params: {} },
      tellDismissal,
    ],
  },
  DismissalLearned: {
    actions: [
      { type: "say", params: { text: "dismissal_learned" } },
      { type: "showCommands", params: {} },
    ],
  },
  OwnerRefused: { actions: { type: "say", params: { text: "owner_refused" } } },
} as const;

/** An invitation, of which the edge of the program has made `m_<sha256 of its token>`. */
const INVITATION = /^m_([0-9a-f]{64})$/;

export function hearMakers(hearing: Hearing): Heard {
  const { input, admin, owner } = hearing;
  if (input.kind === "command" && input.name === "start") {
    const digest = INVITATION.exec(input.argument)?.[1];
    if (digest === undefined) return undefined;
    // Whoever is a maker already leaves the invitation to somebody else.
    return admin ? { type: "MenuOpened" } : { type: "InvitationPresented", digest };
  }
  const heard = hearOwner(hearing);
  if (heard === undefined || owner) return heard;
  return { type: admin ? "OwnerRefused" : "AdminRefused" };
}

/** What an owner's buttons mean. */
function hearOwner({ input }: Hearing): Heard {
  if (input.kind !== "tap" || input.action === null) return undefined;
  const { action } = input;
  switch (action.do) {
    case "makers":
      return { type: "MakersOpened" };
    case "invite":
      return { type: "InvitationAsked" };
    case "maker":
      return { type: "MakerChosen", maker: action.maker };
    case "dismiss":
      return { type: "MakerDismissed", maker: action.maker };
    default:
      return undefined;
  }
}
