import { assert, assertEquals } from "@std/assert";
import { ask } from "./ask_control.ts";
import { type EmulatorFixture, emulatorTest } from "./given_emulator.ts";

/** Acts as the person; fails the test when that is refused. */
async function act(
  given: EmulatorFixture,
  person: number,
  name: string,
  body: Record<string, unknown> = {},
) {
  const answer = await ask(given, `people/${person}/${name}`, body);
  assertEquals(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

function fileForm(name: string, type: string, other: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.set("file", new File(["OggS"], name, { type }));
  for (const [key, value] of Object.entries(other)) form.set(key, value);
  return form;
}

emulatorTest(
  "control makes chats of every kind, and shows each to who is inside",
  async (given) => {
    const { anna, boris } = given;
    const kinds = ["group", "supergroup", "channel"] as const;
    const made = [];
    for (const kind of kinds) {
      const about = {
        kind,
        title: kind,
        creator: anna.id,
        members: [boris.id],
        bot: "administrator",
      };
      made.push((await ask(given, "chats", about)).body);
    }
    assertEquals(made.map(({ kind, title }) => [kind, title]), kinds.map((kind) => [kind, kind]));
    const direct = { kind: "direct", creator: anna.id, members: [boris.id] };
    assertEquals((await ask(given, "chats", direct)).body.title, "Борис");
    const { body } = await ask(given, `people/${boris.id}/chats`);
    assertEquals(
      body.chats.map(({ view }: { view: { kind: string } }) => view.kind).sort(),
      ["channel", "direct", "group", "private", "supergroup"],
    );
    assertEquals(body.chats[0].view.kind, "private");
    const state = (await ask(given, "state")).body;
    assertEquals(state.chats.length, 3);
    assertEquals((await ask(given, "chats", { ...direct, kind: "club" })).status, 400);
  },
);

emulatorTest("control acts in any chat, and reads it as that person sees it", async (given) => {
  const { api, anna, boris } = given;
  const group = { kind: "group", title: "Клуб", creator: anna.id, bot: "administrator" };
  const chat = (await ask(given, "chats", group)).body.id;
  await act(given, anna.id, "add", { chat, user: boris.id });
  const { message } = await act(given, anna.id, "say", { chat, text: "всем привет" });
  await act(given, boris.id, "say", { chat, text: "и тебе", reply_to: message.message_id });
  await act(given, boris.id, "react", { chat, message_id: message.message_id, emoji: "👍" });
  await act(given, anna.id, "edit", { chat, message_id: message.message_id, text: "привет" });
  await act(given, anna.id, "pin", { chat, message_id: message.message_id });
  await act(given, boris.id, "location", { chat, latitude: 59.9, longitude: 30.3 });
  await act(given, boris.id, "contact", { chat });
  await act(given, boris.id, "dice", { chat });
  const forwarded = await act(given, boris.id, "forward", {
    from_chat: chat,
    message_id: message.message_id,
  });
  assertEquals(forwarded.message.forward_origin.sender_user.id, anna.id);
  const seen = (await ask(given, `people/${boris.id}/messages?chat=${chat}`)).body;
  const texts = seen.messages.map(({ text }: { text?: string }) => text).filter(Boolean);
  assertEquals(texts, ["привет", "и тебе"]);
  assertEquals(seen.view.pinned, [message.message_id]);
  assertEquals(seen.reactions[message.message_id], [{ emoji: "👍", count: 1, mine: true }]);
  await act(given, boris.id, "leave", { chat });
  assertEquals((await ask(given, `people/${boris.id}/messages?chat=${chat}`)).status, 404);
  await act(given, boris.id, "join", { chat });
  const old = await act(given, anna.id, "title", { chat, title: "Новый клуб" });
  assertEquals(old.title, "Новый клуб");
  const next = await act(given, anna.id, "migrate", { chat });
  assertEquals([next.kind, next.title], ["supergroup", "Новый клуб"]);
  await act(given, anna.id, "promote", { chat: next.id, user: boris.id });
  const { message_id } = forwarded.message;
  assertEquals((await ask(given, `people/${anna.id}/delete`, { message_id })).status, 404);
  await act(given, boris.id, "delete", { message_id });
  assertEquals(boris.messages(), []);
  const kinds = (await api.getUpdates()).map((update) => Object.keys(update)[1]);
  assert(kinds.includes("my_chat_member") && kinds.includes("edited_message"), kinds.join());
});

emulatorTest("control sends voice, music and films as such", async (given) => {
  const { anna } = given;
  const sent = async (name: string, form: FormData) =>
    (await ask(given, `people/${anna.id}/${name}`, form)).body.messages[0];
  const voice = await sent("voice", fileForm("a.ogg", "audio/ogg", { duration: "7" }));
  assertEquals([voice.voice.duration, voice.voice.mime_type], [7, "audio/ogg"]);
  const audio = await sent(
    "photo",
    fileForm("a.mp3", "audio/mpeg", { as: "audio", caption: "la" }),
  );
  assertEquals([audio.audio.file_name, audio.caption], ["a.mp3", "la"]);
  const document = await sent("document", fileForm("a.txt", "text/plain"));
  assertEquals(document.document.file_name, "a.txt");
  const two = fileForm("a.mp4", "video/mp4");
  two.append("file", new File(["b"], "b.mp4"));
  assertEquals((await ask(given, `people/${anna.id}/video`, two)).body, {
    error: "Cannot send 2 files as video: expected 1",
  });
});

emulatorTest("control asks inline, shows what was offered and sends it", async (given) => {
  const { api, anna, boris } = given;
  const direct = { kind: "direct", creator: anna.id, members: [boris.id] };
  const chat = (await ask(given, "chats", direct)).body.id;
  const { inline_query_id } = await act(given, anna.id, "inline", { chat, query: "сыр" });
  assertEquals((await ask(given, `inline/${inline_query_id}`)).body.results, null);
  await api.answerInlineQuery(inline_query_id, [{
    type: "article",
    id: "1",
    title: "Сыроежка",
    input_message_content: { message_text: "<b>Сыроежка</b>", parse_mode: "HTML" },
  }]);
  assertEquals((await ask(given, `inline/${inline_query_id}`)).body.results[0].title, "Сыроежка");
  const { message } = await act(given, anna.id, "choose", {
    chat,
    inline_query_id,
    result_id: "1",
  });
  assertEquals([message.text, message.via_bot.is_bot], ["Сыроежка", true]);
  const { body } = await ask(given, `people/${boris.id}/messages?chat=${chat}`);
  assertEquals(body.messages.at(-1).text, "Сыроежка");
});

emulatorTest("control traces what belongs to a message, and what its tap led to", async (given) => {
  const { api, anna, boris } = given;
  await boris.start();
  await api.sendMessage(boris.id, "another");
  const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const { message_id } = await api.sendMessage(anna.id, "Да?", { reply_markup });
  const { callback_query_id } = await act(given, anna.id, "tap", { message_id, data: "yes" });
  await api.answerCallbackQuery(callback_query_id, { text: "Хорошо" });
  await api.raw.editMessageText({ chat_id: anna.id, message_id, text: "Да!", tone: 1 } as never);
  const { body } = await ask(given, `trace?chat=${anna.id}&message=${message_id}`);
  const calls = body.calls.map(({ method, ok }: { method: string; ok: boolean }) => [method, ok]);
  assertEquals(calls, [
    ["sendMessage", true],
    ["answerCallbackQuery", true],
    ["editMessageText", true],
  ]);
  assertEquals(body.calls[0].result.text, "Да?");
  assertEquals(body.calls[2].violations, ["editMessageText: tone is unknown"]);
  assertEquals(body.updates.map(({ state, deliveries }: Traced) => [state, deliveries]), [
    ["pending", 0],
  ]);
  const [update] = await api.getUpdates({ offset: -1 });
  await api.getUpdates({ offset: (update?.update_id ?? 0) + 1 });
  const after = (await ask(given, `trace?message=${message_id}`)).body.updates;
  assertEquals(after.map(({ state, deliveries }: Traced) => [state, deliveries]), [
    ["confirmed", 1],
  ]);
  const numbers = [...body.calls, ...body.updates].map(({ n }: { n: number }) => n);
  assertEquals(new Set(numbers).size, numbers.length);
  const late = await ask(given, `trace?message=${message_id}&since=${body.calls[0].n}`);
  assertEquals(late.body.calls.length, 2);
});

interface Traced {
  state: string;
  deliveries: number;
}

emulatorTest(
  "control moves the clock, and switches rates, privacy and inline mode",
  async (given) => {
    const { api, anna, emulator } = given;
    const before = (await ask(given, "clock")).body.now_ms;
    const moved = await ask(given, "clock", { advance_ms: 3_600_000 });
    assert(moved.body.now_ms >= before + 3_600_000);
    const { date } = await api.sendMessage(anna.id, "in an hour");
    assert(date * 1000 >= before + 3_600_000 - 1000);
    assertEquals((await ask(given, "rates", { on: true })).body, { on: true });
    assertEquals((await ask(given, "state")).body.rates, true);
    const { body } = await ask(given, "bot", { privacy: false, inline: false });
    assertEquals([body.can_read_all_group_messages, body.supports_inline_queries], [true, false]);
    assertEquals((await api.getMe()).can_read_all_group_messages, true);
    assertEquals(emulator.bot.supports_inline_queries, false);
  },
);

emulatorTest("control lists faults and forgets files", async (given) => {
  const { api, anna } = given;
  const fault = { method: "sendDocument", times: 2, kind: "status", status: 502 };
  await ask(given, "faults", fault);
  assertEquals((await ask(given, "faults")).body, { faults: [fault] });
  await ask(given, "faults", undefined, "DELETE");
  assertEquals((await ask(given, "faults")).body, { faults: [] });
  assertEquals((await ask(given, "faults", { ...fault, kind: "fire" })).status, 400);
  const { document } = await anna.document(new Uint8Array(3), { file_name: "a", mime_type: "a/b" });
  await api.sendDocument(anna.id, document?.file_id ?? "");
  await ask(given, "forget_files", {});
  await api.sendDocument(anna.id, document?.file_id ?? "")
    .then(() => assert(false, "the file is known"), () => {});
});

emulatorTest("the stream tells of calls and updates to whoever wants them", async (given) => {
  const { api, anna, emulator } = given;
  const response = await fetch(`${emulator.root}/control/events?trace=1`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let stream = (await reader?.read())?.value ?? "";
  await anna.say("hi");
  await api.sendMessage(anna.id, "ho");
  while (!stream.includes("event:call")) stream += (await reader?.read())?.value ?? "";
  await reader?.cancel();
  const names = [...stream.matchAll(/event:(\w+)/g)].map(([, name]) => name);
  assertEquals(names, ["message", "update", "message", "call"]);
});
