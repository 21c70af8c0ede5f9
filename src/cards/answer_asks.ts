/** What answers a chart's asks about cards, before the commit. */
import type { z } from "zod";
import type { BatchStopped, EditionsIssued } from "../../events/batch.ts";
import type {
  CardIssued,
  CardRestored,
  CardVerified,
  CodeRefused,
  OwnCardFound,
  OwnCardMissing,
} from "../../events/card.ts";
import type { MakerInvited } from "../../events/maker.ts";
import type { CardCorrected } from "../../events/correction.ts";
import { mintCode } from "./mint_code.ts";
import { mintInvitation } from "./mint_invitation.ts";

/** As much of a card as the answers need. */
interface KnownCard {
  card: string;
  number: number;
  name: string;
  maker: string;
  active: boolean;
}

export interface AskSources {
  idOfCode(code: string): Promise<string | null>;
  byNumber(number: number): Promise<KnownCard | null>;
  /** A person's names, sealed with their key. */
  sealedNames(person: string): Promise<string | null>;
  /** Seals a text with a person's key. */
  seal(person: string, text: string): Promise<string>;
  newId(): string;
}

type Fact<Definition extends { schema: z.ZodType }> = z.infer<Definition["schema"]>;
type Correction = Pick<
  Fact<typeof CardCorrected>,
  "name" | "description" | "original" | "packaged"
>;
type Draft = Pick<Fact<typeof CardIssued>, "name" | "description" | "original" | "packaged">;

export interface Asks {
  findCode(
    ask: { callId: string; code: string },
    person: string,
  ): Promise<Fact<typeof CardVerified> | Fact<typeof CodeRefused>>;
  findOwnCard(
    ask: { callId: string; number: number },
    person: string,
  ): Promise<Fact<typeof OwnCardFound> | Fact<typeof OwnCardMissing>>;
  restoreCard(
    ask: { callId: string; number: number },
    person: string,
  ): Promise<
    Fact<typeof CardRestored> | Fact<typeof OwnCardFound> | Fact<typeof OwnCardMissing>
  >;
  issueCard(
    ask: { callId: string } & Draft,
    person: string,
  ): Promise<Fact<typeof CardIssued>>;
  inviteMaker(
    ask: { callId: string; until: number },
    owner: string,
  ): Promise<Fact<typeof MakerInvited>>;
  issueEditions(
    ask: {
      callId: string;
      batch: string | null;
      from: number;
      count: number;
      editions: number;
    } & Draft,
    person: string,
  ): Promise<Fact<typeof EditionsIssued> | Fact<typeof BatchStopped>>;
  correctCard(
    ask: { callId: string; number: number } & Correction,
    person: string,
  ): Promise<Fact<typeof CardCorrected> | Fact<typeof OwnCardMissing>>;
}

export function openAsks(sources: AskSources): Asks {
  const own: Asks["findOwnCard"] = async ({ callId, number }, person) => {
    const found = await sources.byNumber(number);
    if (found?.maker !== person) return { type: "OwnCardMissing", callId };
    const { card, name, active } = found;
    return { type: "OwnCardFound", callId, card, number, name, active };
  };
  return {
    async findCode({ callId, code }, person) {
      const card = await sources.idOfCode(code);
      if (card === null) return { type: "CodeRefused", callId, reason: "unknown" };
      const names = await sources.sealedNames(person);
      return { type: "CardVerified", callId, card, verifier: person, names };
    },
    findOwnCard: own,
    async restoreCard(ask, person) {
      const found = await own(ask, person);
      if (found.type === "OwnCardMissing" || found.active) return found;
      return { type: "CardRestored", callId: ask.callId, card: found.card };
    },
    async inviteMaker({ callId, until }, owner) {
      const { token, digest } = mintInvitation();
      const sealed = await sources.seal(owner, token);
      return { type: "MakerInvited", callId, digest, token: sealed, until };
    },
    issueEditions({ batch, from, count, ...asked }, maker) {
      const cards = Array.from({ length: count }, (_, i) => ({
        card: sources.newId(),
        code: mintCode(),
        edition: from + i,
      }));
      return Promise.resolve({
        type: "EditionsIssued",
        ...asked,
        batch: batch ?? sources.newId(),
        maker,
        cards,
      });
    },
    async correctCard({ number, ...correction }, person) {
      const found = await own({ callId: correction.callId, number }, person);
      if (found.type === "OwnCardMissing") return found;
      return { type: "CardCorrected", card: found.card, ...correction };
    },
    issueCard({ callId, name, description, original, packaged }, maker) {
      const card = sources.newId();
      const code = mintCode();
      return Promise.resolve({
        type: "CardIssued",
        callId,
        card,
        code,
        name,
        description,
        original,
        packaged,
        maker,
      });
    },
  };
}
