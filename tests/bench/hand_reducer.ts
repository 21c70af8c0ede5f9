/**
 * The dialogue of `replay_log.ts` as somebody would write it by hand: a switch over facts. It knows
 * these dialogues' facts only, and names no effects.
 */
import { type Context, type Happened, nothingRemembered } from "../../machines/dialogue_setup.ts";

export interface Reduced {
  flow: string;
  context: Context;
}

export const unreduced: Reduced = { flow: "idle", context: nothingRemembered };

export function reduce(state: Reduced, fact: Happened): Reduced {
  const { flow, context } = state;
  const { draft, withdrawal } = context;
  const call = `${fact.version}:0`;
  const to = (flow: string, change: Partial<Context>): Reduced => ({
    flow,
    context: { ...context, ...change },
  });
  switch (fact.type) {
    case "IssueBegun":
      return to("issuing.photo", {
        withdrawal: null,
        draft: {
          original: { is: "missing" },
          packaged: { is: "missing" },
          name: null,
          description: null,
          album: null,
        },
      });
    case "PhotoProvided":
      return draft
        ? to("issuing.checking_photo", {
          draft: { ...draft, original: { is: "checking", callId: call }, album: fact.album },
        })
        : state;
    case "PhotoKept":
      return draft?.original.is === "checking" && draft.original.callId === fact.callId
        ? to("issuing.name", {
          draft: { ...draft, original: { is: "kept", sha256: fact.sha256 } },
        })
        : state;
    case "NameProvided":
      return draft ? to("issuing.description", { draft: { ...draft, name: fact.name } }) : state;
    case "DescriptionProvided":
      return draft
        ? to("issuing.packaged", { draft: { ...draft, description: fact.description } })
        : state;
    case "PackagedPhotoSkipped":
      return draft
        ? to("issuing.minting", {
          draft: { ...draft, packaged: { is: "skipped" } },
          asked: { callId: call, intent: "issue" },
        })
        : state;
    case "CardIssued":
      return context.asked?.callId === fact.callId
        ? to("idle", { draft: null, asked: null, withdrawal: null })
        : state;
    case "OwnCardChosen":
      return to("choosing", { withdrawal: null, asked: { callId: call, intent: fact.intent } });
    case "OwnCardFound": {
      if (context.asked?.callId !== fact.callId) return state;
      const { card, number, name } = fact;
      return fact.active && context.asked.intent === "withdraw"
        ? to("withdrawing.explaining", {
          asked: null,
          withdrawal: { card, number, name, reason: null },
        })
        : to("idle", { asked: null, withdrawal: null });
    }
    case "WithdrawalExplained":
      return withdrawal
        ? to("withdrawing.confirming", { withdrawal: { ...withdrawal, reason: fact.reason } })
        : state;
    case "CardWithdrawn":
      return withdrawal?.card === fact.card ? to("idle", { withdrawal: null }) : state;
    case "Cancelled":
      return flow === "idle" ? state : to("idle", { draft: null, withdrawal: null });
    case "CodePresented":
      return to(flow, { presented: call });
    case "CardVerified":
      return context.presented === fact.callId ? to(flow, { presented: null }) : state;
    case "CodeRefused":
      return to(flow, {
        presented: null,
        misses: [...context.misses.filter((at) => at > fact.at - 60_000), fact.at],
      });
    default:
      return state;
  }
}
