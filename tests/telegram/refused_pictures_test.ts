/** What is sent where Telegram refuses a picture or a file: never less than the words. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type GivenSender, labelsOf, senderTest } from "./given_sender.ts";
import { aCard, aScan, CARD, FACT } from "./render_fakes.ts";

const issued = { type: "showIssued", params: { card: CARD } };
const verdict = { type: "showVerdict", params: { card: CARD } };
const shared = { type: "showShared", params: { number: 17 } };

/** What Anna sees of the bot: how it came, and how its words begin. */
const shownTo = ({ anna }: GivenSender) =>
  anna.messages().filter(({ from }) => from?.is_bot).map((message) => {
    const { photo, document, text, caption } = message;
    const came = photo ? "photo" : document ? "file" : "words";
    return [came, (text ?? caption ?? "").split("\n")[0]];
  });

const refuse = (
  { emulator }: GivenSender,
  method: string,
  description: string,
  more: { times?: number; status?: number; file?: string } = {},
): void =>
  emulator.fault({ ...{ method, times: 1, kind: "status", status: 400 }, description, ...more });

const sha256 = async (bytes: Uint8Array | undefined): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes ?? []))).toHex();

const READY = "Карта готова: №\u00a017";
const QR = "7F3K 9QZX 2M0A 8VBW N1H4";
const PHOTO_LEFT_OUT =
  "⚠️ Telegram не принимает фото вещи с карты №\u00a017: показываю карту без " +
  "него. Не увидят его и те, кто проверит карту. Заменить его можно так: «Мои карты», эта карта, " +
  "«Исправить».";

for (
  const description of [
    "wrong type of media",
    "MEDIA_EMPTY",
    "can't parse InputMedia: media not found",
    "Group send failed",
    "failed to get HTTP URL content",
  ]
) {
  senderTest(`a photo refused with «${description}» leaves its words and the QR`, async (given) => {
    refuse(given, "sendPhoto", description);
    const outcome = await given.send(issued);
    const seen = shownTo(given);
    assertEquals(seen, [["words", READY], ["words", PHOTO_LEFT_OUT], ["photo", QR]]);
    assert(outcome.is === "done");
    const { left_out } = outcome.answer as { left_out: unknown };
    const why = `sendPhoto: 400 Bad Request: ${description}`;
    assertEquals(left_out, [{ of: ["sea"], why, instead: "words" }]);
    assertEquals(given.logged.filter((line) => line.includes(description)).length, 1);
  });
}

for (
  const description of ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS", "PHOTO_EXT_INVALID"]
) {
  senderTest(`a photo refused with ${description} comes as a file`, async (given) => {
    refuse(given, "sendPhoto", description);
    await given.send(issued);
    const [file, note, qr] = shownTo(given);
    assertEquals([file, qr], [["file", READY], ["photo", QR]]);
    assertStringIncludes(note?.[1] ?? "", "пропускает его только файлом");
  });
}

senderTest("a photo that is no file either leaves its words", async (given) => {
  refuse(given, "sendPhoto", "IMAGE_PROCESS_FAILED");
  refuse(given, "sendDocument", "file must be non-empty");
  await given.send(issued);
  assertEquals(shownTo(given), [["words", READY], ["words", PHOTO_LEFT_OUT], ["photo", QR]]);
});

senderTest("a QR that is refused leaves its code, its buttons and a word", async (given) => {
  await given.send(issued);
  const before = given.anna.messages().length;
  refuse(given, "sendPhoto", "PHOTO_SAVE_FILE_INVALID", { times: 9 });
  refuse(given, "sendDocument", "CHAT_SEND_DOCS_FORBIDDEN", { times: 9, status: 403 });
  given.fakes.fileIds.clear();
  await given.send(issued);
  const [card, , qr, note] = given.anna.messages().slice(before);
  assertStringIncludes(card?.text ?? "", "Карта готова");
  assertStringIncludes(qr?.text ?? "", QR);
  assertEquals(labelsOf(qr), [
    ["Добавить новую карту", "Этикетка"],
    ["Поделиться", "Поделиться ссылкой"],
    ["Мои карты"],
  ]);
  assertStringIncludes(note?.text ?? "", "не принял картинку с QR-кодом");
});

senderTest("a QR that cannot be drawn leaves its code and its buttons", async (given) => {
  const { fakes } = given;
  // Longer than any QR code can say.
  fakes.cards.set(CARD, aCard({ code: "7".repeat(9_000) }));
  await given.send(issued);
  assertEquals(shownTo(given).slice(0, 1), [["photo", READY]]);
  assertMatch(given.logged.join("\n"), /Cannot draw .*QR code/);
});

senderTest("a buyer gets the verdict in words, with its buttons, and no more", async (given) => {
  given.fakes.cards.set(CARD, aCard({ description: "о".repeat(700) }));
  refuse(given, "sendPhoto", "PHOTO_INVALID", { status: 413 });
  refuse(given, "sendDocument", "Request Entity Too Large", { status: 413 });
  await given.send(verdict);
  const shown = given.anna.messages().filter(({ from }) => from?.is_bot);
  assertEquals(shown.length, 1);
  assertMatch(shown[0]?.text ?? "", /Код подлинный.*Проверена 1 раз/s);
  assertEquals(labelsOf(shown[0]), [["Поделиться"], ["Поделиться ссылкой"]]);
});

senderTest("a chat that takes no photos gets the words of all of them at once", async (given) => {
  given.fakes.cards.set(CARD, aCard({ packaged: "box" }));
  refuse(given, "sendMediaGroup", "not enough rights to send photos to the chat");
  await given.send(verdict);
  assertEquals(shownTo(given).map(([came]) => came), ["words", "words"]);
  assertEquals(given.emulator.calls().filter(({ method }) => /Photo|Document/.test(method)), []);
});

senderTest("photos that a chat forbids with a 403 make nobody unreachable", async (given) => {
  refuse(given, "sendPhoto", "CHAT_SEND_PHOTOS_FORBIDDEN", { status: 403 });
  assertEquals((await given.send(shared)).is, "done");
  assertEquals(shownTo(given).map(([came]) => came), ["words"]);
});

for (const [broken, shownFirst] of [["sea", "box"], ["box", "sea"]] as const) {
  senderTest(`an album without its ${broken}, which Telegram names, is the rest`, async (given) => {
    const { fakes, send, emulator } = given;
    fakes.cards.set(CARD, aCard({ packaged: "box" }));
    const file = await sha256(fakes.photos.get(broken));
    refuse(given, "sendMediaGroup", "IMAGE_PROCESS_FAILED", { file });
    await send(issued);
    const [photo, note, qr] = shownTo(given);
    assertEquals([photo, qr], [["photo", READY], ["photo", QR]]);
    const name = broken === "sea" ? "фото вещи" : "фото в упаковке";
    assertStringIncludes(note?.[1] ?? "", `не принимает ${name}`);
    assert(fakes.fileIds.has(shownFirst) && !fakes.fileIds.has(broken));
    assertEquals(emulator.calls().filter(({ ok }) => !ok).length, 1);
  });

  senderTest(`an album whose ${broken} Telegram does not name is the rest`, async (given) => {
    const { fakes, send } = given;
    fakes.cards.set(CARD, aCard({ packaged: "box" }));
    const file = await sha256(fakes.photos.get(broken));
    refuse(given, "sendMediaGroup", "Group send failed");
    refuse(given, "sendPhoto", "MEDIA_INVALID", { file });
    await send(issued);
    const [photo, note, qr] = shownTo(given);
    assertEquals([photo, qr], [["photo", READY], ["photo", QR]]);
    const name = broken === "sea" ? "фото вещи" : "фото в упаковке";
    assertStringIncludes(note?.[1] ?? "", `не принимает ${name}`);
    assert(fakes.fileIds.has(shownFirst) && !fakes.fileIds.has(broken));
  });
}

senderTest("an album that is refused as one comes photo by photo", async (given) => {
  given.fakes.cards.set(CARD, aCard({ packaged: "box" }));
  refuse(given, "sendMediaGroup", "Group send failed");
  await given.send(verdict);
  const came = shownTo(given);
  assertEquals(came.map(([how]) => how), ["photo", "photo", "words"]);
  assertMatch(came[0]?.[1] ?? "", /Код подлинный/);
  assertEquals(came[1]?.[1], "");
});

senderTest("a retry amid what stands in for an album sends nothing twice", async (given) => {
  const { fakes, send, emulator } = given;
  fakes.cards.set(CARD, aCard({ packaged: "box" }));
  refuse(given, "sendMediaGroup", "Group send failed");
  const file = await sha256(fakes.photos.get("box"));
  emulator.fault({ method: "sendPhoto", times: 1, kind: "status", status: 502, file });
  assertEquals((await send(issued, { task: "one" })).is, "retry");
  assertEquals(shownTo(given), [["photo", READY]]);
  assertEquals((await send(issued, { task: "one", attempts: 1 })).is, "done");
  assertEquals(shownTo(given), [["photo", READY], ["photo", ""], ["photo", QR]]);
});

senderTest("an id that is refused goes up anew once, then come the words", async (given) => {
  const { fakes, send, emulator } = given;
  await send(shared);
  const known = fakes.fileIds.get("sea") ?? "";
  refuse(given, "sendPhoto", "wrong remote file identifier specified: Wrong string length", {
    file: known,
  });
  await send(shared);
  assertEquals(shownTo(given).map(([came]) => came), ["photo", "photo"]);
  assert(fakes.fileIds.get("sea") !== known);
  refuse(given, "sendPhoto", "FILE_REFERENCE_EXPIRED", { times: 3 });
  const before = emulator.calls().length;
  await send(shared);
  const methods = emulator.calls().slice(before).map(({ method }) => method);
  assertEquals(methods, ["sendPhoto", "sendPhoto", "sendMessage"]);
  assertEquals(fakes.fileIds.size, 0);
});

senderTest("words that are too long for a caption come after the picture", async (given) => {
  refuse(given, "sendPhoto", "message caption is too long");
  await given.send(issued);
  assertEquals(shownTo(given), [["photo", ""], ["words", READY], ["photo", QR]]);
});

senderTest("a chart of days that is refused leaves its words and the history", async (given) => {
  refuse(given, "sendPhoto", "PHOTO_CONTENT_TYPE_INVALID");
  refuse(given, "sendDocument", "DOCUMENT_INVALID");
  await given.send({ type: "showHistory", params: { card: CARD } });
  const [days, history] = shownTo(given);
  assertMatch(days?.[1] ?? "", /17/);
  assertEquals([days?.[0], history?.[0], shownTo(given).length], ["words", "words", 2]);
});

senderTest("a batch whose photo is refused is told with its buttons", async (given) => {
  const { fakes, send, anna } = given;
  fakes.cards.set(CARD, aCard({ batch: CARD, edition: 1, editions: 1 }));
  refuse(given, "sendPhoto", "MEDIA_INVALID");
  await send({ type: "showBatch", params: { batch: CARD } });
  const [batch, note] = anna.messages().slice(-2);
  assertMatch(batch?.text ?? "", /Тираж готов/);
  assertEquals(labelsOf(batch), [["Этикетки тиража"], ["Новый тираж", "Мои карты"]]);
  assertEquals(note?.text, PHOTO_LEFT_OUT);
});

senderTest("a file with labels that is refused is told of", async (given) => {
  refuse(given, "sendDocument", "not enough rights to send documents to the chat");
  await given.send({ type: "sendLabels", params: { card: CARD, of: "card" } });
  assertMatch(given.seen().at(-1) ?? "", /^⚠️ Не получилось отправить файл с этикетками/);
});

senderTest("of two tables, one that is refused does not cost the other", async (given) => {
  refuse(given, "sendDocument", "Request Entity Too Large", { status: 413 });
  await given.send({ type: "sendTables", params: {} });
  const [cards, scans] = shownTo(given);
  assertMatch(cards?.[1] ?? "", /^⚠️ Не получилось отправить таблицу ваших карт/);
  assertEquals(scans?.[0], "file");
});

senderTest("a message that is refused for good is given up alone", async (given) => {
  const { fakes, send } = given;
  fakes.cards.set(CARD, aCard({ packaged: "box" }));
  fakes.scans.set(FACT, aScan());
  refuse(given, "sendMediaGroup", "can't parse entities: unexpected end of name token");
  const outcome = await send(verdict);
  assertEquals(shownTo(given).map(([came]) => came), ["words"]);
  assert(outcome.is === "done");
  const { refused } = outcome.answer as { refused: string };
  assertMatch(refused, /^sendMediaGroup: 400 Bad Request: can't parse entities/);
});

senderTest(
  "a photo that cannot be read is waited for, but its words not for ever",
  async (given) => {
    given.fakes.files.photo = () => Promise.reject(new Error("no connection"));
    assertEquals((await given.send(issued, { attempts: 19 })).is, "retry");
    assertEquals(shownTo(given), []);
    assertEquals((await given.send(issued, { attempts: 20 })).is, "done");
    assertEquals(shownTo(given), [["words", READY], ["photo", QR]]);
  },
);
