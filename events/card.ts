/** Facts of a card: how it came to be, who looked, and whether its maker still stands by it. */
import { z } from "zod";
import { Name, NAME_MAX, OwnWords } from "./card_name.ts";
import { Code } from "./code.ts";
import { CallId, fact, Millis } from "./fact.ts";
import { MessageNumber } from "./message.ts";
import { Missed, Mistake, SeveralCodes, Sha256 } from "./photo.ts";
import { sealed, sensitive } from "./sensitive.ts";

/** Longest description and reason, in UTF-16 units, so that a verdict always fits its caption. */
export const DESCRIPTION_MAX = 700;
export const REASON_MAX = 120;

/** Shapes that the facts of other subjects share. */
export { Name, NAME_MAX, OwnWords };
export const Description = z.string().min(1).max(DESCRIPTION_MAX);
const Reason = z.string().min(1).max(REASON_MAX);
export const Person = sensitive(z.uuid(), "uuid");
export const CardId = sensitive(z.uuid(), "uuid");

/** The public number of a card: 1, 2, 3 … in the order of issue. */
export const CardNumber = z.int().positive();

/** What a maker's own link to a card carries. It opens no more than the card's public face. */
export const ShareKey = sensitive(z.hex().length(16), "keep");

/**
 * A maker began to issue a card. With `preview` they are shown the card before it is issued; without
 * it, as it was at first, the card is issued by the last answer.
 */
export const IssueBegun = fact("IssueBegun", { preview: z.literal(true).exactOptional() });

/** They tapped once more for what had just been asked of them. */
export const IssueAwaited = fact("IssueAwaited", {});

/** They named it. */
export const NameProvided = fact("NameProvided", {
  name: OwnWords,
  message: MessageNumber.exactOptional(),
});

/** They mended the message with the name. */
export const NameEdited = fact("NameEdited", { name: OwnWords });

/** They described it. */
export const DescriptionProvided = fact("DescriptionProvided", {
  description: OwnWords,
  message: MessageNumber.exactOptional(),
});

/** They mended the message with the description. */
export const DescriptionEdited = fact("DescriptionEdited", { description: OwnWords });

/**
 * The card exists: it has a code, and the maker vouches for it. With `published`, everybody may look
 * at it from now on, before its first check.
 */
export const CardIssued = fact("CardIssued", {
  callId: CallId,
  card: CardId,
  code: Code,
  name: Name,
  description: Description,
  original: Sha256,
  packaged: Sha256.nullable(),
  maker: Person,
  published: z.literal(true).exactOptional(),
});

/** Somebody came with a code whose check character is right. `message` is the one it came in. */
export const CodePresented = fact("CodePresented", {
  code: Code,
  via: z.enum(["link", "text"]),
  message: MessageNumber.exactOptional(),
});

/** Somebody came with several codes at once. */
export const SeveralCodesPresented = fact("SeveralCodesPresented", {
  ...SeveralCodes,
  via: z.enum(["link", "text"]),
  message: MessageNumber.exactOptional(),
});

/** What came is almost a code: so many characters are missing or too many, or are in no code. */
export const CodeMistyped = fact("CodeMistyped", {
  callId: CallId.nullable(),
  missed: Missed,
  ...Mistake.shape,
});

/**
 * The code is that of this card, and the check counts. Which number it has, and whether the maker
 * still stood by the card, is decided where the order of facts is: see the projection `cards`.
 * `names` are the checker's own, sealed; null where nothing is known.
 */
export const CardVerified = fact("CardVerified", {
  callId: CallId,
  card: CardId,
  verifier: Person,
  names: sealed(z.string(), { for: "verifier" }).nullable(),
});

/** The code is nobody's: written wrongly, or never issued. */
export const CodeRefused = fact("CodeRefused", {
  callId: CallId.nullable(),
  reason: z.enum(["mistyped", "unknown"]),
});

/** Too many codes missed in too short a time; nothing is checked before `until`. */
export const CheckingPaused = fact("CheckingPaused", { until: Millis });

/**
 * Somebody opened a card by its public number; this counts as no check. `key` came with the link of
 * the card's own maker: where it is right, the maker has let everybody look at the card.
 */
export const SharedCardOpened = fact("SharedCardOpened", {
  number: CardNumber,
  key: ShareKey.exactOptional(),
});

/** A maker opened the list of their cards. */
export const CardListOpened = fact("CardListOpened", {});

/** A maker reached for one of their cards. */
export const OwnCardChosen = fact("OwnCardChosen", {
  number: CardNumber,
  intent: z.enum(["look", "withdraw"]),
});

/** A maker wants a withdrawn card back. */
export const RestorationAsked = fact("RestorationAsked", { number: CardNumber });

/** The card is theirs. */
export const OwnCardFound = fact("OwnCardFound", {
  callId: CallId,
  card: CardId,
  number: CardNumber,
  name: Name,
  active: z.boolean(),
});

/** There is no such card among theirs. */
export const OwnCardMissing = fact("OwnCardMissing", { callId: CallId });

/** A maker said why a card is to be withdrawn. Buyers will read it, once that is confirmed. */
export const WithdrawalExplained = fact("WithdrawalExplained", {
  reason: OwnWords,
  message: MessageNumber.exactOptional(),
});

/** They mended the message with the reason. */
export const ReasonEdited = fact("ReasonEdited", { reason: OwnWords });

/** They want the card withdrawn for the reason that they were shown. */
export const WithdrawalConfirmed = fact("WithdrawalConfirmed", {});

/** The maker no longer stands by the card. At first it was said at once, as an answer to no ask. */
export const CardWithdrawn = fact("CardWithdrawn", {
  callId: CallId.exactOptional(),
  card: CardId,
  reason: Reason,
});

/** The maker stands by the card again. */
export const CardRestored = fact("CardRestored", { callId: CallId, card: CardId });
