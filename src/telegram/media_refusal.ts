/** What Telegram has against a picture or a file, read from the refusal of the call that bore it. */
import { GrammyError } from "grammy";
import { failureOf } from "./failure.ts";

export interface MediaRefusal {
  /**
   * `unfit`: it is no picture that Telegram can show; `forbidden`: the chat takes none of its kind;
   * `caption`: the words are too long for a caption; `other`: it does not say, or the file is gone.
   */
  why: "unfit" | "forbidden" | "caption" | "other";
  /** Which of an album it was, from 0 on, where Telegram says so. */
  position: number | null;
  /** Fit for a log. */
  words: string;
}

/** Refusals that have nothing to do with what was sent along: words would meet them as well. */
const OF_WORDS = new RegExp(
  [
    "chat not found",
    "PEER_ID_INVALID",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "rights to send (?:a message|text messages)",
    "need administrator rights",
    "TOPIC_",
    "message thread not found",
    "message to be replied not found",
    "can't parse entities",
    "BUTTON_",
    "reply markup",
  ].join("|"),
  "i",
);
const FORBIDDEN = /not enough rights to send|CHAT_SEND_\w+_FORBIDDEN/i;
const CAPTION = /caption is too long|CAPTION_TOO_LONG/i;
/** As a file it may pass. */
const UNFIT =
  /IMAGE_PROCESS_FAILED|PHOTO_(?!ID_)\w*INVALID|PHOTO_CONTENT|too big for a photo|wrong type of the web page/i;
const STATUSES = new Set([400, 403, 413]);

/** Null for any failure that is not about what the call bore. */
export function mediaRefusalOf(error: unknown): MediaRefusal | null {
  const failure = failureOf(error);
  if (!(error instanceof GrammyError) || failure?.is !== "defect") return null;
  const { error_code, description } = error;
  if (!STATUSES.has(error_code) || OF_WORDS.test(description)) return null;
  const place = /message #(\d+)/.exec(description)?.[1];
  const position = place === undefined ? null : Number(place) - 1;
  return { why: whyOf(description), position, words: failure.words };
}

function whyOf(description: string): MediaRefusal["why"] {
  if (FORBIDDEN.test(description)) return "forbidden";
  if (CAPTION.test(description)) return "caption";
  return UNFIT.test(description) ? "unfit" : "other";
}
