import { assert, assertEquals } from "@std/assert";
import { type Method, methods, type Shape, types } from "../../src/emulator/schema/field_table.ts";
import { botApiTable } from "../../src/emulator/schema/generate_bot_api.ts";
import { Upload } from "../../src/emulator/model/upload.ts";
import { checkCall, checkObject } from "../../src/emulator/schema/validate.ts";

const named = (name: string): Method => {
  const method = methods.get(name.toLowerCase());
  assert(method !== undefined, name);
  return method;
};

Deno.test("field table holds Bot API 10.3: 185 methods and 446 types", () => {
  assertEquals([methods.size, types.size], [185, 446]);
});

Deno.test("field table names no type that it does not hold", () => {
  const primitive = ["String", "Number", "Boolean", "InputFile", "Blob", "Any"];
  const known = (shape: Shape): boolean => {
    if (shape.kind === "name") return types.has(shape.name) || primitive.includes(shape.name);
    if (shape.kind === "array") return known(shape.of);
    return shape.kind === "literal" || shape.of.every(known);
  };
  for (const { name, returns, fields } of methods.values()) {
    assert(known(returns), `${name} returns`);
    for (const [field, { shape }] of fields) assert(known(shape), `${name}.${field}`);
  }
  for (const [name, type] of types) {
    const shapes = type instanceof Map ? [...type.values()].map(({ shape }) => shape) : [];
    assert(shapes.every(known), name);
  }
});

Deno.test("field table is generated from declarations", () => {
  const objects = `
    /** Based on Bot API v10.3 */
    export interface TelegramUpdate { update_id: number; message?: TelegramMessage }
    export interface TelegramMessage { text?: string }
    export type TelegramKind = "a" | "b"`;
  const params = `
    export type SendAction = "typing" | "upload_photo"
    export interface SendParams {
      /** Text, 1-4096 characters after entities parsing */
      text: string
      /** Data, 1-64 bytes */
      data?: string
      action: SendAction
      allowed?: Exclude<keyof Objects.TelegramUpdate, "update_id">[]
      markup?: Objects.TelegramMessage | { toString(): string }
    }`;
  const api = `
    export interface APIMethods {
      send: CallAPI<Params.SendParams, Objects.TelegramMessage[]>
      close: CallAPIWithoutParams<true>
    }`;
  assertEquals(botApiTable(api, params, objects), {
    version: "10.3",
    methods: {
      send: {
        returns: "Message[]",
        fields: {
          text: "String {1..4096}",
          "data?": "String {1..64 bytes}",
          action: "'typing' | 'upload_photo'",
          "allowed?": "'message'[]",
          "markup?": "Message | String",
        },
      },
      close: { returns: "True", fields: {} },
    },
    types: {
      Update: { update_id: "Number", "message?": "Message" },
      Message: { "text?": "String" },
      Kind: "'a' | 'b'",
    },
  });
});

Deno.test("check of a call finds unknown and missing fields and wrong types", () => {
  assertEquals(checkCall(named("sendMessage"), { chat_id: 1, text: "hi" }), []);
  assertEquals(checkCall(named("sendMessage"), { chat_id: true, txt: "hi" }), [
    "sendMessage: txt is unknown",
    "sendMessage: chat_id is true, not Number",
    "sendMessage: text is missing",
  ]);
});

Deno.test("check of a call finds a misspelt field deep inside a keyboard", () => {
  const inline_keyboard = [[{ text: "Go", callback_data: "go", colour: "red" }]];
  const params = { chat_id: 1, text: "hi", reply_markup: { inline_keyboard } };
  assertEquals(checkCall(named("sendMessage"), params), [
    "sendMessage: reply_markup.inline_keyboard[0][0].colour is unknown",
  ]);
});

Deno.test("check of a call counts characters and bytes", () => {
  const keyboard = (callback_data: string) => ({
    inline_keyboard: [[{ text: "Go", callback_data }]],
  });
  const call = (text: string, data: string) =>
    checkCall(named("sendMessage"), { chat_id: 1, text, reply_markup: keyboard(data) });
  assertEquals(call("😀".repeat(4096), "я".repeat(32)), []);
  assertEquals(call("😀".repeat(4097), "я".repeat(33)), [
    "sendMessage: text has 4097 characters, the bounds are 1-4096",
    "sendMessage: reply_markup.inline_keyboard[0][0].callback_data has 66 bytes, " +
    "the bounds are 1-64",
  ]);
});

Deno.test("check of a call leaves the length of marked text to the method", () => {
  const marked = { chat_id: 1, text: `<b>${"я".repeat(4096)}</b>`, parse_mode: "HTML" };
  assertEquals(checkCall(named("sendMessage"), marked), []);
});

Deno.test("check of a call takes uploads where files belong", () => {
  const photo = new Upload(new Uint8Array(1), "a.png", "image/png");
  assertEquals(checkCall(named("sendPhoto"), { chat_id: 1, photo }), []);
  assertEquals(checkCall(named("sendMessage"), { chat_id: 1, text: photo }), [
    "sendMessage: text is an object, not String",
  ]);
});

Deno.test("check of an object chooses the branch of its type", () => {
  assertEquals(checkObject("ChatMember", { status: "kicked", user: {}, until_date: "soon" }), [
    "ChatMember.user.id is missing",
    "ChatMember.user.is_bot is missing",
    "ChatMember.user.first_name is missing",
    'ChatMember.until_date is "soon", not Number',
  ]);
});
