import { InputFile } from "grammy";
import { assertEquals } from "@std/assert";
import { assertRefused, type EmulatorFixture, emulatorTest } from "./given_emulator.ts";

async function post({ emulator }: EmulatorFixture, path: string, init: RequestInit = {}) {
  const response = await fetch(`${emulator.root}/bot${emulator.token}/${path}`, {
    method: "POST",
    ...init,
  });
  return { status: response.status, body: await response.json() };
}

emulatorTest("a call comes as JSON, query, form or multipart, in any case", async (given) => {
  const { anna } = given;
  const text = "hi & ho";
  const params = { chat_id: String(anna.id), text };
  const form = new FormData();
  for (const [name, value] of Object.entries(params)) form.append(name, value);
  const headers = { "content-type": "application/json" };
  await post(given, "sendMessage", { headers, body: JSON.stringify(params) });
  await post(given, "sendmessage", { body: new URLSearchParams(params) });
  await post(given, "SENDMESSAGE", { body: form });
  await post(given, `sendMessage?${new URLSearchParams(params)}`, { method: "GET" });
  assertEquals(anna.messages().slice(1).map((message) => message.text), [text, text, text, text]);
  assertEquals(given.emulator.violations(), []);
});

emulatorTest("structured params may come as JSON inside a form", async (given) => {
  const { anna } = given;
  const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };
  const { body } = await post(given, "sendMessage", {
    body: new URLSearchParams({
      chat_id: String(anna.id),
      text: "hi",
      protect_content: "true",
      reply_markup: JSON.stringify(reply_markup),
    }),
  });
  assertEquals(body.result.reply_markup, reply_markup);
  assertEquals(body.result.has_protected_content, true);
  assertEquals(given.emulator.violations(), []);
});

emulatorTest("a call may name its method again, and a button be a text", async (given) => {
  const headers = { "content-type": "application/json" };
  const reply_markup = { keyboard: [["Да", { text: "Нет" }]] };
  const params = { method: "sendMessage", chat_id: given.anna.id, text: "hi", reply_markup };
  const { status } = await post(given, "sendmessage", { headers, body: JSON.stringify(params) });
  assertEquals(status, 200);
  assertEquals(given.emulator.violations(), []);
});

emulatorTest("what comes without a type has that of its name", async (given) => {
  const form = new FormData();
  form.append("chat_id", String(given.anna.id));
  form.append("document", new Blob(["a,b"]), "Таблица.CSV");
  const { body } = await post(given, "sendDocument", { body: form });
  assertEquals(body.result.document.mime_type, "text/csv");
});

emulatorTest("an upload may stand in the field itself", async (given) => {
  const form = new FormData();
  form.append("chat_id", String(given.anna.id));
  form.append("document", new Blob(["abc"], { type: "text/plain" }), "a.txt");
  const { body } = await post(given, "sendDocument", { body: form });
  assertEquals(body.result.document.file_name, "a.txt");
  assertEquals(given.emulator.violations(), []);
});

emulatorTest("a body that is no JSON is refused", async (given) => {
  const headers = { "content-type": "application/json" };
  assertEquals(await post(given, "sendMessage", { headers, body: "{" }), {
    status: 400,
    body: { ok: false, error_code: 400, description: "Bad Request: can't parse JSON-encoded body" },
  });
});

emulatorTest("a wrong token and an unknown method are refused", async ({ emulator }) => {
  const get = async (path: string) => await (await fetch(`${emulator.root}/bot${path}`)).json();
  assertEquals(await get("1:AAbb/getMe"), {
    ok: false,
    error_code: 401,
    description: "Unauthorized",
  });
  assertEquals(await get(`${emulator.token}/getYou`), {
    ok: false,
    error_code: 404,
    description: "Not Found",
  });
});

emulatorTest("what the table does not know is a violation, and still done", async (given) => {
  const { api, anna, emulator } = given;
  await api.raw.sendMessage({ chat_id: anna.id, text: "hi", colour: "red" } as never);
  await assertRefused(
    api.raw.sendMessage({ chat_id: anna.id } as never),
    "Bad Request: message text is empty",
  );
  assertEquals(emulator.violations(), [
    "sendMessage: colour is unknown",
    "sendMessage: text is missing",
  ]);
});

emulatorTest("a params record shows uploads by name, type and size", async (given) => {
  const { api, anna, emulator } = given;
  await api.sendDocument(anna.id, new InputFile(new Uint8Array(9), "a.bin"), { caption: "c" });
  const { method, params, ok } = emulator.calls().at(-1) ?? {};
  assertEquals([method, params?.caption, ok], ["sendDocument", "c", true]);
  await assertRefused(api.sendMessage(1, "hi"), "Bad Request: chat not found");
  const refused = emulator.calls().at(-1);
  assertEquals([refused?.ok, refused?.error_code, refused?.description], [
    false,
    400,
    "Bad Request: chat not found",
  ]);
});

emulatorTest("a bot's token looks like a real one", ({ emulator }) => {
  assertEquals(/^\d{10}:AA[\w-]{33}$/.test(emulator.token), true);
  return Promise.resolve();
});
