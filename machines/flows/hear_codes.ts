/** Codes in whatever a person sends: words, captions, links, quotes, pictures; and when it changes. */
import {
  type Code,
  type CodesReading,
  mistakeIn,
  readCodes,
  readPayload,
} from "../../events/code.ts";
import { CODES_MAX } from "../../events/photo.ts";
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { type Input, messageOf, withMessage, wordsOf } from "../flow/input.ts";
import { callOf, firstCall, type RecordedFact } from "../flow/recorded_fact.ts";
import { pictureIn } from "./check_photo.ts";

/** A message in which codes or a picture were heard: a change of it checks only what is new. */
export interface CheckedMessage {
  readonly message: number;
  /** Codes, and how Telegram knows the picture. */
  readonly had: readonly string[];
  /** The call by which the picture is read. */
  readonly call: string | null;
}

/** Absent in a dialogue whose messages have no numbers. */
export type CheckedMemory = { checked?: readonly CheckedMessage[] };

/** `reading` are the calls by which pictures are being read. */
type ReadingMemory = CheckedMemory & { reading: readonly string[] };

/** Messages that are remembered, the newest. */
const CHECKED_MAX = 20;

/** Pictures of one dialogue that wait to be looked at: as many as an album holds. */
export const READING_MAX = 10;

type Heard = HearResult<"paused", "code">;

/** The code in what came, if anything there is meant as one. */
export function hearCode({ input }: InputContext<unknown>): Heard {
  const payload = payloadIn(input);
  if (payload !== undefined) return codeFact(readAlone(payload), "link", input);
  const read = readInput(input);
  const picture = pictureIn(input);
  if (picture) {
    const mistake = read && "mistyped" in read ? mistakeIn(read) : null;
    return {
      type: "CodePhotoProvided",
      file: picture.file,
      ...withMessage(input),
      ...read && "codes" in read && { beside: read.codes },
      ...mistake && { mistake },
    };
  }
  return read && codeFact(read, "text", input);
}

/**
 * The code in a message that was changed. A code that it had before was checked, and is not counted
 * again; a picture is read again where it is another one.
 */
export function hearEditedCode(
  { input, context: { checked = [] } }: InputContext<CheckedMemory>,
): HearResult<"paused", "code"> {
  const message = messageOf(input);
  const before = checked.find((it) => it.message === message);
  const payload = payloadIn(input);
  const read = payload === undefined ? readInput(input) : readAlone(payload);
  const codes = read && "codes" in read ? read.codes : [];
  const [code, ...others] = codes.filter((code) => !before?.had.includes(code));
  const picture = pictureIn(input);
  if (picture && before?.call != null && !before.had.includes(picture.file.unique_id)) {
    const beside = code === undefined ? {} : { beside: [code, ...others] };
    return { type: "CodePhotoProvided", file: picture.file, ...withMessage(input), ...beside };
  }
  const isForgotten = checked.length === CHECKED_MAX && message !== undefined &&
    checked.every((it) => it.message > message);
  if (code !== undefined && isForgotten) return { type: "EditRefused", reason: "old" };
  const via = payload === undefined ? "text" : "link";
  if (code !== undefined) return codeFact({ codes: [code, ...others] }, via, input);
  if (codes.length > 0) return { type: "EditIgnored" };
  if (picture && isForgotten) return { type: "EditRefused", reason: "old" };
  return read && !picture ? codeFact(read, via, input) : undefined;
}

/** A picture beyond those that may wait is not looked at; codes in the words under it are. */
export function unlessFull(
  hears: (inputContext: InputContext<ReadingMemory>) => Heard,
): (inputContext: InputContext<ReadingMemory>) => Heard {
  return (inputContext) => {
    const heard = hears(inputContext);
    const { context, input } = inputContext;
    if (!heard || !("type" in heard) || heard.type !== "CodePhotoProvided") return heard;
    if (context.reading.length < READING_MAX) return heard;
    const [code, ...others] = heard.beside ?? [];
    if (code === undefined) return { type: "CodePhotoDeclined" };
    return codeFact({ codes: [code, ...others] }, "text", input);
  };
}

/** What is remembered of the message that this fact was heard in. */
export function rememberChecked(
  { checked }: CheckedMemory,
  event: RecordedFact,
): CheckedMemory["checked"] {
  if (event.type === "CodeRead" || event.type === "SeveralCodesRead") {
    const codes = event.type === "CodeRead" ? [event.code] : event.codes;
    return checked?.map((it) =>
      it.call === callOf(event) ? { ...it, had: [...it.had, ...codes] } : it
    );
  }
  if (!("message" in event) || event.message === undefined) return checked;
  const { message } = event;
  const earlier = checked?.find((it) => it.message === message);
  const others = (checked ?? []).filter((it) => it !== earlier);
  const call = event.type === "CodePhotoProvided" ? firstCall(event) : earlier?.call ?? null;
  const had = [...earlier?.had ?? [], ...newIn(event)];
  return [...others, { message, had, call }].slice(-CHECKED_MAX);
}

function newIn(event: RecordedFact): string[] {
  if (event.type === "CodePresented") return [event.code];
  if (event.type === "SeveralCodesPresented") return event.codes;
  if (event.type !== "CodePhotoProvided") return [];
  return [event.file.unique_id, ...event.beside ?? []];
}

/** What stands behind `/start v_`. */
function payloadIn(input: Input): string | undefined {
  if (input.kind !== "command" || input.name !== "start") return undefined;
  return /^v_(.*)$/su.exec(input.argument)?.[1];
}

function readAlone(payload: string): CodesReading {
  const read = readPayload(payload);
  return "code" in read ? { codes: [read.code] } : read;
}

/** In its own words and links; what it quotes counts only where these have no code. */
function readInput(input: Input): CodesReading | undefined {
  if (input.kind === "command" || input.kind === "tap") return undefined;
  const words = wordsOf(input);
  const own = readCodes([...words === undefined ? [] : [words], ...input.links ?? []]);
  if (own || input.quote === undefined) return own;
  return readCodes([input.quote]);
}

function codeFact(read: CodesReading, via: "link" | "text", input: Input): Heard {
  if ("codes" in read) {
    const [code, ...others] = read.codes;
    const how = { via, ...withMessage(input) };
    if (others.length === 0) return { type: "CodePresented", code, ...how };
    const codes: Code[] = read.codes.slice(0, CODES_MAX);
    return { type: "SeveralCodesPresented", codes, found: read.codes.length, ...how };
  }
  const mistake = mistakeIn(read);
  return mistake
    ? { type: "CodeMistyped", callId: null, ...mistake }
    : { type: "CodeRefused", callId: null, reason: "mistyped" };
}
