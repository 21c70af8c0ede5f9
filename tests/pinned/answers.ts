/** Answers of the world to what a chart wants to know, as they were when the tables were recorded. */
import type { Fact } from "../../events/facts.ts";
import type { Effect } from "../machines/dialogue_1/effects.ts";
import { CARD, CODE, PERSON, sha } from "../machines/samples.ts";

/** The answers to an ask or a job; none to a send or a tell. */
export function answersTo({ type, params }: Effect): Fact[] {
  switch (type) {
    case "findCode":
      return [
        { type: "CardVerified", callId: params.callId, card: CARD, verifier: PERSON, names: null },
        { type: "CodeRefused", callId: params.callId, reason: "unknown" },
      ];
    case "findOwnCard":
      return [ownCard(params, true), ownCard(params, false), missing(params)];
    case "restoreCard":
      return [
        { type: "CardRestored", callId: params.callId, card: CARD },
        ownCard(params, true),
        missing(params),
      ];
    case "issueCard":
      return [
        { ...params, type: "CardIssued", card: CARD, code: CODE, maker: PERSON },
        { type: "IssueRefused", callId: params.callId },
      ];
    case "inviteMaker":
      return [{ ...params, type: "MakerInvited", digest: sha("d"), token: "s1.sealed" }];
    case "issueEditions": {
      const { callId, batch, from, count, ...card } = params;
      const cards = Array.from({ length: count }, (_, i) => ({
        ...{ card: CARD, code: CODE, edition: from + i },
      }));
      const editions: Fact = {
        ...{ type: "EditionsIssued", callId, batch: batch ?? CARD, ...card, maker: PERSON, cards },
      };
      return [editions, { type: "BatchStopped", callId }];
    }
    case "correctCard": {
      const { number: _, ...rest } = params;
      return [{ ...rest, type: "CardCorrected", card: CARD }, missing(params)];
    }
    case "continueBatch":
      return [{ type: "BatchContinued", callId: params.callId }];
    case "checkPhoto":
      return [
        { type: "PhotoKept", callId: params.callId, sha256: sha() },
        { type: "PhotoRefused", callId: params.callId, reason: "too_big" },
      ];
    case "readCode":
      return [
        { type: "CodeRead", callId: params.callId, code: CODE },
        { type: "CodeUnreadable", callId: params.callId, reason: "no_code" },
      ];
    case "startTimer":
      return [{ type: "TimerFired", callId: params.callId }];
    default:
      return [];
  }
}

const missing = ({ callId }: { callId: string }): Fact => ({ type: "OwnCardMissing", callId });

const ownCard = (
  { callId, number }: { callId: string; number: number },
  active: boolean,
): Fact => ({
  ...{ type: "OwnCardFound", callId, card: CARD, number, name: "Winter sea", active },
});
