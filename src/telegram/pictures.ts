/** Sends pictures: uploaded once, named by the id that Telegram gave them ever after. */
import { type Api, InputFile } from "grammy";
import type { InputMediaPhoto, Message } from "grammy/types";
import { callSignal } from "./api.ts";
import { type Address, destinationOf } from "./destination.ts";
import { mediaRefusalOf } from "./media_refusal.ts";
import { markupOf } from "./keyboard.ts";
import type { Picture } from "./bot_call.ts";
import type { Logger, PhotoFiles } from "./sources.ts";
import type { ShowStep, Trouble } from "./step.ts";

/** A picture on its way: what the call carries, and whether these are the bytes. */
interface Media {
  sha256: string;
  media: string | InputFile;
}

/** What it takes to make calls. */
export interface SendDeps {
  api: Api;
  photos: PhotoFiles;
  log: Logger;
}

/** A call to be made, and where in its chat it speaks. */
export interface Addressed<Call> {
  step: Call;
  address: Address;
}

/** What became of a call: the ids of the messages that it sent, or what keeps it from being sent. */
export type Sent = { is: "sent"; messages: number[] } | Trouble;

/** Shows pictures with their caption: as one message, an album, or a file. */
export async function showPictures(
  deps: SendDeps,
  { step, address }: Addressed<ShowStep>,
  signal: AbortSignal,
): Promise<Sent> {
  using files = new DisposableStack();
  const opened = await Promise.all(step.pictures.map((it) => open({ ...deps, files }, it, step)));
  const media = opened.filter((it) => it !== null);
  if (media.length < opened.length || media.length === 0) {
    deps.log.error("A picture is nowhere to be had: showing {there} of {wanted}", {
      there: media.length,
      wanted: opened.length,
    });
    return { is: "missing", there: step.pictures.filter((_, i) => opened[i] !== null) };
  }
  try {
    const messages = await send(deps, { step, address }, media, signal);
    return { is: "sent", messages: messages.map(({ message_id }) => message_id) };
  } catch (error) {
    const refusal = mediaRefusalOf(error);
    if (!refusal) throw error;
    return { is: "refused", refusal, by_id: media.some((it) => typeof it.media === "string") };
  }
}

/** Null for one whose bytes are not to be had. */
async function open(
  deps: SendDeps & { files: DisposableStack },
  picture: Picture,
  { fresh = false, as_file = false }: ShowStep,
): Promise<Media | null> {
  const { photos } = deps;
  const drawn = "sha256" in picture ? null : await draw(deps, picture);
  if (drawn === null && !("sha256" in picture)) return null;
  const name = "sha256" in picture ? "card.jpg" : picture.name;
  const sha256 = "sha256" in picture
    ? picture.sha256
    : await nameOfDrawing(drawn ?? new Uint8Array());
  if (fresh) await photos.dropFileId(sha256);
  // The id names a photo, which is no file.
  const file_id = fresh || as_file ? null : await photos.fileId(sha256);
  if (file_id !== null) return { sha256, media: file_id };
  const bytes = drawn ?? await photos.photo(sha256);
  if (bytes === null) return null;
  const sent = bytes instanceof Uint8Array ? bytes : deps.files.use(bytes).chunks();
  // Photos have the same name all: Telegram looks at the bytes.
  return { sha256, media: new InputFile(sent, name) };
}

/** A drawing needs nothing but itself: one that fails once fails always. */
async function draw(
  { log }: SendDeps,
  picture: Exclude<Picture, { sha256: string }>,
): Promise<Uint8Array | null> {
  try {
    return await picture.make();
  } catch (error) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
    log.error("Cannot draw {called}: {words}", { called: picture.called, words });
    return null;
  }
}

/** A drawing is kept nowhere, and its name says so. */
async function nameOfDrawing(bytes: Uint8Array): Promise<string> {
  return "drawn:" +
    new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
}

/** One message for each picture, in order. */
async function send(
  { api: { raw }, ...deps }: SendDeps,
  { step: { chat, html, keyboard, as_file }, address }: Addressed<ShowStep>,
  media: readonly Media[],
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const until = callSignal(signal);
  const [first, ...others] = media;
  if (!first) return [];
  const to = destinationOf(chat, address);
  const caption = html === "" ? {} : { caption: html, parse_mode: "HTML" as const };
  const under = { ...caption, ...markupOf(keyboard) };
  if (as_file) {
    const file = { document: first.media, disable_content_type_detection: true };
    return [await raw.sendDocument({ ...to, ...file, ...under }, until)];
  }
  const messages: Message[] = others.length === 0
    ? [await raw.sendPhoto({ ...to, photo: first.media, ...under }, until)]
    : await raw.sendMediaGroup({
      ...to,
      media: media.map((part, i): InputMediaPhoto => ({
        type: "photo",
        media: part.media,
        ...i === 0 && caption,
      })),
    }, until);
  await keepFileIds(deps, media, messages);
  return messages;
}

/** Never throws: the message is out, and another try would send it twice. */
async function keepFileIds(
  { photos, log }: Pick<SendDeps, "photos" | "log">,
  media: readonly Media[],
  messages: readonly Message[],
): Promise<void> {
  const uploaded = media.map((part, i) => ({ ...part, file: messages[i]?.photo?.at(-1) }))
    .filter((part) => part.media instanceof InputFile);
  const kept = await Promise.allSettled(
    uploaded.map(async ({ sha256, file }) => {
      if (file) await photos.keepFileId(sha256, file.file_id);
    }),
  );
  const failed = kept.filter(({ status }) => status === "rejected").length;
  if (failed > 0) {
    log.warn("Telegram's id of {failed} picture(s) could not be kept: to be sent again as bytes", {
      failed,
    });
  }
}
