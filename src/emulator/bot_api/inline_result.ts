/** What a chosen inline result becomes: a message's content, with its keyboard. */
import type { InlineKeyboardMarkup, Message } from "grammy/types";
import { knownMedia, type MediaField } from "../files/media.ts";
import { isRecord } from "../model/json_value.ts";
import { badRequest, notEmulated } from "../model/refusal.ts";
import type { World } from "../world/world.ts";
import {
  type CallParams,
  linkPreview,
  mediaFlags,
  readCaption,
  readFileMetadata,
  readMedia,
  readText,
} from "./content.ts";
import { readMarkup } from "./markup.ts";
import { readContact, readLocation } from "./send.ts";

/** By a result's type: the message's field, and how the result's own fields begin. */
const files: Readonly<Record<string, { field: MediaField; prefix: string }>> = {
  photo: { field: "photo", prefix: "photo" },
  gif: { field: "animation", prefix: "gif" },
  mpeg4_gif: { field: "animation", prefix: "mpeg4" },
  video: { field: "video", prefix: "video" },
  audio: { field: "audio", prefix: "audio" },
  voice: { field: "voice", prefix: "voice" },
  document: { field: "document", prefix: "document" },
};

/** Throws a `Refusal` when the result, or the file at its address, is refused. */
export async function resultContent(world: World, result: CallParams): Promise<Partial<Message>> {
  const { words, keyboard } = checkResult(world, result);
  const file = files[String(result.type)];
  if (file === undefined || result.input_message_content !== undefined) {
    return { ...words, ...keyboard };
  }
  const media = await readMedia(world.files, file.field, addressOf(result, file.prefix), {
    ...readFileMetadata(result),
    ...factsOf(result, file.prefix),
  });
  return { ...media, ...words, ...keyboard };
}

/** All that can be said of a result at once. Throws a `Refusal`. */
export function checkResult(
  world: World,
  result: CallParams,
): { words: Partial<Message>; keyboard: { reply_markup?: InlineKeyboardMarkup } } {
  const { inline, reply } = readMarkup(result.reply_markup);
  if (reply !== undefined) throw badRequest("inline keyboard expected");
  const keyboard = inline === undefined ? {} : { reply_markup: inline };
  const given = result.input_message_content;
  if (given !== undefined) return { words: inputContent(world, given), keyboard };
  const type = String(result.type);
  const file = files[type];
  if (file !== undefined) {
    const address = addressOf(result, file.prefix);
    if (isFileId(address)) knownMedia(world.files, file.field, address);
    return { words: { ...readCaption(world, result), ...mediaFlags(result) }, keyboard };
  }
  switch (type) {
    case "location":
      return { words: { location: readLocation(result) }, keyboard };
    case "venue":
      return { words: { venue: venueOf(result) }, keyboard };
    case "contact":
      return { words: { contact: readContact(result) }, keyboard };
    case "article":
      throw badRequest("message text is empty");
    default:
      throw notEmulated(`the inline query result ${type}`);
  }
}

function inputContent(world: World, given: unknown): Partial<Message> {
  if (!isRecord(given)) throw badRequest("can't parse inline query result: it must be an Object");
  if (given.message_text !== undefined) {
    return { ...readText(world, given, "message_text"), ...linkPreview(given) };
  }
  if (given.phone_number !== undefined) return { contact: readContact(given) };
  if (given.address !== undefined) return { venue: venueOf(given) };
  if (given.latitude !== undefined) return { location: readLocation(given) };
  if (given.rich_message !== undefined || given.payload !== undefined) {
    throw notEmulated("this kind of InputMessageContent");
  }
  throw badRequest("message text is empty");
}

function venueOf(source: CallParams) {
  const { title, address } = source;
  return { location: readLocation(source), title: String(title), address: String(address) };
}

function addressOf(result: CallParams, prefix: string): string {
  const address = result[`${prefix}_file_id`] ?? result[`${prefix}_url`];
  if (typeof address === "string" && address !== "") return address;
  throw badRequest(`can't parse inline query result: no ${prefix} is specified`);
}

function isFileId(address: string): boolean {
  return !/[.:]/.test(address);
}

function factsOf(result: CallParams, prefix: string) {
  return readFileMetadata({
    duration: result[`${prefix}_duration`],
    width: result[`${prefix}_width`],
    height: result[`${prefix}_height`],
  });
}
