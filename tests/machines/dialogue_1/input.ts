// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** What a person can do in a dialogue, and how a flow says what it makes of that. */
import type { CardPart } from "../../../events/correction.ts";
import type { Language } from "../../../events/language.ts";
import type { Fact } from "../../../events/facts.ts";
import type { TelegramFile } from "../../../events/photo.ts";
import type { Context } from "./dialogue_setup.ts";

/** What a button does. Buttons outlive the moment they were made for, so each says all it needs. */
export type Action =
  | { do: "issue" }
  | { do: "batch" }
  | { do: "list" }
  | { do: "stats" }
  | { do: "skip" }
  | { do: "cancel" }
  | { do: "makers" }
  | { do: "invite" }
  | { do: "maker"; maker: string }
  | { do: "dismiss"; maker: string }
  | { do: "speak"; language: Language }
  | { do: "look"; number: number }
  | { do: "withdraw"; number: number }
  | { do: "confirm"; number: number }
  | { do: "restore"; number: number }
  | { do: "labels"; number: number }
  | { do: "batch_labels"; number: number }
  | { do: "history"; number: number }
  | { do: "correct"; number: number }
  | { do: "amend"; part: CardPart }
  | { do: "search" }
  | { do: "export" };

/** A picture or a file that came, with the album it came in. */
interface Sent {
  file: TelegramFile;
  album: string | null;
}

/** One thing that a person did, checked at the edge, free of Telegram. */
export type Input =
  | { kind: "command"; name: string; argument: string }
  | { kind: "text"; text: string }
  | { kind: "photo" } & Sent
  | { kind: "image_file" } & Sent
  | { kind: "tap"; action: Action | null }
  | { kind: "other"; what: string };

/** An input together with all that is decided outside a chart: the time and the person's rights. */
export interface Hearing {
  input: Input;
  /** By the app's clock, in ms. */
  at: number;
  /** True for a maker, right now, in a private chat; an owner is one as well. */
  admin: boolean;
  /** True for an owner, likewise. */
  owner: boolean;
  /** What the dialogue remembers. */
  context: Context;
}

/** Of the right kind but wrong in itself: becomes InputRefused with this reason. */
export interface Refusal {
  refused: string;
  /** What it was taken for, where the state waits for something else first. */
  expects?: string;
}

/** What a state makes of an input: a fact, a refusal with a reason, or nothing: ask the state above. */
export type Heard = Fact | Refusal | undefined;

/** What one state hears and, for the person whose input does not fit, what it waits for. */
export interface Hears {
  expects?: string;
  hears: (hearing: Hearing) => Heard;
}

/** The states of a flow, by path ("flow.issuing.name"), and what each hears. */
export type HearsTable = Readonly<Record<string, Hears>>;

/** The same table for makers only: whoever lost the right meanwhile hears that, and nothing else. */
export function forMakers(table: HearsTable): HearsTable {
  return Object.fromEntries(
    Object.entries(table).map(([state, part]): [string, Hears] => [state, {
      ...part,
      hears: (hearing) => {
        const heard = part.hears(hearing);
        return heard !== undefined && !hearing.admin ? { type: "AdminRefused" } : heard;
      },
    }]),
  );
}

/** Whether a text has nothing to see in it: spaces and invisible marks only. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}]/u.test(text);
}
