/** The Bot API methods that this server does, by their documented names. */
import type { File } from "grammy/types";
import type { Call } from "./call.ts";
import {
  deleteMessage,
  deleteMessages,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
} from "./edit.ts";
import { deleteMyCommands, getMyCommands, setMyCommands, setProfile } from "./profile.ts";
import { badRequest } from "./refusal.ts";
import {
  knownChat,
  sendChatAction,
  sendDocument,
  sendMediaGroup,
  sendMessage,
  sendPhoto,
} from "./send.ts";
import {
  close,
  deleteWebhook,
  getUpdates,
  getWebhookInfo,
  logOut,
  setWebhook,
} from "./update_methods.ts";
import { characters } from "./validate.ts";
import { botUser, chatOf, type World } from "./world.ts";

const download_bytes_max = 20 * 1024 * 1024;
const tap_lifetime_ms = 15 * 60 * 1000;

type Implementation = (world: World, call: Call) => unknown;

export const implementations: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    getMe,
    logOut,
    close,
    getUpdates,
    setWebhook,
    deleteWebhook,
    getWebhookInfo,
    getChat,
    getFile,
    sendMessage,
    sendPhoto,
    sendDocument,
    sendMediaGroup,
    sendChatAction,
    editMessageText,
    editMessageCaption,
    editMessageMedia,
    editMessageReplyMarkup,
    deleteMessage,
    deleteMessages,
    answerCallbackQuery,
    setMyCommands,
    getMyCommands,
    deleteMyCommands,
    setMyName: (world: World, call: Call) => setProfile(world, call, "name"),
    setMyDescription: (world: World, call: Call) => setProfile(world, call, "description"),
    setMyShortDescription: (world: World, call: Call) =>
      setProfile(world, call, "short_description"),
  }),
);

function getMe(world: World) {
  return {
    ...botUser(world.bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
  };
}

function getChat(world: World, call: Call) {
  const chat = knownChat(world, call);
  // A bot may look at those only who have written to it.
  if (!chat.started) throw badRequest("chat not found");
  const gifts = {
    unlimited_gifts: true,
    limited_gifts: true,
    unique_gifts: true,
    premium_subscription: true,
    gifts_from_channels: true,
  };
  const { username } = chat.person;
  return {
    ...chatOf(chat.person),
    ...username !== undefined && { active_usernames: [username] },
    accent_color_id: chat.person.id % 7,
    max_reaction_count: 11,
    accepted_gift_types: gifts,
  };
}

function getFile(world: World, call: Call): File {
  const file = world.files.find(call.text("file_id"));
  if (file === undefined || file.refused === true) {
    throw badRequest("wrong file_id or the file is temporarily unavailable");
  }
  if (file.file_size > download_bytes_max) throw badRequest("file is too big");
  const { file_id, file_unique_id, file_size, file_path } = file;
  return { file_id, file_unique_id, file_size, file_path };
}

/** Once only, and not for ever: the phone stops waiting. */
function answerCallbackQuery(world: World, call: Call): true {
  const text = call.text("text");
  const tap = world.taps.get(call.text("callback_query_id"));
  if (
    tap === undefined || tap.answered || world.now_ms() - tap.at > tap_lifetime_ms
  ) {
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  }
  if (characters(text, 200) > 200) throw badRequest("MESSAGE_TOO_LONG");
  tap.answered = true;
  const { person, message_id, id } = tap;
  if (text !== "") {
    tap.toast = { text, alert: call.flag("show_alert") };
    world.happenings.tell({ name: "toast", person, ...tap.toast });
  }
  world.happenings.tell({ name: "answered", person, callback_query_id: id, message_id });
  world.changed();
  return true;
}
