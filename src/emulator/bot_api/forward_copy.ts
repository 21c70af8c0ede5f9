/** The methods that send again what was sent: forwardMessage, copyMessage. */
import type { Message, MessageId } from "grammy/types";
import { mediaFields } from "../files/media.ts";
import { contentOf, originOf } from "../model/message_content.ts";
import { badRequest } from "../model/refusal.ts";
import { isServiceMessage } from "../world/message_updates.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { mediaFlags, readCaption } from "./content.ts";
import { postBotMessage } from "./post_bot_message.ts";
import { readMarkup } from "./markup.ts";
import { messageId, messageIn, openChat, readableChat } from "./place.ts";

export function forwardMessage(world: World, call: Call): Message {
  const found = source(world, call, "forward");
  const { via_bot } = found;
  return postBotMessage(world, call, {
    forward_origin: originOf(found),
    ...via_bot !== undefined && { via_bot },
    ...contentOf(found),
  }, {});
}

/** Says nothing of where it comes from; a caption, even an empty one, takes the old one's place. */
export function copyMessage(world: World, call: Call): MessageId {
  const found = source(world, call, "copy");
  const { caption, caption_entities, ...content } = contentOf(found);
  const markup = readMarkup(call.params.reply_markup);
  const isMedia = mediaFields.some((field) => content[field] !== undefined);
  const words = isMedia && call.params.caption !== undefined
    ? { ...readCaption(world, call.params), ...mediaFlags(call.params) }
    : {
      ...caption !== undefined && { caption },
      ...caption_entities !== undefined && { caption_entities },
    };
  const { message_id } = postBotMessage(world, call, { ...content, ...words }, markup);
  return { message_id };
}

function source(world: World, call: Call, purpose: "forward" | "copy"): Message {
  openChat(world, call);
  const from = readableChat(world, call, "from_chat_id");
  const message = messageIn(from, messageId(call), purpose);
  if (isServiceMessage(message) || message.has_protected_content === true) {
    throw badRequest(`message can't be ${purpose === "copy" ? "copied" : "forwarded"}`);
  }
  return message;
}
