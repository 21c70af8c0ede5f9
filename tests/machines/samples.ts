/** What tests of charts are told with: inputs, facts and effects under short names. */
import { completeCode } from "../../events/code.ts";
import type { Fact } from "../../events/facts.ts";
import type { Effect, ParamsOf } from "../../machines/flow/effect.ts";
import type { Action, Input } from "../../machines/flow/input.ts";
import type { say as sayIt } from "../../machines/flow/kit_effects.ts";

export const CODE = completeCode("7F3K9QZX2M0A8VBWN1H");
export const OTHER_CODE = completeCode("0123456789ABCDEFGHJ");
/** CODE with its check character wrong. */
export const MISTYPED = `${CODE.slice(0, -1)}0`;
export const CARD = "0191e2f0-0000-7000-8000-00000000000c";
export const PERSON = "0191e2f0-0000-4000-8000-00000000000a";

/** A picture as Telegram holds it; the name tells one from another. */
export const file = (name = "one") => ({ file_id: name, unique_id: name, size: 1000 });
/** The address of a kept picture: one hex digit, 64 times. */
export const sha = (digit = "a") => digit.repeat(64);

export const command = (name: string, argument = ""): Input => ({
  kind: "command",
  name,
  argument,
});
export const text = (text: string): Input => ({ kind: "text", text });
export const photo = (name?: string, album: string | null = null): Input => ({
  kind: "photo",
  file: file(name),
  album,
});
export const imageFile = (name?: string, album: string | null = null): Input => ({
  kind: "image_file",
  file: file(name),
  album,
});
export const tap = (action: Action | null): Input => ({ kind: "tap", action });
export const sticker: Input = { kind: "other", what: "sticker" };

/** An input that fits neither the moment nor anything else. */
export const refused = (kind: string, expected: string, reason: string | null = null): Fact => ({
  type: "InputRefused",
  kind,
  expected,
  reason,
});

export const issueBegun: Fact = { type: "IssueBegun" };
/** As it is heard today: with a look at the card before it is issued. */
export const previewBegun: Fact = { type: "IssueBegun", preview: true };
export const named = (name = "Winter sea"): Fact => ({ type: "NameProvided", name });
export const described = (description = "Oil, 1999"): Fact => ({
  type: "DescriptionProvided",
  description,
});
export const provided = (album: string | null = null): Fact => ({
  type: "PhotoProvided",
  file: file(),
  album,
});
export const packagedProvided: Fact = { type: "PackagedPhotoProvided", file: file("package") };
export const skipped: Fact = { type: "PackagedPhotoSkipped" };
export const kept = (callId: string, digit?: string): Fact => ({
  type: "PhotoKept",
  callId,
  sha256: sha(digit),
});
export const photoRefused = (callId: string): Fact => ({
  type: "PhotoRefused",
  callId,
  reason: "too_big",
});
export const issued = (callId: string): Fact => ({
  type: "CardIssued",
  callId,
  card: CARD,
  code: CODE,
  name: "Winter sea",
  description: "Oil, 1999",
  original: sha(),
  packaged: null,
  maker: PERSON,
});

export const presented = (via: "link" | "text" = "text", code = CODE): Fact => ({
  type: "CodePresented",
  code,
  via,
});
export const verified = (callId: string): Fact => ({
  type: "CardVerified",
  callId,
  card: CARD,
  verifier: PERSON,
  names: null,
});
export const missed = (callId: string | null = null): Fact => ({
  type: "CodeRefused",
  callId,
  reason: callId === null ? "mistyped" : "unknown",
});
export const codePhoto = (name?: string): Fact => ({
  type: "CodePhotoProvided",
  file: file(name),
});
export const codeRead = (callId: string): Fact => ({ type: "CodeRead", callId, code: CODE });
export const unreadable = (callId: string): Fact => ({
  type: "CodeUnreadable",
  callId,
  reason: "no_code",
});

export const chosen = (intent: "look" | "withdraw", number = 7): Fact => ({
  type: "OwnCardChosen",
  number,
  intent,
});
export const restorationAsked: Fact = { type: "RestorationAsked", number: 7 };
export const found = (callId: string, active = true): Fact => ({
  type: "OwnCardFound",
  callId,
  card: CARD,
  number: 7,
  name: "Winter sea",
  active,
});
export const missing = (callId: string): Fact => ({ type: "OwnCardMissing", callId });
export const explained: Fact = { type: "WithdrawalExplained", reason: "Stolen" };
export const withdrawn: Fact = { type: "CardWithdrawn", card: CARD, reason: "Stolen" };
export const restored = (callId: string): Fact => ({ type: "CardRestored", callId, card: CARD });
export const paused = (until: number): Fact => ({ type: "CheckingPaused", until });
export const fired = (callId: string): Fact => ({ type: "TimerFired", callId });

export const started: Fact = { type: "Started" };
export const helpAsked: Fact = { type: "HelpAsked" };
export const cancelled: Fact = { type: "Cancelled" };
export const cancelledByMaker: Fact = { type: "CancelledByMaker" };
export const issueAwaited: Fact = { type: "IssueAwaited" };
export const adminOpened: Fact = { type: "AdminOpened", owner: false };
export const menuOpened: Fact = { type: "MenuOpened" };
export const adminRefused: Fact = { type: "AdminRefused" };
export const statsAsked: Fact = { type: "StatsAsked" };
export const listOpened: Fact = { type: "CardListOpened" };
export const sharedOpened: Fact = { type: "SharedCardOpened", number: 7 };

type SayOptions = ParamsOf<typeof sayIt>;
export const say = (text: string, rest: Omit<SayOptions, "text"> = {}): Effect => ({
  type: "say",
  params: { text, ...rest },
});
/** Said in the wizard, and cleared away with it. */
export const aside = (text: string, rest: Omit<SayOptions, "text" | "slot"> = {}): Effect =>
  say(text, { slot: "wizard", ...rest });
export const toast = (text: string): Effect => ({ type: "toast", params: { text } });
export const clear: Effect = { type: "clear", params: { slot: "wizard" } };
export const cancelRow = [{ label: "cancel", action: { do: "cancel" } }] as const;
/** A question of the wizard's that can be cancelled. */
export const ask = (text: string): Effect => aside(text, { buttons: [cancelRow] });
export const askPackaged: Effect = aside("ask_packaged", {
  buttons: [[{ label: "skip", action: { do: "skip" } }], cancelRow],
});
export const checkPhoto = (callId: string, name?: string): Effect => ({
  type: "checkPhoto",
  params: { callId, file: file(name) },
});
export const findCode = (callId: string): Effect => ({
  type: "findCode",
  params: { callId, code: CODE },
});
export const showVerdict: Effect = { type: "showVerdict", params: { card: CARD } };
export const showMenu: Effect = { type: "showMenu", params: {} };
export const adminRows = [
  [{ label: "issue", action: { do: "issue" } }],
  [
    { label: "list", action: { do: "list" } },
    { label: "stats", action: { do: "stats" } },
  ],
];
export const adminMenu: Effect = say("admin_menu", { buttons: adminRows });
