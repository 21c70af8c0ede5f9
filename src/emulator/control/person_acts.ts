/** What a person can be made to do through the control API: `POST people/<id>/<act>`. */
import type { ChatPermissions, Message } from "grammy/types";
import { type MediaField, mediaFields } from "../files/media.ts";
import { type ChatActor, isShared } from "../model/chat.ts";
import { allPermissions } from "../model/permissions.ts";
import type { OtherKind } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import {
  forward,
  say,
  sendContact,
  sendDice,
  sendDocuments,
  sendLocation,
  sendMedia,
  sendOther,
  sendPhotos,
  start,
} from "../people/acts.ts";
import { askInline, chooseInline } from "../people/inline.ts";
import {
  addMember,
  deactivate,
  join,
  leave,
  migrate,
  permit,
  promote,
  removeMember,
  setBlocked,
  setTitle,
} from "../people/membership.ts";
import { edit, pin, react, remove, unpin } from "../people/person_edit.ts";
import { scan, tap } from "../people/tap.ts";
import { closeTopic, deleteTopic, discussIn, openTopic } from "../people/topics.ts";
import { chatView } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import type { ControlBody } from "./control_body.ts";

type Act = (world: World, at: ChatActor, body: ControlBody) => unknown;

/** By name; each answers what the control API answers. */
export const acts: ReadonlyMap<string, Act> = new Map<string, Act>(Object.entries({
  say: (world, at, body) => ({ message: say(world, at, body.text("text"), replyOf(body)) }),
  start: (world, at, body) => ({ message: start(world, at, body.textIf("payload")) }),
  photo: (world, at, body) => sendFiles(world, at, body, body.wordIf("as", mediaFields) ?? "photo"),
  album: (world, at, body) => sendFiles(world, at, body, "photo"),
  document: (world, at, body) => sendFiles(world, at, body, "document"),
  voice: (world, at, body) => sendFiles(world, at, body, "voice"),
  audio: (world, at, body) => sendFiles(world, at, body, "audio"),
  video: (world, at, body) => sendFiles(world, at, body, "video"),
  animation: (world, at, body) => sendFiles(world, at, body, "animation"),
  location: (world, at, body) => ({
    message: sendLocation(world, at, {
      latitude: body.number("latitude"),
      longitude: body.number("longitude"),
    }),
  }),
  contact: (world, at, body) => ({ message: sendContact(world, at, contactOf(at, body)) }),
  dice: (world, at, body) => ({ message: sendDice(world, at, body.textIf("emoji")) }),
  other: async (world, at, body) => ({
    message: await sendOther(world, at, body.word("kind", kinds)),
  }),
  tap: (world, at, body) => ({
    callback_query_id: tap(world, at, body.integer("message_id"), body.text("data")),
  }),
  scan: (world, at, body) => scan(world, at, body.text("file_id")),
  inline: (world, at, body) => ({
    inline_query_id: askInline(world, at, body.text("query"), body.textIf("offset")),
  }),
  choose: async (world, at, body) => ({
    message: await chooseInline(world, at, body.text("inline_query_id"), body.text("result_id")),
  }),
  edit: (world, at, body) => ({
    message: edit(world, at, body.integer("message_id"), body.text("text")),
  }),
  delete: (world, at, body) => {
    const one = body.integerIf("message_id");
    remove(world, at, one === undefined ? body.integers("message_ids") : [one]);
    return {};
  },
  forward: (world, at, body) => {
    const from = body.integerIf("from_chat") ?? at.person.id;
    return { message: forward(world, at, from, body.integer("message_id")) };
  },
  react: (world, at, body) => {
    const one = body.textIf("emoji");
    const emojis = one === undefined ? body.texts("emojis") : [one];
    react(world, at, body.integer("message_id"), emojis);
    return {};
  },
  pin: (world, at, body) => (pin(world, at, body.integer("message_id")), {}),
  unpin: (world, at, body) => (unpin(world, at, body.integer("message_id")), {}),
  leave: (world, at) => (leave(world, at), {}),
  add: (world, at, body) => {
    const status = body.flagIf("administrator") === true ? "administrator" : "member";
    addMember(world, at, body.integer("user"), status);
    return viewOf(world, at);
  },
  remove: (world, at, body) => (removeMember(world, at, body.integer("user")), viewOf(world, at)),
  promote: (world, at, body) => {
    promote(world, at, body.integer("user"), body.flagIf("administrator") ?? true);
    return viewOf(world, at);
  },
  permit: (world, at, body) => {
    permit(world, at, permissionsOf(body));
    return viewOf(world, at);
  },
  topic: (world, at, body) => ({ thread: openTopic(world, at, body.text("name")) }),
  close_topic: (world, at, body) => {
    closeTopic(world, at, body.integerIf("thread"), body.flagIf("closed"));
    return {};
  },
  delete_topic: (world, at, body) => (deleteTopic(world, at, body.integer("thread")), {}),
  discuss_in: (world, at, body) => (discussIn(world, at, body.integer("group")), {}),
  migrate: (world, at) => chatView(world, migrate(world, at), at.person.id),
  title: (world, at, body) => (setTitle(world, at, body.text("title")), viewOf(world, at)),
  deactivate: (world, { person }) => (deactivate(world, person), person),
  block: (world, at) => setBlockedOf(world, at, true),
  unblock: (world, at) => setBlockedOf(world, at, false),
}));

function permissionsOf(body: ControlBody): ChatPermissions {
  const names = Object.keys(allPermissions) as (keyof typeof allPermissions)[];
  const given = names.map((name) => [name, body.flagIf(name)] as const);
  return Object.fromEntries(given.filter(([, may]) => may !== undefined));
}

/** Enters a chat that the person does not see yet. */
export function enterChat(world: World, person_id: number, body: ControlBody): unknown {
  const { person } = world.privateChat(person_id);
  const chat = world.chats.get(body.integer("chat"));
  if (chat === undefined || !isShared(chat)) {
    throw new PersonError(`Cannot find the chat ${body.integer("chat")}`, 404);
  }
  join(world, person, chat);
  return chatView(world, chat, person.id);
}

const kinds: readonly OtherKind[] = ["sticker", "voice", "location", "contact", "video"];

function replyOf(body: ControlBody) {
  const where = { thread: body.integerIf("thread"), as: body.integerIf("as_chat") };
  return { reply_to: body.integerIf("reply_to"), quote: body.textIf("quote"), ...where };
}

async function sendFiles(
  world: World,
  at: ChatActor,
  body: ControlBody,
  as: MediaField,
): Promise<{ messages: Message[] }> {
  const { uploads } = body;
  const options = { ...replyOf(body), caption: body.textIf("caption") };
  if (as === "photo") {
    const pictures = uploads.map(({ bytes }) => bytes);
    return { messages: await sendPhotos(world, at, pictures, options) };
  }
  if (as === "document") return { messages: await sendDocuments(world, at, uploads, options) };
  const [upload, ...more] = uploads;
  if (upload === undefined || more.length > 0) {
    throw new PersonError(`Cannot send ${uploads.length} files as ${as}: expected 1`);
  }
  const duration = body.integerIf("duration");
  const facts = { ...options, ...duration !== undefined && { duration } };
  return { messages: [await sendMedia(world, at, as, upload, facts)] };
}

/** A contact card; the person's own unless told. */
function contactOf({ person }: ChatActor, body: ControlBody) {
  const own = body.textIf("first_name") === undefined;
  const last_name = body.textIf("last_name") ?? (own ? person.last_name : undefined);
  const user_id = body.integerIf("user_id") ?? (own ? person.id : undefined);
  return {
    phone_number: body.textIf("phone_number") ?? "+70000000000",
    first_name: body.textIf("first_name") ?? person.first_name,
    ...last_name !== undefined && { last_name },
    ...user_id !== undefined && { user_id },
  };
}

function viewOf(world: World, { chat, person }: ChatActor) {
  return chatView(world, chat, person.id);
}

function setBlockedOf(world: World, { person }: ChatActor, blocked: boolean) {
  setBlocked(world, world.privateChat(person.id), blocked);
  return person;
}
