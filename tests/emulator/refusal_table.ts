/** What the Bot API refuses, in the real server's words, and calls that meet it. */
import { plainPicture } from "./picture_of.ts";
import type { Params } from "./bot_clients.ts";
import type { ChatFixture } from "./chat_fixture.ts";

export type Row = [method: string, params: (fixture: ChatFixture) => Params | Promise<Params>];

const long = "я".repeat(4097);
const button = (given: Params) => ({ inline_keyboard: [[{ text: "Go", ...given }]] });
const anna =
  (params: Params | ((fixture: ChatFixture) => Params)) => (fixture: ChatFixture): Params => ({
    chat_id: fixture.anna.id,
    ...typeof params === "function" ? params(fixture) : params,
  });
const said = (params: Params): Row => ["sendMessage", anna({ text: "hi", ...params })];
const html = (text: string): Row => said({ text, parse_mode: "HTML" });
const marked = (text: string): Row => said({ text, parse_mode: "MarkdownV2" });
const album = (size: number, more: Params = {}): Row => [
  "sendMediaGroup",
  anna(({ picture }) => ({
    media: Array.from({ length: size }, () => ({ type: "document", media: picture })),
    ...more,
  })),
];
const tooOld = "query is too old and response timeout expired or query ID is invalid";
const unchanged = "message is not modified: specified new message content and reply markup are " +
  "exactly the same as a current content and reply markup of the message";

/** By what is said after "Bad Request: ". */
export const badRequests: Record<string, Row[]> = {
  "message text is empty": [said({ text: "" }), said({ text: " \n" }), html("<b></b>")],
  "message is too long": [said({ text: long }), html(`<b>${long}</b>`)],
  "message caption is too long": [
    ["sendDocument", anna(({ picture }) => ({ document: picture, caption: "я".repeat(1025) }))],
  ],
  BUTTON_DATA_INVALID: [
    said({ reply_markup: button({ callback_data: "я".repeat(33) }) }),
    said({ reply_markup: button({ callback_data: "" }) }),
  ],
  "Text buttons are unallowed in the inline keyboard": [said({ reply_markup: button({}) })],
  "reply markup is too long": [
    said({
      reply_markup: {
        inline_keyboard: Array.from({ length: 101 }, () => [{ text: "a", callback_data: "a" }]),
      },
    }),
  ],
  "there are too few messages to send as an album": [album(1)],
  "too many messages to send as an album": [album(11)],
  "reply markup can't be used in an album": [
    album(2, { reply_markup: button({ callback_data: "a" }) }),
  ],
  "Can't use the media of the specified type in the album": [
    [
      "sendMediaGroup",
      anna(({ picture }) => ({
        media: [{ type: "animation", media: picture }, { type: "animation", media: picture }],
      })),
    ],
  ],
  "chat not found": [
    ["sendMessage", () => ({ chat_id: 12345, text: "hi" })],
    ["sendMessage", () => ({ chat_id: "@nobody_here", text: "hi" })],
    ["sendMessage", () => ({ chat_id: -100123, text: "hi" })],
    ["getChat", (fixture) => ({ chat_id: fixture.boris.id })],
    ["getChatMember", () => ({ chat_id: -5, user_id: 5 })],
    ["forwardMessage", anna({ from_chat_id: 12345, message_id: 1 })],
  ],
  "chat_id is empty": [["sendMessage", () => ({ text: "hi" })]],
  "message to edit not found": [
    ["editMessageText", anna({ message_id: 1, text: "hi" })],
    ["editMessageCaption", anna({ message_id: 1, caption: "hi" })],
    ["editMessageReplyMarkup", anna({ message_id: 1 })],
  ],
  "message to delete not found": [["deleteMessage", anna({ message_id: 1 })]],
  "message to copy not found": [
    ["copyMessage", anna((fixture) => ({ from_chat_id: fixture.anna.id, message_id: 1 }))],
  ],
  "message to forward not found": [
    ["forwardMessage", anna((fixture) => ({ from_chat_id: fixture.anna.id, message_id: 1 }))],
  ],
  "message to be replied not found": [said({ reply_parameters: { message_id: 1 } })],
  "message to pin not found": [["pinChatMessage", anna({ message_id: 1 })]],
  "message to unpin not found": [["unpinChatMessage", anna({ message_id: 1 })]],
  "message to react not found": [["setMessageReaction", anna({ message_id: 1 })]],
  "message can't be edited": [
    ["editMessageText", anna(({ said }) => ({ message_id: said.message_id, text: "mine" }))],
  ],
  "there is no text in the message to edit": [
    ["editMessageText", anna(({ photo }) => ({ message_id: photo.message_id, text: "hi" }))],
  ],
  "there is no caption in the message to edit": [
    ["editMessageCaption", anna(({ text }) => ({ message_id: text.message_id, caption: "hi" }))],
  ],
  [unchanged]: [
    [
      "editMessageText",
      anna(({ text }) => ({
        message_id: text.message_id,
        text: "Да?",
        reply_markup: text.reply_markup,
      })),
    ],
    [
      "editMessageCaption",
      anna(({ photo }) => ({
        message_id: photo.message_id,
        caption: "one",
      })),
    ],
  ],
  "message can't be deleted": [
    ["deleteMessage", anna(({ old }) => ({ message_id: old.message_id }))],
    ["deleteMessage", anna(({ oldOwn }) => ({ message_id: oldOwn.message_id }))],
    [
      "deleteMessages",
      anna(({ old, text }) => ({
        message_ids: [text.message_id, old.message_id],
      })),
    ],
  ],
  "Too many message identifiers specified": [
    ["deleteMessages", anna({ message_ids: Array.from({ length: 101 }, (_, i) => i + 1) })],
  ],
  [tooOld]: [
    ["answerCallbackQuery", () => ({ callback_query_id: "12345" })],
    ["answerInlineQuery", () => ({ inline_query_id: "12345", results: [] })],
    ["answerCallbackQuery", async (fixture) => {
      const callback_query_id = await fixture.tap();
      await fixture.api.answerCallbackQuery(callback_query_id);
      return { callback_query_id };
    }],
    ["answerInlineQuery", async (fixture) => {
      const inline_query_id = await fixture.ask();
      await fixture.api.answerInlineQuery(inline_query_id, []);
      return { inline_query_id, results: [] };
    }],
  ],
  "can't parse entities: Can't find end tag corresponding to start tag \"b\"": [html("<b>hi")],
  'can\'t parse entities: Unsupported start tag "x" at byte offset 5': [html("да <x>hi</x>")],
  "can't parse entities: Can't find end of Bold entity at byte offset 3": [marked("hi *there")],
  "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'": [
    marked("hi."),
  ],
  "there is no photo in the request": [["sendPhoto", anna({})], ["sendPhoto", anna({ photo: "" })]],
  "there is no document in the request": [["sendDocument", anna({ document: "attach://none" })]],
  "there is no voice in the request": [["sendVoice", anna({})]],
  "wrong file identifier/HTTP URL specified": [
    ["sendPhoto", anna({ photo: "AgACAgIAAxkBAAIB" })],
  ],
  "wrong remote file identifier specified: Wrong padding in the string": [
    ["sendPhoto", anna({ photo: "not an id!" })],
  ],
  "can't use file of type Document as Photo": [
    ["sendPhoto", anna(({ document }) => ({ photo: document.document.file_id }))],
  ],
  "file_id not specified": [["getFile", () => ({})]],
  "wrong file_id or the file is temporarily unavailable": [[
    "getFile",
    () => ({ file_id: "AgAC" }),
  ]],
  "Wrong HTTP URL specified": [["sendPhoto", anna({ photo: "ftp://example.org/a.png" })]],
  "Failed to get HTTP URL content": [["sendPhoto", anna({ photo: "http://127.0.0.1:1/a.png" })]],
  "Wrong type of the web page content": [
    // The page of the emulator itself: a page, no picture.
    ["sendPhoto", anna(({ emulator }) => ({ photo: `${emulator.root}/` }))],
  ],
  PHOTO_INVALID_DIMENSIONS: [
    ["sendPhoto", async (fixture) => anna({ photo: await plainPicture(210, 10) })(fixture)],
    ["sendPhoto", async (fixture) => anna({ photo: await plainPicture(5001, 5000) })(fixture)],
  ],
  "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes": [
    ["sendPhoto", anna({ photo: new Uint8Array(10_485_761) })],
  ],
  "file is too big": [
    ["getFile", async ({ anna }) => {
      const bytes = new Uint8Array(20 * 1024 * 1024 + 1);
      const about = { file_name: "a.bin", mime_type: "application/octet-stream" };
      const { document } = await anna.in(anna.id).document(bytes, about);
      await anna.remove(anna.messages().at(-1)?.message_id ?? 0);
      return { file_id: document?.file_id };
    }],
  ],
  IMAGE_PROCESS_FAILED: [["sendPhoto", anna({ photo: new Uint8Array(100).fill(7) })]],
  "invalid webhook URL specified": [["setWebhook", () => ({ url: "http://" })]],
  "bad webhook: An HTTPS URL must be provided for webhook": [
    ["setWebhook", () => ({ url: "http://example.org/hook" })],
  ],
  "secret token contains unallowed characters": [
    ["setWebhook", () => ({ url: "https://example.org/hook", secret_token: "я" })],
  ],
  "not enough rights to manage pinned messages in the chat": [
    ["pinChatMessage", async (fixture) => {
      await fixture.anna.in(fixture.supergroup).promote(fixture.emulator.bot.id, false);
      const { message_id } = await fixture.anna.in(fixture.supergroup).say("pin me");
      return { chat_id: fixture.supergroup, message_id };
    }],
  ],
  REACTION_INVALID: [
    [
      "setMessageReaction",
      anna(({ said }) => ({
        message_id: said.message_id,
        reaction: [{ type: "emoji", emoji: "🍄" }],
      })),
    ],
  ],
  "user not found": [["getChatMember", (fixture) => ({ chat_id: fixture.group, user_id: 5 })]],
  "there are no administrators in the private chat": [["getChatAdministrators", anna({})]],
  RESULT_ID_DUPLICATE: [
    ["answerInlineQuery", async (fixture) => {
      const content = { message_text: "hi" };
      const result = { type: "article", id: "1", title: "t", input_message_content: content };
      return { inline_query_id: await fixture.ask(), results: [result, result] };
    }],
  ],
  "wrong parameter action in request": [
    ["sendChatAction", anna({ action: "dancing" })],
    ["sendChatAction", anna({})],
  ],
  URL_INVALID: [
    ["answerCallbackQuery", async (fixture) => ({
      callback_query_id: await fixture.tap(),
      url: "https://example.org",
    })],
  ],
  "latitude is empty": [["sendLocation", anna({ longitude: 3 })]],
};
