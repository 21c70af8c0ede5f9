/** What a person can be made to do through the control API: `POST people/<id>/<act>`. */
import type { Message } from "grammy/types";
import { type MediaField, mediaFields } from "../files/media.ts";
import { type At, isShared } from "../model/chat.ts";
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
  promote,
  removeMember,
  setBlocked,
  setTitle,
} from "../people/membership.ts";
import { edit, pin, react, remove, unpin } from "../people/person_edit.ts";
import { scan, tap } from "../people/tap.ts";
import { chatView } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import type { Given } from "./given.ts";

type Act = (world: World, at: At, given: Given) => unknown;

/** By name; each answers what the control API answers. */
export const acts: ReadonlyMap<string, Act> = new Map<string, Act>(Object.entries({
  say: (world, at, given) => ({ message: say(world, at, given.text("text"), replyOf(given)) }),
  start: (world, at, given) => ({ message: start(world, at, given.textIf("payload")) }),
  photo: (world, at, given) =>
    sendFiles(world, at, given, given.wordIf("as", mediaFields) ?? "photo"),
  album: (world, at, given) => sendFiles(world, at, given, "photo"),
  document: (world, at, given) => sendFiles(world, at, given, "document"),
  voice: (world, at, given) => sendFiles(world, at, given, "voice"),
  audio: (world, at, given) => sendFiles(world, at, given, "audio"),
  video: (world, at, given) => sendFiles(world, at, given, "video"),
  animation: (world, at, given) => sendFiles(world, at, given, "animation"),
  location: (world, at, given) => ({
    message: sendLocation(world, at, {
      latitude: given.number("latitude"),
      longitude: given.number("longitude"),
    }),
  }),
  contact: (world, at, given) => ({ message: sendContact(world, at, contactOf(at, given)) }),
  dice: (world, at, given) => ({ message: sendDice(world, at, given.textIf("emoji")) }),
  other: async (world, at, given) => ({
    message: await sendOther(world, at, given.word("kind", kinds)),
  }),
  tap: (world, at, given) => ({
    callback_query_id: tap(world, at, given.integer("message_id"), given.text("data")),
  }),
  scan: (world, at, given) => scan(world, at, given.text("file_id")),
  inline: (world, at, given) => ({
    inline_query_id: askInline(world, at, given.text("query"), given.textIf("offset")),
  }),
  choose: async (world, at, given) => ({
    message: await chooseInline(world, at, given.text("inline_query_id"), given.text("result_id")),
  }),
  edit: (world, at, given) => ({
    message: edit(world, at, given.integer("message_id"), given.text("text")),
  }),
  delete: (world, at, given) => {
    const one = given.integerIf("message_id");
    remove(world, at, one === undefined ? given.integers("message_ids") : [one]);
    return {};
  },
  forward: (world, at, given) => {
    const from = given.integerIf("from_chat") ?? at.person.id;
    return { message: forward(world, at, from, given.integer("message_id")) };
  },
  react: (world, at, given) => {
    const one = given.textIf("emoji");
    const emojis = one === undefined ? given.texts("emojis") : [one];
    react(world, at, given.integer("message_id"), emojis);
    return {};
  },
  pin: (world, at, given) => (pin(world, at, given.integer("message_id")), {}),
  unpin: (world, at, given) => (unpin(world, at, given.integer("message_id")), {}),
  leave: (world, at) => (leave(world, at), {}),
  add: (world, at, given) => {
    const status = given.flagIf("administrator") === true ? "administrator" : "member";
    addMember(world, at, given.integer("user"), status);
    return viewOf(world, at);
  },
  remove: (world, at, given) => (removeMember(world, at, given.integer("user")), viewOf(world, at)),
  promote: (world, at, given) => {
    promote(world, at, given.integer("user"), given.flagIf("administrator") ?? true);
    return viewOf(world, at);
  },
  migrate: (world, at) => chatView(world, migrate(world, at), at.person.id),
  title: (world, at, given) => (setTitle(world, at, given.text("title")), viewOf(world, at)),
  deactivate: (world, { person }) => (deactivate(world, person), person),
  block: (world, at) => setBlockedOf(world, at, true),
  unblock: (world, at) => setBlockedOf(world, at, false),
}));

/** Enters a chat that the person does not see yet. */
export function enter(world: World, person_id: number, given: Given): unknown {
  const { person } = world.privateChat(person_id);
  const chat = world.chats.get(given.integer("chat"));
  if (chat === undefined || !isShared(chat)) {
    throw new PersonError(`Cannot find the chat ${given.integer("chat")}`, 404);
  }
  join(world, person, chat);
  return chatView(world, chat, person.id);
}

const kinds: readonly OtherKind[] = ["sticker", "voice", "location", "contact", "video"];

function replyOf(given: Given) {
  return { reply_to: given.integerIf("reply_to"), quote: given.textIf("quote") };
}

async function sendFiles(
  world: World,
  at: At,
  given: Given,
  as: MediaField,
): Promise<{ messages: Message[] }> {
  const { uploads } = given;
  const options = { ...replyOf(given), caption: given.textIf("caption") };
  if (as === "photo") {
    const pictures = uploads.map(({ bytes }) => bytes);
    return { messages: await sendPhotos(world, at, pictures, options) };
  }
  if (as === "document") return { messages: await sendDocuments(world, at, uploads, options) };
  const [upload, ...more] = uploads;
  if (upload === undefined || more.length > 0) {
    throw new PersonError(`Cannot send ${uploads.length} files as ${as}: expected 1`);
  }
  const duration = given.integerIf("duration");
  const facts = { ...options, ...duration !== undefined && { duration } };
  return { messages: [await sendMedia(world, at, as, upload, facts)] };
}

/** A card of somebody; one's own unless told. */
function contactOf({ person }: At, given: Given) {
  const own = given.textIf("first_name") === undefined;
  const last_name = given.textIf("last_name") ?? (own ? person.last_name : undefined);
  const user_id = given.integerIf("user_id") ?? (own ? person.id : undefined);
  return {
    phone_number: given.textIf("phone_number") ?? "+70000000000",
    first_name: given.textIf("first_name") ?? person.first_name,
    ...last_name !== undefined && { last_name },
    ...user_id !== undefined && { user_id },
  };
}

function viewOf(world: World, { chat, person }: At) {
  return chatView(world, chat, person.id);
}

function setBlockedOf(world: World, { person }: At, blocked: boolean) {
  setBlocked(world, world.privateChat(person.id), blocked);
  return person;
}
