/** The Bot API methods that this server does, by their documented names. */
import type { File, Update, WebhookInfo } from "grammy/types";
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
import { characters } from "./validate.ts";
import { botUser, chatOf, type World } from "./world.ts";

const poll_ms_max = 50_000;
const download_bytes_max = 20 * 1024 * 1024;
const tap_lifetime_ms = 15 * 60 * 1000;

type Implementation = (world: World, call: Call) => unknown;

export const implementations: ReadonlyMap<string, Implementation> = new Map(
  Object.entries({
    getMe,
    getUpdates,
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

async function getUpdates(world: World, call: Call): Promise<Update[]> {
  const { allowed_updates } = call.params;
  if (Array.isArray(allowed_updates)) {
    world.updates.allowed = allowed_updates.filter((kind) => typeof kind === "string");
    world.changed();
  }
  const before = world.updates.pending().length;
  const polling = world.updates.poll({
    offset: call.integer("offset") ?? 0,
    limit: Math.min(Math.max(call.integer("limit") ?? 100, 1), 100),
    timeout_ms: Math.min(Math.max(call.integer("timeout") ?? 0, 0) * 1000, poll_ms_max),
  });
  // What the offset confirmed must not come again after a restart.
  if (world.updates.pending().length !== before) world.changed();
  return await polling;
}

function deleteWebhook(world: World, call: Call): true {
  if (call.flag("drop_pending_updates")) world.updates.drop();
  world.changed();
  return true;
}

function getWebhookInfo(world: World): WebhookInfo {
  const { allowed } = world.updates;
  return {
    url: "",
    has_custom_certificate: false,
    pending_update_count: world.updates.pending().length,
    ...allowed.length > 0 && {
      allowed_updates: [...allowed] as Exclude<keyof Update, "update_id">[],
    },
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
