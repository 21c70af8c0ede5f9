import { assert, assertEquals, assertNotMatch } from "@std/assert";
import fc from "fast-check";
import type { Input } from "../../machines/flow/input.ts";
import { readUpdate } from "../../src/telegram/read_update.ts";
import {
  anna,
  bot,
  group,
  membershipUpdate,
  messageUpdate,
  page,
  photoSize,
  tapUpdate,
} from "./updates.ts";

const read = (update: unknown) => readUpdate(update, bot);

/** The input in a message, or null where it is ignored. */
function inputOf(message: Record<string, unknown>): Input | null {
  const update = read(messageUpdate(message));
  if (update.is !== "heard") return null;
  const { message: _, ...input } = { message: 0, ...update.input };
  return input;
}

Deno.test("an update says who did it, and where", () => {
  assertEquals(read(messageUpdate({ text: "привет" })), {
    is: "heard",
    update_id: 5,
    from: {
      telegram_id: anna.id,
      names: { first_name: "Анна", last_name: null, username: "anna" },
      language: "ru",
    },
    chat: { id: anna.id, private: true },
    place: {},
    input: { kind: "text", text: "привет", message: 9 },
    tap: null,
    read_only: null,
  });
});

Deno.test("a command is read with its argument, in any case, addressed or not", () => {
  const command = (name: string, argument = "") => ({ kind: "command", name, argument } as const);
  assertEquals(inputOf({ text: "/start" }), command("start"));
  assertEquals(inputOf({ text: "/Start  v_ABC " }), command("start", "v_ABC"));
  assertEquals(inputOf({ text: "/start@AMANITA_BOT c_7" }), command("start", "c_7"));
  assertEquals(inputOf({ text: "/help\nme" }), command("help", "me"));
  assertEquals(inputOf({ text: "/start@other_bot" }), null);
  assertEquals(inputOf({ text: "/ start" }), { kind: "text", text: "/ start" });
  assertEquals(inputOf({ text: "/старт" }), { kind: "text", text: "/старт" });
  assertEquals(inputOf({ text: "not /start" }), { kind: "text", text: "not /start" });
});

Deno.test("a text comes whole, without NUL, halves of characters and what is too long", () => {
  assertEquals(inputOf({ text: "a\0b\uD800c" }), { kind: "text", text: "ab\uFFFDc" });
  const long = inputOf({ text: `${"x".repeat(4095)}🍄` });
  assertEquals(long, { kind: "text", text: "x".repeat(4095) });
});

Deno.test("the largest size of a photo is taken, with its album", () => {
  const photo = [photoSize("small", 90), photoSize("large", 1280), photoSize("middle", 320)];
  const file = { file_id: "large", unique_id: "large-u", size: 12800 };
  assertEquals(inputOf({ photo }), { kind: "photo", file, album: null });
  assertEquals(inputOf({ photo, caption: "Море", media_group_id: "77" }), {
    kind: "photo",
    file,
    album: "77",
    caption: "Море",
  });
});

Deno.test("a file is an image by its type or its name", () => {
  const file = { file_id: "f", file_unique_id: "u" };
  const image = { kind: "image_file", file: { file_id: "f", unique_id: "u", size: null } } as const;
  const document = (about: Record<string, string>) => inputOf({ document: { ...file, ...about } });
  assertEquals(document({ mime_type: "image/png" }), { ...image, album: null });
  assertEquals(document({ file_name: "Море.JPEG" }), { ...image, album: null });
  assertEquals(document({ mime_type: "application/pdf", file_name: "a.pdf" }), {
    kind: "other",
    what: "document",
  });
  assertEquals(document({}), { kind: "other", what: "document" });
});

for (
  const what of [
    "sticker",
    "voice",
    "video",
    "video_note",
    "audio",
    "animation",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "checklist",
    "paid_media",
  ]
) {
  Deno.test(`a message of the kind ${what} is heard by that name`, () => {
    assertEquals(inputOf({ [what]: { any: 1 } }), { kind: "other", what });
  });
}

Deno.test("kinds that come with an older kind beside them are heard by their own name", () => {
  const document = { file_id: "f", file_unique_id: "u", mime_type: "video/mp4" };
  assertEquals(inputOf({ animation: {}, document }), { kind: "other", what: "animation" });
  assertEquals(inputOf({ venue: {}, location: {} }), { kind: "other", what: "location" });
});

const editedUpdate = ({ message, ...update }: ReturnType<typeof messageUpdate>) => ({
  ...update,
  edited_message: message,
});

Deno.test("a message that was changed says so, where its words may have changed", () => {
  const edited = (message: Record<string, unknown>) => {
    const update = read(editedUpdate(messageUpdate(message)));
    return update.is === "heard" ? update.input : null;
  };
  assertEquals(edited({ text: "привет" }), {
    ...{ kind: "text", text: "привет", message: 9, edited: true },
  });
  assertEquals(edited({ voice: {}, caption: "код" }), {
    ...{ kind: "other", what: "voice", caption: "код", message: 9, edited: true },
  });
  assertEquals(edited({ location: {} }), null);
  assertEquals(edited({ poll: {} }), null);
  assertEquals(edited({ text: "привет", chat: group }), null);
});

Deno.test("links to codes come with words, captions and buttons, and quotes that were chosen", () => {
  const url = "https://t.me/amanita_bot?start=v_ABC";
  const entities = [{ type: "text_link", url }, { type: "text_link", url: "https://example.org" }];
  const links = [url];
  assertEquals(inputOf({ text: "тут", entities }), { kind: "text", text: "тут", links });
  assertEquals(inputOf({ voice: {}, caption: "тут", caption_entities: entities }), {
    ...{ kind: "other", what: "voice", caption: "тут", links },
  });
  const reply_markup = { inline_keyboard: [[{ text: "Проверить", url }]] };
  assertEquals(inputOf({ text: "тут", reply_markup }), { kind: "text", text: "тут", links });
  const quote = { text: "сюда", position: 0, is_manual: true };
  assertEquals(inputOf({ text: "тут", quote }), { kind: "text", text: "тут", quote: "сюда" });
  assertEquals(inputOf({ text: "тут", quote: { ...quote, is_manual: false } }), {
    ...{ kind: "text", text: "тут" },
  });
});

Deno.test("a tap carries its action, or none where the button is none of ours", () => {
  const tapped = read(tapUpdate({ data: "1:look:12" }));
  assert(tapped.is === "heard");
  assertEquals(tapped.input, { kind: "tap", action: { do: "look", number: 12 } });
  assertEquals(tapped.tap, { query_id: "42", message_id: 9 });
  assertEquals(tapped.read_only, null);
  const foreign = read(tapUpdate({ data: "vote" }));
  assertEquals(foreign.is === "heard" && foreign.input, { kind: "tap", action: null });
});

Deno.test("a tap that is read-only is told apart, and has no action", () => {
  const tapped = read(tapUpdate({ data: "1:page:1:a" }));
  assert(tapped.is === "heard");
  assertEquals(tapped.read_only, page);
  assertEquals(tapped.input, { kind: "tap", action: null });
});

Deno.test("a tap without its message is answered in private", () => {
  const tapped = read(tapUpdate({ message: undefined, data: "1:list" }));
  assert(tapped.is === "heard");
  assertEquals(tapped.chat, { id: anna.id, private: true });
  assertEquals(tapped.tap, { query_id: "42", message_id: null });
});

Deno.test("blocking and unblocking change who can be reached", () => {
  const reachable = (status: string) => {
    const update = read(membershipUpdate(status));
    return update.is === "reachable" ? update.reachable : null;
  };
  assertEquals(reachable("member"), true);
  assertEquals(reachable("kicked"), false);
  assertEquals(read(membershipUpdate("left", group)).is, "ignored");
});

Deno.test("in groups only the bot's own commands and taps are heard", () => {
  assertEquals(inputOf({ chat: group, text: "/help@amanita_bot" })?.kind, "command");
  assertEquals(inputOf({ chat: group, text: "/help" }), null);
  assertEquals(inputOf({ chat: group, text: "привет" }), null);
  assertEquals(inputOf({ chat: group, photo: [photoSize("p", 90)] }), null);
  const message = { message_id: 9, date: 0, chat: group };
  const tapped = read(tapUpdate({ message, data: "1:list" }));
  assertEquals(tapped.is === "heard" && tapped.chat, { id: group.id, private: false });
});

Deno.test("bots, channels and service messages are not heard", () => {
  assertEquals(inputOf({ from: { ...anna, is_bot: true }, text: "hi" }), null);
  assertEquals(inputOf({ from: undefined, text: "hi" }), null);
  assertEquals(inputOf({ chat: { id: -1, type: "channel" }, text: "hi" }), null);
  for (const service of ["new_chat_members", "pinned_message", "connected_website"]) {
    assertEquals(inputOf({ [service]: {} }), null);
  }
});

Deno.test("a malformed update is ignored, with a reason that quotes nothing", () => {
  const ignored = read(messageUpdate({ from: { ...anna, id: "секрет" }, text: "тайна" }));
  assert(ignored.is === "ignored");
  assertEquals(ignored.update_id, 5);
  assertEquals(ignored.reason, "malformed: message.from.id invalid_type");
  assertEquals(read({ edited_message: {} }).is, "ignored");
  assertEquals(read({ update_id: 1, poll: {} }).is, "ignored");
});

Deno.test("no update whatever makes the reader throw or quote it in a log", () => {
  const part = fc.anything({ maxDepth: 3, withNullPrototype: true });
  const field = fc.constantFrom("text", "photo", "document", "from", "chat", "media_group_id");
  const message = fc.dictionary(field, part).map(messageUpdate);
  const query = fc.dictionary(fc.constantFrom("id", "from", "message", "data"), part);
  fc.assert(fc.property(fc.oneof(part, message, query.map(tapUpdate)), (update) => {
    const heard = read(update);
    if (heard.is !== "ignored") return;
    assertNotMatch(heard.reason, /[^\x20-\x7e]/);
  }));
});

Deno.test("every text that is heard is fit for a database", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 5000 }), (text) => {
    const input = inputOf({ text });
    const heard = input?.kind === "text" ? input.text : "";
    assert(heard.isWellFormed() && !heard.includes("\0") && heard.length <= 4096);
  }));
});
