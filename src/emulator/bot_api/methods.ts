/** The Bot API methods that this server does, by their documented names. */
import type { File } from "grammy/types";
import type { MediaField } from "../files/media.ts";
import { badRequest } from "../model/refusal.ts";
import { botUser, type World } from "../world/world.ts";
import { answerCallbackQuery, answerInlineQuery } from "./answer.ts";
import type { Call } from "./call.ts";
import {
  getChat,
  getChatAdministrators,
  getChatMember,
  getChatMemberCount,
} from "./chat_methods.ts";
import {
  deleteMessage,
  deleteMessages,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
} from "./edit.ts";
import { copyMessage, forwardMessage } from "./forward_copy.ts";
import { pinChatMessage, setMessageReaction, unpinChatMessage } from "./pin_react.ts";
import {
  deleteMyCommands,
  getMyCommands,
  getProfile,
  setMyCommands,
  setProfile,
} from "./profile.ts";
import {
  sendChatAction,
  sendContact,
  sendDice,
  sendLocation,
  sendMedia,
  sendMediaGroup,
  sendMessage,
} from "./send.ts";
import {
  close,
  deleteWebhook,
  getUpdates,
  getWebhookInfo,
  logOut,
  setWebhook,
} from "./update_methods.ts";

const download_bytes_max = 20 * 1024 * 1024;

type Implementation = (world: World, call: Call) => unknown;

const media = (field: MediaField): Implementation => (world, call) => sendMedia(world, call, field);
const profile = (field: string): Implementation => (world, call) => setProfile(world, call, field);
const told = (field: string): Implementation => (world, call) => getProfile(world, call, field);

/** By name; each gives the `result` of its answer, or throws a `Refusal`. */
export const implementations: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    getMe,
    logOut,
    close,
    getUpdates,
    setWebhook,
    deleteWebhook,
    getWebhookInfo,
    setMyCommands,
    getMyCommands,
    deleteMyCommands,
    setMyName: profile("name"),
    setMyDescription: profile("description"),
    setMyShortDescription: profile("short_description"),
    getMyName: told("name"),
    getMyDescription: told("description"),
    getMyShortDescription: told("short_description"),
    getChat,
    getChatMember,
    getChatMemberCount,
    getChatAdministrators,
    sendMessage,
    sendPhoto: media("photo"),
    sendDocument: media("document"),
    sendVoice: media("voice"),
    sendAudio: media("audio"),
    sendVideo: media("video"),
    sendAnimation: media("animation"),
    sendMediaGroup,
    sendLocation,
    sendContact,
    sendDice,
    sendChatAction,
    forwardMessage,
    copyMessage,
    editMessageText,
    editMessageCaption,
    editMessageMedia,
    editMessageReplyMarkup,
    deleteMessage,
    deleteMessages,
    answerCallbackQuery,
    answerInlineQuery,
    pinChatMessage,
    unpinChatMessage,
    setMessageReaction,
    getFile,
  }),
);

function getMe(world: World) {
  const { can_join_groups, can_read_all_group_messages, supports_inline_queries } = world.bot;
  const { has_topics_enabled } = world.bot;
  return {
    ...botUser(world.bot),
    can_join_groups,
    can_read_all_group_messages,
    supports_inline_queries,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: has_topics_enabled ?? false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
  };
}

function getFile(world: World, call: Call): File {
  if (call.text("file_id") === "") throw badRequest("file_id not specified");
  const file = world.files.find(call.text("file_id"));
  if (file === undefined || file.refused === true) {
    throw badRequest("wrong file_id or the file is temporarily unavailable");
  }
  const { file_id, file_unique_id, file_size } = file;
  if (world.local) {
    return {
      file_id,
      file_unique_id,
      file_size,
      file_path: world.files.placeOf(file, world.token),
    };
  }
  if (file_size > download_bytes_max) throw badRequest("file is too big");
  const { file_path } = file;
  return { file_id, file_unique_id, file_size, file_path };
}
