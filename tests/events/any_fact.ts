/** Any fact at all, of every kind, for property-based tests. */
import fc from "fast-check";
import { BATCH_MAX, BATCH_MIN } from "../../events/batch.ts";
import { DESCRIPTION_MAX, NAME_MAX, REASON_MAX } from "../../events/card.ts";
import { CODE_ALPHABET, completeCode } from "../../events/code.ts";
import { QUERY_BYTES_MAX } from "../../events/gallery.ts";
import type { Fact, FactType } from "../../events/facts.ts";

type Fields<Type extends FactType> = Omit<Extract<Fact, { type: Type }>, "type">;
type Arbitraries = { [Type in FactType]: fc.Arbitrary<Fields<Type>> };

const name = fc.string({ minLength: 1, maxLength: NAME_MAX, unit: "grapheme" })
  .filter(({ length }) => length <= NAME_MAX);
const description = fc.string({ minLength: 1, maxLength: DESCRIPTION_MAX });
const reason = fc.string({ minLength: 1, maxLength: REASON_MAX });
const card = fc.uuid();
const number = fc.integer({ min: 1, max: 9 });
const copies = fc.integer({ min: BATCH_MIN, max: BATCH_MAX });
const query = fc.string({ minLength: 1, maxLength: QUERY_BYTES_MAX });
const code = fc.string({
  unit: fc.constantFrom(...CODE_ALPHABET),
  minLength: 19,
  maxLength: 19,
}).map(completeCode);
const sha256 = fc.string({
  unit: fc.constantFrom(..."0123456789abcdef"),
  minLength: 64,
  maxLength: 64,
});
/** Early ones, so that some are those of calls that were made. */
const callId = fc.integer({ min: 1, max: 20 }).map((version) => `${version}:0`);
const word = fc.string({ maxLength: 20 });
const file = fc.record({
  file_id: fc.string({ minLength: 1 }),
  unique_id: fc.string({ minLength: 1 }),
  size: fc.option(fc.nat()),
});
const album = fc.option(fc.constantFrom("album", "other"));
// Zod leaves that key out, and no chart has it.
const json = fc.json().filter((text) => !text.includes("__proto__"))
  .map((text) => JSON.parse(text));
const none = fc.constant({});

const fields: Arbitraries = {
  AdminOpened: fc.record({ owner: fc.boolean() }),
  AdminRefused: none,
  BatchAwaited: none,
  BatchBegun: none,
  BatchContinued: fc.record({ callId }),
  BatchStopped: fc.record({ callId }),
  Cancelled: none,
  CardCorrected: fc.record({
    ...{ callId, card, name: fc.option(name), description: fc.option(description) },
    ...{ original: fc.option(sha256), packaged: fc.option(sha256) },
  }),
  CardIssued: fc.record({
    ...{ callId, card, code, name, description, original: sha256, maker: card },
    packaged: fc.option(sha256),
  }),
  CardListOpened: none,
  CardRestored: fc.record({ callId, card }),
  CardVerified: fc.record({ callId, card, verifier: card, names: fc.option(word) }),
  CardWithdrawn: fc.record({ card, reason }),
  CardsSearched: fc.record({ query }),
  ChartUpgraded: fc.record({ from: word, to: word, state: json }),
  CheckingPaused: fc.record({ until: fc.nat() }),
  CodePhotoProvided: fc.record({ file }),
  CodePresented: fc.record({ code, via: fc.constantFrom("link", "text") }),
  CodeRead: fc.record({ callId, code }),
  CodeRefused: fc.record({
    callId: fc.option(callId),
    reason: fc.constantFrom("mistyped", "unknown"),
  }),
  CodeUnreadable: fc.record({
    callId,
    reason: fc.constantFrom(
      ...["no_code", "foreign", "mistyped", "not_an_image", "too_big", "unavailable"] as const,
    ),
  }),
  CopiesChosen: fc.record({ copies }),
  CorrectionAsked: fc.record({ number }),
  CorrectionChosen: fc.record({
    part: fc.constantFrom(...["name", "description", "original", "packaged"] as const),
  }),
  DescriptionProvided: fc.record({ description }),
  DismissalLearned: none,
  EditionsIssued: fc.record({
    ...{ callId, batch: card, editions: copies, name, description, original: sha256, maker: card },
    packaged: fc.option(sha256),
    cards: fc.array(fc.record({ card, code, edition: fc.integer({ min: 1, max: 500 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  ExportAsked: none,
  HelpAsked: none,
  HistoryAsked: fc.record({ number }),
  InputRefused: fc.record({ kind: word, expected: word, reason: fc.option(word) }),
  InvitationAsked: none,
  InvitationPresented: fc.record({ digest: sha256 }),
  IssueBegun: none,
  IssueRefused: fc.record({ callId }),
  LabelsAsked: fc.record({ number, of: fc.constantFrom("card", "batch") }),
  LanguageAsked: none,
  LanguageChosen: fc.record({ language: fc.constantFrom("ru", "en") }),
  MakerChosen: fc.record({ maker: card }),
  MakerDismissed: fc.record({ maker: card }),
  MakerInvited: fc.record({ callId, digest: sha256, token: name, until: fc.nat() }),
  MakersOpened: none,
  MenuOpened: none,
  NameProvided: fc.record({ name }),
  OwnCardChosen: fc.record({ number, intent: fc.constantFrom("look", "withdraw") }),
  OwnCardFound: fc.record({ callId, card, number, name, active: fc.boolean() }),
  OwnCardMissing: fc.record({ callId }),
  OwnerRefused: none,
  PackagedPhotoProvided: fc.record({ file }),
  PackagedPhotoSkipped: none,
  PhotoKept: fc.record({ callId, sha256 }),
  PhotoProvided: fc.record({ file, album }),
  PhotoRefused: fc.record({
    callId,
    reason: fc.constantFrom(
      ...["not_an_image", "too_big", "too_many_pixels"] as const,
      ...["too_narrow", "broken", "unavailable"] as const,
    ),
  }),
  RestorationAsked: fc.record({ number }),
  SearchBegun: none,
  SharedCardOpened: fc.record({ number }),
  Started: none,
  StatsAsked: none,
  TimerFired: fc.record({ callId }),
  WithdrawalExplained: fc.record({ reason }),
};

/** Facts of one kind. */
export function factOf(type: FactType): fc.Arbitrary<Fact> {
  // Each kind's fields are checked above; TypeScript cannot put them back under a kind it forgot.
  return fields[type].map((rest) => ({ ...rest, type }) as Fact);
}

/** Every kind of fact that there is. */
export const factTypes = Object.keys(fields) as FactType[];

/** Any fact. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(...factTypes.map(factOf));
