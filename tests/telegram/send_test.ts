import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "@std/assert";
import { borisStream, labelsOf, senderTest, stream } from "./given_sender.ts";
import { aCard, aScan, CARD, CODE, FACT } from "./render_fakes.ts";

const GROUPED = "7F3K 9QZX 2M0A 8VBW N1H4";

senderTest("a text is said with its buttons, and nothing in it is linked", async (given) => {
  const { send, anna, emulator } = given;
  const outcome = await send({
    type: "say",
    params: {
      text: "ask_photo",
      slot: "wizard",
      buttons: [[{ label: "cancel", action: { do: "cancel" } }]],
    },
  });
  const message = anna.messages().at(-1);
  assertMatch(message?.text ?? "", /шаг 1 из 4/);
  assertEquals(labelsOf(message), [["Отмена"]]);
  assertEquals(message?.link_preview_options, { is_disabled: true });
  const id = message?.message_id ?? 0;
  assertEquals(outcome, {
    is: "done",
    answer: { messages: [id] },
    kept: [{
      stream,
      slot: "wizard",
      chat: anna.id,
      message: id,
    }],
    cleared: [],
  });
  assertEquals(emulator.calls().at(-1)?.method, "sendMessage");
});

senderTest("what was said in a slot is cleared away, be it there or gone", async (given) => {
  const { send, fakes, anna, api, seen } = given;
  for (const text of ["ask_photo", "ask_name", "ask_description"]) {
    const outcome = await send({ type: "say", params: { text, slot: "wizard" } });
    if (outcome.is === "done") fakes.slots.push(...outcome.kept);
  }
  await send({ type: "say", params: { text: "cancelled" } });
  await api.deleteMessage(anna.id, fakes.slots[1]?.message ?? 0);
  const outcome = await send({ type: "clear", params: { slot: "wizard" } });
  assertEquals(seen(), ["Отменено."]);
  assertEquals(outcome.is === "done" && outcome.cleared, fakes.slots);
});

senderTest("an empty slot takes no call", async ({ send, emulator }) => {
  const before = emulator.calls().length;
  const outcome = await send({ type: "clear", params: { slot: "wizard" } });
  assertEquals(outcome.is, "done");
  assertEquals(emulator.calls().length, before);
});

senderTest("messages that are too old to delete count as cleared", async (given) => {
  const { send, fakes, emulator } = given;
  const said = await send({ type: "say", params: { text: "ask_photo", slot: "wizard" } });
  if (said.is === "done") fakes.slots.push(...said.kept);
  emulator.advance(49 * 3_600_000);
  const outcome = await send({ type: "clear", params: { slot: "wizard" } });
  assertEquals(outcome.is === "done" && outcome.cleared, fakes.slots);
});

senderTest(
  "an issued card comes as an album and a QR code that leads to its check",
  async (given) => {
    const { send, fakes, anna, emulator } = given;
    fakes.cards.set(CARD, aCard({ packaged: "box" }));
    const outcome = await send({ type: "showIssued", params: { card: CARD } });
    const [original, packaged, qr] = anna.messages().slice(-3);
    assert(original?.media_group_id !== undefined);
    assertEquals(packaged?.media_group_id, original.media_group_id);
    assertEquals(original.caption, "Карта готова: №\u00a017\nЗимнее море\n\nХолст, масло");
    assertEquals(packaged?.caption, undefined);
    assertStringIncludes(qr?.caption ?? "", GROUPED);
    assertEquals(labelsOf(qr), [
      ...[["Добавить новую карту", "Этикетка"], sharing, ["Мои карты"]],
    ]);
    const scanned = await anna.scan(qr?.photo?.at(-1)?.file_id ?? "");
    assertEquals(scanned.text, `/start v_${CODE}`);
    assertEquals(outcome.is === "done" && outcome.answer, {
      messages: [original, packaged, qr].map((message) => message?.message_id ?? 0),
    });
    assertEquals(
      emulator.calls().slice(-2).map(({ method }) => method),
      ["sendMediaGroup", "sendPhoto"],
    );
  },
);

senderTest("a picture goes up once, the QR code too", async ({ send, emulator }) => {
  await send({ type: "showOwnCard", params: { card: CARD } });
  await send({ type: "showOwnCard", params: { card: CARD } });
  const uploads = emulator.calls().filter(({ method }) => method === "sendPhoto")
    .map(({ params }) => String(params.photo).startsWith("attach://"));
  assertEquals(uploads, [true, true, false, false]);
});

senderTest("a first check says that it is the first", async ({ send, anna, seen }) => {
  await send({ type: "showVerdict", params: { card: CARD } });
  const [verdict] = seen().slice(-1);
  assertStringIncludes(verdict ?? "", "Проверена 1 раз: это первая проверка, 20 ноября 2026");
  assertStringIncludes(verdict ?? "", "Мастер: \u2068Анна Смирнова\u2069");
  assertStringIncludes(verdict ?? "", "можно скопировать");
  assertEquals(labelsOf(anna.messages().at(-1)), [["Поделиться"], ["Поделиться ссылкой"]]);
});

senderTest("a verdict with an album has its button on a message of its own", async (given) => {
  const { send, fakes, anna } = given;
  fakes.cards.set(CARD, aCard({ packaged: "box" }));
  fakes.scans.set(FACT, aScan({ number: 5, people: 2 }));
  await send({ type: "showVerdict", params: { card: CARD } });
  const [original, , controls] = anna.messages().slice(-3);
  assertStringIncludes(original?.caption ?? "", "Проверена 5 раз 2 людьми, впервые 20 ноября");
  assertEquals(labelsOf(controls), [["Поделиться"], ["Поделиться ссылкой"]]);
});

senderTest("a shared link carries the number and never the code", async (given) => {
  const { send, anna, fakes } = given;
  fakes.cards.set(CARD, aCard({ others_first_at: 1 }));
  await send({ type: "showVerdict", params: { card: CARD } });
  const buttons = anna.messages().at(-1)?.reply_markup?.inline_keyboard.flat() ?? [];
  const [inline, button] = buttons;
  assert(inline && "switch_inline_query" in inline);
  assertEquals(inline.switch_inline_query, "17");
  assert(button !== undefined && "url" in button);
  const url = new URL(button.url);
  assertEquals(url.origin + url.pathname, "https://t.me/share/url");
  assertEquals(url.searchParams.get("url"), "https://t.me/amanita_local_bot?start=c_17");
  assertEquals(url.searchParams.get("text"), "Карта №\u00a017: Зимнее море");
  assertNotMatch(JSON.stringify(anna.messages()), new RegExp(CODE));
});

senderTest("a withdrawn card's verdict says so, why and whose", async ({ send, fakes, anna }) => {
  fakes.scans.set(FACT, aScan({ number: 3, people: 2, active: false, reason: "Украдена" }));
  await send({ type: "showVerdict", params: { card: CARD } });
  const message = anna.messages().at(-1);
  assertMatch(message?.caption ?? "", /КАРТА ОТОЗВАНА.*Украдена.*Анна Смирнова/s);
  assertNotMatch(message?.caption ?? "", /подлинн/i);
  assertEquals(labelsOf(message), []);
});

senderTest("a shared card is only a look, without code or button", async ({ send, anna }) => {
  await send({ type: "showShared", params: { number: 17 } });
  const message = anna.messages().at(-1);
  assertStringIncludes(message?.caption ?? "", "Это только просмотр");
  assertNotMatch(JSON.stringify(message), new RegExp(`${CODE}|${GROUPED}`));
  await send({ type: "showShared", params: { number: 18 } });
  assertMatch(anna.messages().at(-1)?.text ?? "", /^Карту №\u00a018 показать не могу/);
});

const [before, after] = [[["Этикетка", "История"]], [["Мои карты"]]];
const sharing = ["Поделиться", "Поделиться ссылкой"];

senderTest("an own card can be withdrawn, a withdrawn one brought back", async (given) => {
  const { send, fakes, anna, seen } = given;
  fakes.cards.set(CARD, aCard({ checks: 21, people: 2 }));
  await send({ type: "showOwnCard", params: { card: CARD } });
  assertStringIncludes(seen().at(-2) ?? "", "Проверена 21 раз 2 людьми.");
  assertEquals(labelsOf(anna.messages().at(-1)), [
    ...[...before, sharing, ...after],
    ["Исправить", "Отозвать"],
  ]);
  fakes.cards.set(CARD, aCard({ active: false, reason: "Украдена" }));
  await send({ type: "showOwnCard", params: { card: CARD } });
  assertMatch(seen().at(-2) ?? "", /Отозвана: \u2068Украдена\u2069/);
  assertEquals(labelsOf(anna.messages().at(-1)), [
    ...[...before, ...after],
    ["Исправить", "Вернуть"],
  ]);
});

senderTest("a code is shown to nobody but the card's maker", async ({ send, boris }) => {
  await send({ type: "showIssued", params: { card: CARD } }, { stream: borisStream });
  await send({ type: "showOwnCard", params: { card: CARD } }, { stream: borisStream });
  assertEquals(boris.messages().filter(({ from }) => from?.is_bot), []);
});

senderTest("a tap is answered with its note, or with nothing", async (given) => {
  const { send, anna, api } = given;
  const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "1:list" }]] };
  const { message_id } = await api.sendMessage(anna.id, "go", { reply_markup });
  const query = await anna.tap(message_id, "1:list");
  await send({ type: "answerTap", params: { query, text: "card_restored" } });
  assertEquals(anna.toasts().map(({ text }) => text), ["Карта снова действует"]);
  const silent = await anna.tap(message_id, "1:list");
  await send({ type: "answerTap", params: { query: silent, text: null } });
  assertEquals([anna.answered(silent), anna.toasts().length], [true, 1]);
});

senderTest("somebody forgotten is sent nothing, and the task is done", async (given) => {
  const outcome = await given.send({ type: "say", params: { text: "help" } }, {
    stream: "dialogue:nobody",
  });
  assertEquals(outcome, {
    is: "done",
    answer: { nothing: "the person is forgotten" },
    kept: [],
    cleared: [],
  });
});

senderTest("a batch's progress is one message, and the next batch has another", async (given) => {
  const { send, fakes, seen, anna } = given;
  const progress = async (done: number, of: number) => {
    const outcome = await send({ type: "showProgress", params: { done, of } });
    assert(outcome.is === "done");
    fakes.slots.push(...outcome.kept);
    return outcome;
  };
  await progress(0, 24);
  const [first] = anna.messages().slice(-1);
  await progress(10, 24);
  assertEquals(seen().at(-1), "Выпускаю тираж: 10 из 24…");
  assertEquals(anna.messages().at(-1)?.message_id, first?.message_id);
  // That batch was stopped; the next begins.
  await progress(0, 12);
  assertEquals(seen().slice(-2), ["Выпускаю тираж: 10 из 24…", "Выпускаю тираж: 0 из 12…"]);
  const { cleared } = await progress(12, 12);
  assertEquals(seen().slice(-2), ["Выпускаю тираж: 10 из 24…", "Тираж выпущен: 12 из 12."]);
  assertEquals(cleared.map(({ message }) => message), [anna.messages().at(-1)?.message_id]);
});

senderTest("progress in a message that is gone is no failure", async (given) => {
  const { send, fakes, anna, api } = given;
  const said = await send({ type: "showProgress", params: { done: 0, of: 24 } });
  assert(said.is === "done");
  fakes.slots.push(...said.kept);
  await api.deleteMessage(anna.id, said.kept[0]?.message ?? 0);
  const gone = await send({ type: "showProgress", params: { done: 10, of: 24 } });
  assertEquals(gone.is, "done");
});
