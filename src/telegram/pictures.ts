/** Sends pictures: uploaded once, named by the id that Telegram gave them ever after. */
import { type Api, InputFile } from "grammy";
import type { InputMediaPhoto, Message } from "grammy/types";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { markupOf } from "./keyboard.ts";
import type { BotCall, Picture } from "./bot_call.ts";
import type { Logger, PhotoFiles } from "./sources.ts";

/** A picture on its way: what the call carries, and whether these are the bytes. */
interface Media {
  sha256: string;
  media: string | InputFile;
}

type Show = BotCall & { does: "show" };

/** What it takes to make calls. */
export interface SendDeps {
  api: Api;
  photos: PhotoFiles;
  log: Logger;
}

/** Shows pictures with their caption; where there is none to be had, the caption alone. */
export async function showPictures(
  deps: SendDeps,
  show: Show,
  signal: AbortSignal,
): Promise<number[]> {
  try {
    return await attempt(deps, show, await openAll(deps, show.pictures), signal);
  } catch (error) {
    if (failureOf(error)?.is !== "stale_file") throw error;
    const fresh = await openAll(deps, show.pictures, { fresh: true });
    return await attempt(deps, show, fresh, signal);
  }
}

async function openAll(
  deps: SendDeps,
  pictures: readonly Picture[],
  { fresh } = { fresh: false },
): Promise<Media[]> {
  const opened = await Promise.all(pictures.map((picture) => open(deps, picture, fresh)));
  const there = opened.filter((media) => media !== null);
  if (there.length < pictures.length) {
    deps.log.error("A picture is nowhere to be had: showing {there} of {wanted}", {
      there: there.length,
      wanted: pictures.length,
    });
  }
  return there;
}

async function open(
  { photos }: SendDeps,
  picture: Picture,
  fresh: boolean,
): Promise<Media | null> {
  const drawn = "sha256" in picture ? null : await picture.make();
  const name = "sha256" in picture ? "card.jpg" : picture.name;
  const sha256 = "sha256" in picture ? picture.sha256 : await sha256Of(drawn ?? new Uint8Array());
  if (fresh) await photos.dropFileId(sha256);
  const file_id = fresh ? null : await photos.fileId(sha256);
  if (file_id !== null) return { sha256, media: file_id };
  const bytes = drawn ?? await photos.photo(sha256);
  // Photos have the same name all: Telegram looks at the bytes.
  return bytes && { sha256, media: new InputFile(bytes, name) };
}

async function sha256Of(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
}

/** One message for each picture, in order. */
async function attempt(
  deps: SendDeps,
  { chat, html, keyboard }: Show,
  media: readonly Media[],
  signal: AbortSignal,
): Promise<number[]> {
  const { raw } = deps.api;
  const until = callSignal(signal);
  const [first] = media;
  const to = { chat_id: chat };
  const markup = markupOf(keyboard);
  const caption = { caption: html, parse_mode: "HTML" as const };
  if (!first) {
    const text = { text: html, parse_mode: "HTML" as const };
    const plain = { link_preview_options: { is_disabled: true } };
    const message = await raw.sendMessage({ ...to, ...text, ...plain, ...markup }, until);
    return [message.message_id];
  }
  const messages: Message[] = media.length === 1
    ? [await raw.sendPhoto({ ...to, photo: first.media, ...caption, ...markup }, until)]
    : await raw.sendMediaGroup({
      ...to,
      media: media.map((part, i): InputMediaPhoto => ({
        type: "photo",
        media: part.media,
        ...i === 0 && caption,
      })),
    }, until);
  await keepFileIds(deps, media, messages);
  return messages.map(({ message_id }) => message_id);
}

/** Never throws: the message is out, and another try would send it twice. */
async function keepFileIds(
  { photos, log }: SendDeps,
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
