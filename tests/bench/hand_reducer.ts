/**
 * The dialogue of `replay_log.ts` as somebody would write it by hand: a switch over facts, which
 * comes to the same states and names the same effects. It knows the facts of these dialogues only.
 */
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { type Context, nothingRemembered } from "../machines/dialogue_1/dialogue_setup.ts";
import type { Effect } from "../../machines/flow/effect.ts";

export interface Reduced {
  flow: string;
  context: Context;
  effects: readonly Effect[];
}

export const unreduced: Reduced = { flow: "idle", context: nothingRemembered, effects: [] };

const slot = "wizard";
const say = (text: string): Effect => ({ type: "say", params: { text } });
const ask = (text: string): Effect => ({
  type: "say",
  params: { text, slot, buttons: [[{ label: "cancel", action: { do: "cancel" } }]] },
});
const clear: Effect = { type: "clear", params: { slot } };
const emptyDraft = {
  original: { is: "missing" },
  packaged: { is: "missing" },
  name: null,
  description: null,
  album: null,
  preview: true,
} as const;

export function reduce(state: Reduced, fact: RecordedFact): Reduced {
  const { flow, context } = state;
  const to = (flow: string, change: Partial<Context>, ...effects: Effect[]): Reduced => ({
    ...{ flow, context: { ...context, ...change }, effects },
  });
  const tell = (...effects: Effect[]): Reduced => ({ flow, context, effects });
  switch (fact.type) {
    case "Started":
      return tell(say("welcome"));
    case "HelpAsked":
      return tell(say("help"));
    case "MenuOpened":
      return tell({ type: "showMenu", params: {} });
    case "CardListOpened":
      return tell({ type: "showList", params: { page: 0 } });
    case "StatsAsked":
      return tell({ type: "showStats", params: {} });
    case "InputRefused": {
      const { kind, expected, reason } = fact;
      const inFlow = context.draft !== null || context.withdrawal !== null;
      const values = { kind, expected, reason };
      const text = "input_refused";
      return tell({ type: "say", params: inFlow ? { text, values, slot } : { text, values } });
    }
    case "Cancelled":
    case "CancelledByMaker":
      return flow === "idle"
        ? tell(say("nothing_to_cancel"))
        : to("idle", { draft: null, withdrawal: null }, clear, say("cancelled"));
    default:
      return reduceCheck(state, fact, to) ?? reduceIssue(state, fact, to) ??
        reduceOwn(state, fact, to) ?? tell();
  }
}

type To = (flow: string, change: Partial<Context>, ...effects: Effect[]) => Reduced;

function reduceCheck({ flow, context }: Reduced, fact: RecordedFact, to: To): Reduced | null {
  const callId = `${fact.version}:0`;
  switch (fact.type) {
    case "CodePresented":
      return to(flow, { presented: callId }, {
        type: "findCode",
        params: { callId, code: fact.code },
      });
    case "CardVerified":
      return context.presented === fact.callId
        ? to(flow, { presented: null }, { type: "showVerdict", params: { card: fact.card } })
        : null;
    case "CodeRefused": {
      const misses = [...context.misses.filter((at) => at > fact.at - 60_000), fact.at];
      return to(flow, { presented: null, misses }, say(`code_${fact.reason}`));
    }
    default:
      return null;
  }
}

function reduceIssue({ context }: Reduced, fact: RecordedFact, to: To): Reduced | null {
  const { draft } = context;
  const callId = `${fact.version}:0`;
  if (fact.type === "IssueBegun") {
    return to("issuing.photo", { withdrawal: null, draft: emptyDraft }, ask("ask_photo"));
  }
  if (!draft) return null;
  switch (fact.type) {
    case "PhotoProvided":
      return to("issuing.checking_photo", {
        draft: { ...draft, original: { is: "checking", callId }, album: fact.album },
      }, { type: "checkPhoto", params: { callId, file: fact.file } });
    case "PhotoKept":
      return draft.original.is === "checking" && draft.original.callId === fact.callId
        ? to("issuing.name", {
          draft: { ...draft, original: { is: "kept", sha256: fact.sha256 } },
        }, ask("ask_name"))
        : null;
    case "NameProvided":
      return to(
        "issuing.description",
        { draft: { ...draft, name: fact.name } },
        ask("ask_description"),
      );
    case "DescriptionProvided":
      return to(
        "issuing.packaged",
        { draft: { ...draft, description: fact.description } },
        ask("ask_packaged"),
      );
    case "PackagedPhotoSkipped":
      return to("issuing.preview", { draft: { ...draft, packaged: { is: "skipped" } } }, clear, {
        type: "showDraft",
        params: {},
      });
    case "DraftApproved": {
      const { name, description, original } = draft;
      if (name === null || description === null || original.is !== "kept") return null;
      return to("issuing.minting", { asked: { callId, intent: "issue" } }, {
        type: "issueCard",
        params: { callId, name, description, original: original.sha256, packaged: null },
      });
    }
    case "CardIssued":
      return context.asked?.callId === fact.callId
        ? to(
          "idle",
          { draft: null, asked: null, withdrawal: null },
          clear,
          { type: "showIssued", params: { card: fact.card } },
        )
        : null;
    default:
      return null;
  }
}

function reduceOwn({ context }: Reduced, fact: RecordedFact, to: To): Reduced | null {
  const { withdrawal, asked } = context;
  switch (fact.type) {
    case "OwnCardChosen": {
      const callId = `${fact.version}:0`;
      const { intent, number } = fact;
      return to("choosing", { withdrawal: null, asked: { callId, intent } }, {
        type: "findOwnCard",
        params: { callId, number },
      });
    }
    case "OwnCardFound": {
      if (asked?.callId !== fact.callId) return null;
      const { card, number, name } = fact;
      return fact.active && asked.intent === "withdraw"
        ? to("withdrawing.explaining", {
          asked: null,
          withdrawal: { card, number, name, reason: null },
        }, ask("ask_reason"))
        : to("idle", { asked: null, withdrawal: null }, { type: "showOwnCard", params: { card } });
    }
    case "WithdrawalExplained":
      return withdrawal &&
        to("withdrawing.confirming", { withdrawal: { ...withdrawal, reason: fact.reason } }, {
          type: "say",
          params: { text: "ask_withdrawal", values: { ...withdrawal, reason: fact.reason }, slot },
        });
    case "WithdrawalConfirmed": {
      const callId = `${fact.version}:0`;
      const { card, reason } = withdrawal ?? {};
      return withdrawal &&
        to("withdrawing.saving", { asked: { callId, intent: "withdraw" } }, {
          type: "withdrawCard",
          params: { callId, card, reason },
        });
    }
    case "CardWithdrawn":
      return withdrawal?.card === fact.card
        ? to("idle", { withdrawal: null, asked: null }, clear, say("card_withdrawn"))
        : null;
    default:
      return null;
  }
}
