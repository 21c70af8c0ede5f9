/** Which field of which fact may be told, and what takes the place of the others. */
import type { Json } from "../../base/json.ts";
import type { Fact, FactType } from "../../../events/facts.ts";

import type { StandIns } from "./stand_ins.ts";

/**
 * "keep" is for what tells of nobody; a "word" is kept where it looks like one of the program's; a
 * "state" is left to those who can fold it.
 */
type Rule =
  | ("keep" | "word" | "uuid" | "code" | "sha256" | "text" | "file" | "token" | "state")
  | "cards";

/** Of each card of a batch. */
const ofCards: Readonly<Record<string, Rule>> = { card: "uuid", code: "code", edition: "keep" };

/** A new fact, or a new field of one, does not compile before it is decided here. */
type Rules = {
  readonly [Type in FactType]: {
    readonly [Field in Exclude<keyof Extract<Fact, { type: Type }>, "type">]: Rule;
  };
};

const callId = "keep";
const rules: Rules = {
  AdminOpened: { owner: "keep" },
  AdminRefused: {},
  BatchAwaited: {},
  BatchBegun: {},
  BatchContinued: { callId },
  BatchStopped: { callId },
  Cancelled: {},
  CardCorrected: {
    ...{ callId, card: "uuid", name: "text", description: "text" },
    ...{ original: "sha256", packaged: "sha256" },
  },
  CardIssued: {
    ...{ callId, card: "uuid", code: "code", name: "text", description: "text" },
    ...{ original: "sha256", packaged: "sha256", maker: "uuid" },
  },
  CardListOpened: {},
  CardRestored: { callId, card: "uuid" },
  CardVerified: { callId, card: "uuid", verifier: "uuid", names: "token" },
  CardWithdrawn: { card: "uuid", reason: "text" },
  CardsSearched: { query: "token" },
  ChartUpgraded: { from: "keep", to: "keep", state: "state" },
  CheckingPaused: { until: "keep" },
  CodePhotoProvided: { file: "file" },
  CodePresented: { code: "code", via: "keep" },
  CodeRead: { callId, code: "code" },
  CodeRefused: { callId, reason: "keep" },
  CodeUnreadable: { callId, reason: "keep" },
  CopiesChosen: { copies: "keep" },
  CorrectionAsked: { number: "keep" },
  CorrectionChosen: { part: "keep" },
  DescriptionProvided: { description: "text" },
  DismissalLearned: {},
  EditionsIssued: {
    ...{ callId, batch: "uuid", editions: "keep", name: "text", description: "text" },
    ...{ original: "sha256", packaged: "sha256", maker: "uuid", cards: "cards" },
  },
  ExportAsked: {},
  HelpAsked: {},
  HistoryAsked: { number: "keep" },
  InputRefused: { kind: "word", expected: "word", reason: "word" },
  InvitationAsked: {},
  InvitationPresented: { digest: "sha256" },
  IssueBegun: {},
  IssueRefused: { callId },
  LabelsAsked: { number: "keep", of: "keep" },
  LanguageAsked: {},
  LanguageChosen: { language: "keep" },
  MakerChosen: { maker: "uuid" },
  MakerDismissed: { maker: "uuid" },
  MakerInvited: { callId, digest: "sha256", token: "token", until: "keep" },
  MakersOpened: {},
  MenuOpened: {},
  NameProvided: { name: "text" },
  OwnCardChosen: { number: "keep", intent: "keep" },
  OwnCardFound: { callId, card: "uuid", number: "keep", name: "text", active: "keep" },
  OwnCardMissing: { callId },
  OwnerRefused: {},
  PackagedPhotoProvided: { file: "file" },
  PackagedPhotoSkipped: {},
  PhotoKept: { callId, sha256: "sha256" },
  PhotoProvided: { file: "file", album: "text" },
  PhotoRefused: { callId, reason: "keep" },
  RestorationAsked: { number: "keep" },
  SearchBegun: {},
  SharedCardOpened: { number: "keep" },
  Started: {},
  StatsAsked: {},
  TimerFired: { callId },
  WithdrawalExplained: { reason: "text" },
};

/** The fact with stand-ins; `seen` learns what stands for what. */
export function redactFact(fact: Fact, standIns: StandIns, seen: Map<string, string>): Fact {
  const { type, ...data } = fact;
  const rulesOfType: Readonly<Record<string, Rule>> = rules[type];
  const remember = (original: string, standIn: string) => {
    seen.set(original, standIn);
    return standIn;
  };
  const fields = Object.entries(data).map(([name, value]: [string, Json]) => [
    name,
    redact(value, rulesOfType[name] ?? "text", standIns, remember),
  ]);
  // Same fields, same kinds of values: the schema is asked again when it is folded.
  return { type, ...Object.fromEntries(fields) } as Fact;
}

function redact(
  value: Json,
  rule: Rule,
  standIns: StandIns,
  remember: (original: string, standIn: string) => string,
): Json {
  if (rule === "keep" || rule === "state" || value === null) return value;
  if (typeof value === "string") {
    if (rule === "word" && /^[a-z_]{1,40}$/.test(value)) return value;
    return remember(value, standInOf(rule, value, standIns));
  }
  if (Array.isArray(value)) return value.map((it) => redact(it, rule, standIns, remember));
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      redact(it, rule === "cards" ? ofCards[name] ?? "text" : rule, standIns, remember),
    ]),
  );
}

function standInOf(rule: Rule, value: string, standIns: StandIns): string {
  switch (rule) {
    case "uuid":
      return standIns.uuid(value);
    case "code":
      return standIns.code(value);
    case "sha256":
      return standIns.sha256(value);
    case "token":
      return `s1.${standIns.sha256(value)}`;
    default:
      return standIns.text(value);
  }
}
