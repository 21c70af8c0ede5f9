import { assert, assertEquals } from "@std/assert";
import { ask } from "./ask_control.ts";
import { emulatorTest } from "./given_emulator.ts";
import { plainPicture, qrPicture } from "./picture_of.ts";

emulatorTest("control tells who is here and takes newcomers", async (given) => {
  const { emulator } = given;
  const added = await ask(given, "people", { first_name: "Вера", username: "vera" });
  assertEquals(added.body.language_code, "ru");
  const { body } = await ask(given, "state");
  assertEquals(body.bot, emulator.bot);
  assertEquals(body.people, emulator.people());
  assertEquals(body.people.length, 3);
  const vera = { first_name: "Вера", id: 77 };
  assertEquals((await ask(given, "people", vera)).body.id, 77);
  assertEquals((await ask(given, "people", vera)).status, 400);
  const nameless = await ask(given, "people", { first_name: " " });
  assertEquals(nameless, {
    status: 400,
    body: { error: "Cannot add a person without a first name" },
  });
});

emulatorTest("control says, replies, taps and shows the chat", async (given) => {
  const { api, anna } = given;
  const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const { message_id } = await api.sendMessage(anna.id, "Да?", { reply_markup });
  await api.setMyCommands([{ command: "start", description: "Начать" }]);
  const said = await ask(given, `people/${anna.id}/say`, { text: "/help", reply_to: message_id });
  assertEquals(said.body.message.reply_to_message.text, "Да?");
  assertEquals(said.body.message.entities, [{ type: "bot_command", offset: 0, length: 5 }]);
  const tapped = await ask(given, `people/${anna.id}/tap`, { message_id, data: "yes" });
  const [, update] = await api.getUpdates();
  assertEquals(update?.callback_query?.id, tapped.body.callback_query_id);
  const { body } = await ask(given, `people/${anna.id}/messages`);
  assertEquals(body.messages, anna.messages());
  assertEquals(body.commands, [{ command: "start", description: "Начать" }]);
  assertEquals(body.keyboard, null);
});

emulatorTest("control refuses with a sentence", async (given) => {
  const { anna } = given;
  const refusals = [
    [`people/1/say`, { text: "hi" }, 404, "Cannot find a person with the id 1"],
    [`people/${anna.id}/say`, {}, 400, "Cannot read the request: expected a text as text"],
    [`people/${anna.id}/say`, { text: "" }, 400, "Cannot say nothing: write a text"],
    [`people/${anna.id}/sing`, {}, 404, "Cannot POST sing: there is no such act"],
    [`people/${anna.id}/tap`, { message_id: 9, data: "x" }, 404, "Cannot find message 9"],
    [
      `people/${anna.id}/other`,
      { kind: "poll" },
      400,
      "Cannot read the request: expected one of sticker, voice, location, contact, video as kind",
    ],
    [`redeliver`, { update_id: 5 }, 404, "Cannot find update 5"],
    [`nothing`, {}, 404, "Cannot POST /control/nothing: there is no such thing"],
  ] as const;
  for (const [path, body, status, error] of refusals) {
    assertEquals(await ask(given, path, body), { status, body: { error } });
  }
});

emulatorTest("control takes several files as one album or as documents", async (given) => {
  const { anna } = given;
  const picture = await plainPicture(60, 40);
  const form = (as: string) => {
    const made = new FormData();
    for (const name of ["a.png", "b.png"]) {
      made.append("file", new File([new Uint8Array(picture)], name, { type: "image/png" }));
    }
    made.append("as", as);
    made.append("caption", "two");
    return made;
  };
  const album = await ask(given, `people/${anna.id}/photo`, form("photo"));
  const [first, second] = album.body.messages;
  assertEquals([first.caption, first.media_group_id], ["two", second.media_group_id]);
  const documents = await ask(given, `people/${anna.id}/photo`, form("document"));
  const { document } = documents.body.messages[1];
  assertEquals([document.file_name, document.mime_type], ["b.png", "image/png"]);
  const file = await fetch(`${given.emulator.root}/control/file/${document.file_id}`);
  assertEquals(file.headers.get("content-type"), "image/png");
  assertEquals(await file.bytes(), picture);
}, "ffi");

emulatorTest("control scans a picture and says what it read", async (given) => {
  const { anna, boris, emulator } = given;
  const text = `https://t.me/${emulator.bot.username}?start=v_1`;
  const about = { file_name: "qr.png", mime_type: "image/png" };
  const { document } = await anna.document(await qrPicture(text), about);
  const scanned = await ask(given, `people/${boris.id}/scan`, { file_id: document?.file_id });
  assertEquals([scanned.body.text, scanned.body.message.text], [text, "/start v_1"]);
  const blank = await anna.document(await plainPicture(50, 50), about);
  const file_id = blank.document?.file_id;
  assertEquals(await ask(given, `people/${boris.id}/scan`, { file_id }), {
    status: 422,
    body: { error: "There is no QR code on this picture" },
  });
}, "ffi");

emulatorTest("control blocks, sets faults and lists calls", async (given) => {
  const { api, anna, emulator } = given;
  const blocked = await ask(given, `people/${anna.id}/block`, {});
  assertEquals(blocked.body.blocked, true);
  assertEquals((await ask(given, `people/${anna.id}/unblock`, {})).body.blocked, false);
  await ask(given, "faults", { method: "sendMessage", times: 2, kind: "status", status: 503 });
  await api.sendMessage(anna.id, "hi").catch(() => {});
  await ask(given, "faults", undefined, "DELETE");
  await api.sendMessage(anna.id, "hi");
  const since = emulator.calls().at(-3)?.n;
  const { body } = await ask(given, `calls?since=${since}`);
  assertEquals(body.calls.map(({ ok }: { ok: boolean }) => ok), [false, true]);
});

emulatorTest("events tell what happens, as it happens", async (given) => {
  const { api, anna, emulator } = given;
  const response = await fetch(`${emulator.root}/control/events`);
  assertEquals(response.headers.get("content-type"), "text/event-stream");
  assert(response.body !== null);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let stream = (await reader.read()).value ?? "";
  await api.sendChatAction(anna.id, "typing");
  const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const message = await api.sendMessage(anna.id, "Да?", { reply_markup });
  const id = await anna.tapButton("Да");
  await api.answerCallbackQuery(id, { text: "Хорошо" });
  await api.editMessageText(anna.id, message.message_id, "Да!");
  await api.deleteMessage(anna.id, message.message_id);
  await api.setMyCommands([{ command: "start", description: "Начать" }]);
  anna.block();
  while (!stream.includes("event:person")) stream += (await reader.read()).value ?? "";
  await reader.cancel();
  const events = stream.split("\n\n").filter((part) => part.startsWith("event:"))
    .map((part) => /^event:(.+)\ndata:(.+)$/.exec(part) ?? [])
    .map(([, name = "", data = "{}"]) => [name, JSON.parse(data)] as const);
  assertEquals(events.map(([name]) => name), [
    "typing",
    "message",
    "toast",
    "answered",
    "edited",
    "deleted",
    "commands",
    "commands",
    "person",
  ]);
  const where = { person: anna.id, chat: anna.id };
  const { message_id } = message;
  assertEquals(events[1]?.[1], { ...where, message });
  const toast = { callback_query_id: id, text: "Хорошо", alert: false };
  assertEquals(events[2]?.[1], { ...where, ...toast });
  assertEquals(events[3]?.[1], { ...where, callback_query_id: id, message_id });
  assertEquals(events[5]?.[1], { ...where, message_ids: [message_id] });
  assertEquals(events.at(-1)?.[1].person.blocked, true);
});

emulatorTest("a phone offers the commands of the closest scope and language", async (given) => {
  const { api, anna, boris } = given;
  const list = (command: string) => [{ command, description: command }];
  const offered = async () => {
    const chats = [anna, boris].map(({ id }) => ask(given, `people/${id}/messages`));
    return (await Promise.all(chats)).map(({ body }) => body.commands[0]?.command);
  };
  const told: number[] = [];
  const response = await fetch(`${given.emulator.root}/control/events`);
  assertEquals(await offered(), [undefined, undefined]);
  await api.setMyCommands(list("default"));
  assertEquals(await offered(), ["default", "default"]);
  const all = { scope: { type: "all_private_chats" }, language_code: "ru" } as const;
  await api.setMyCommands(list("russian"), all);
  assertEquals(await offered(), ["russian", "default"]);
  const chat = { scope: { type: "chat", chat_id: boris.id } } as const;
  await api.setMyCommands(list("boris"), chat);
  assertEquals(await offered(), ["russian", "boris"]);
  await api.deleteMyCommands(all);
  assertEquals(await offered(), ["default", "boris"]);
  // Only those are told whose commands changed.
  await given.emulator.close();
  for (const [, person] of (await response.text()).matchAll(/"person":(\d+),"commands"/g)) {
    told.push(Number(person));
  }
  assertEquals(told, [anna.id, boris.id, anna.id, boris.id, anna.id]);
});

emulatorTest("the web chat is served with an ETag and a policy", async ({ emulator }) => {
  const page = await fetch(emulator.root);
  assertEquals(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert(page.headers.get("content-security-policy")?.startsWith("default-src 'none'"));
  assert((await page.text()).includes("<html"));
  const etag = page.headers.get("etag") ?? "";
  const again = await fetch(emulator.root, { headers: { "if-none-match": etag } });
  assertEquals([again.status, await again.text()], [304, ""]);
  const missing = await fetch(`${emulator.root}/nothing.js`);
  assertEquals([missing.status, await missing.json()], [404, { error: "Cannot find /nothing.js" }]);
});

emulatorTest("a page of another address cannot act as these people", async (given) => {
  const { anna, emulator } = given;
  const say = async (origin: string) => {
    const response = await fetch(`${emulator.root}/control/people/${anna.id}/say`, {
      method: "POST",
      headers: { origin },
      body: JSON.stringify({ text: "hi" }),
    });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await say("https://example.org"), 403);
  assertEquals(await say(emulator.root), 200);
});
