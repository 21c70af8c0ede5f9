/** What becomes of a task when its call fails in every way that there is. */
import { backoff } from "../../src/base/backoff.ts";
import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { type GivenSender, senderTest } from "./given_sender.ts";

import { until } from "../bot/until.ts";
import { ask } from "../emulator/ask_control.ts";
import { aCard, CARD } from "./render_fakes.ts";

const help = { type: "say", params: { text: "cancelled" } };

senderTest("429 waits as long as Telegram says", async ({ send, emulator, seen }) => {
  emulator.fault({ method: "sendMessage", times: 1, kind: "status", status: 429, retry_after: 7 });
  const outcome = await send(help);
  assertEquals(outcome, {
    is: "retry",
    after_ms: 7000,
    error: "sendMessage: 429 Too Many Requests: retry after 7",
  });
  assertEquals(seen(), []);
});

senderTest("429 for a day waits an hour, and for no time as long as others", async (given) => {
  const { send, emulator } = given;
  const fault = { method: "sendMessage", times: 1 } as const;
  emulator.fault({ ...fault, kind: "status", status: 429, retry_after: 86_400 });
  const day = await send(help);
  assertEquals(day.is === "retry" && day.after_ms, 3_600_000);
  for (const retry_after of ['"soon"', "-5", "null", "[]"]) {
    const parameters = `{"retry_after":${retry_after}}`;
    const body = `{"ok":false,"error_code":429,"description":"x","parameters":${parameters}}`;
    emulator.fault({ ...fault, kind: "answer", status: 429, body });
    const outcome = await send(help);
    assert(outcome.is === "retry" && outcome.after_ms <= 1_000, retry_after);
  }
});

for (const kind of ["hang", "cut_before"] as const) {
  senderTest(`a connection's ${kind} is tried again, with nothing sent`, async (given) => {
    given.emulator.fault({ method: "sendMessage", times: 1, kind });
    const outcome = await given.send(help, { task: "one" });
    assertEquals(outcome.is, "retry");
    assertEquals(given.seen(), []);
    assertEquals((await given.send(help, { task: "one", attempts: 1 })).is, "done");
    assertEquals(given.seen(), ["Отменено."]);
  });
}

senderTest("a cut after the effect is tried again: at least once", async (given) => {
  given.emulator.fault({ method: "sendMessage", times: 1, kind: "cut_after" });
  assertEquals((await given.send(help, { task: "one" })).is, "retry");
  assertEquals((await given.send(help, { task: "one", attempts: 1 })).is, "done");
  assertEquals(given.seen(), ["Отменено.", "Отменено."]);
});

for (const status of [500, 502, 401]) {
  senderTest(`${status} is tried again later`, async ({ send, emulator }) => {
    emulator.fault({ method: "sendMessage", times: 1, kind: "status", status });
    const outcome = await send(help, { attempts: 3 });
    assert(outcome.is === "retry");
    assert(outcome.after_ms >= 0 && outcome.after_ms <= 4000);
  });
}

senderTest("whoever has blocked the bot is unreachable", async ({ send, anna }) => {
  anna.block();
  assertEquals(await send(help), {
    is: "unreachable",
    answer: { refused: "sendMessage: 403 Forbidden: bot was blocked by the user" },
  });
});

senderTest("a tap that is too old is nobody's mistake", async ({ send, logged }) => {
  const outcome = await send({ type: "answerTap", params: { query: "123", text: null } });
  assertEquals(outcome.is === "done" && outcome.answer, { messages: [] });
  assertEquals(logged.length, 1);
  assertMatch(logged[0] ?? "", /Nothing to do any more.*query is too old/);
});

senderTest("any other 400 is a mistake of ours: logged, and not tried again", async (given) => {
  given.emulator.fault({ method: "sendMessage", times: 1, kind: "status", status: 400 });
  const outcome = await given.send(help);
  assertEquals(outcome.is === "done" && outcome.answer, {
    refused: "sendMessage: 400 Bad Request",
  });
  assertMatch(given.logged[0] ?? "", /Cannot send.*400 Bad Request/);
});

for (const packaged of [null, "box"]) {
  const what = packaged ? "an album" : "a photo";
  senderTest(`${what} whose file ids are stale goes up again at once`, async (given) => {
    const { send, fakes, emulator } = given;
    fakes.cards.set(CARD, aCard({ packaged }));
    await send({ type: "showOwnCard", params: { card: CARD } });
    const known = new Map(fakes.fileIds);
    emulator.forgetFiles();
    const outcome = await send({ type: "showOwnCard", params: { card: CARD } });
    const messages = packaged ? 3 : 2;
    assertEquals(outcome.is === "done" && messagesOf(outcome.answer), messages);
    assertEquals(fakes.fileIds.size, messages);
    for (const [sha256, file_id] of known) assert(fakes.fileIds.get(sha256) !== file_id);
  });
}

senderTest("a stale file id is forgotten even if the upload fails", async (given) => {
  const { send, fakes, emulator } = given;
  const effect = { type: "showShared", params: { number: 17 } };
  await send(effect);
  emulator.forgetFiles();
  const { photo } = fakes.files;
  fakes.files.photo = (sha256) => {
    emulator.fault({ method: "sendPhoto", times: 1, kind: "status", status: 500 });
    return photo(sha256);
  };
  assertEquals((await send(effect)).is, "retry");
  assertEquals(fakes.fileIds.size, 0);
});

senderTest("a task that failed in the middle goes on from there", async (given) => {
  const { send, emulator, seen, fakes } = given;
  const effect = { type: "showOwnCard", params: { card: CARD } };
  const { fileId } = fakes.files;
  failSecondPhoto(given);
  assertEquals((await send(effect, { task: "one" })).is, "retry");
  emulator.clearFaults();
  fakes.files.fileId = fileId;
  const outcome = await send(effect, { task: "one", attempts: 1 });
  assertEquals(outcome.is === "done" && messagesOf(outcome.answer), 2);
  assertEquals(seen().map((caption) => caption.slice(0, 6)), ["Карта ", "7F3K 9"]);
});

/** The first photo goes out, the QR code fails: it is the one that is none of the card's photos. */
function failSecondPhoto({ fakes, emulator }: GivenSender): void {
  const { fileId } = fakes.files;
  fakes.files.fileId = (sha256) => {
    if (!fakes.photos.has(sha256)) {
      emulator.fault({ method: "sendPhoto", times: 1, kind: "status", status: 500 });
    }
    return fileId(sha256);
  };
}

senderTest(
  "a card whose photo is nowhere is told in words",
  async ({ send, fakes, logged, seen }) => {
    fakes.photos.clear();
    const outcome = await send({ type: "showVerdict", params: { card: CARD } });
    assertEquals(outcome.is, "done");
    assertMatch(seen().at(-1) ?? "", /Код подлинный/);
    assertMatch(logged[0] ?? "", /nowhere to be had/);
  },
);

senderTest("a database that does not answer is waited for, but not for ever", async (given) => {
  const { send, fakes, logged } = given;
  fakes.counts.read = () => Promise.reject(new Error("no connection"));
  const outcome = await send({ type: "showStats", params: {} });
  assertEquals(outcome.is === "retry" && outcome.error, "Error: no connection");
  const last = await send({ type: "showStats", params: {} }, { attempts: 20 });
  assertEquals(last.is, "done");
  assertEquals(logged.length, 1);
});

senderTest("a file id that cannot be kept sends nothing twice", async ({ send, fakes, anna }) => {
  fakes.files.keepFileId = () => Promise.reject(new Error("no connection"));
  const outcome = await send({ type: "showShared", params: { number: 17 } });
  assertEquals(outcome.is, "done");
  assertEquals(anna.messages().filter(({ photo }) => photo).length, 1);
});

senderTest("an ending process breaks a call off at once", async (given) => {
  const { send, emulator } = given;
  emulator.fault({ method: "sendMessage", times: 1, kind: "hang" });
  const ending = new AbortController();
  const sending = send(help, { signal: ending.signal });
  // A fault that has met its call waits no more.
  await until(
    "the call hangs",
    async () => (await ask(given, "faults")).body.faults.length === 0,
  );
  const started_ms = performance.now();
  ending.abort();
  assertEquals(await sending, { is: "retry", after_ms: 0, error: "broken off" });
  assert(performance.now() - started_ms < 500);
});

senderTest("no failure names the token or what was sent", async (given) => {
  const { send, emulator, logged } = given;
  const said: string[] = [];
  const values = { number: 1, name: "тайное имя" };
  for (const kind of ["hang", "cut_before", "cut_after", "status"] as const) {
    emulator.fault({ method: "sendMessage", times: 1, kind });
    const outcome = await send({ type: "say", params: { text: "card_withdrawn", values } });
    said.push(JSON.stringify(outcome));
  }
  emulator.fault({ method: "sendMessage", times: 1, kind: "status", status: 400 });
  await send({ type: "say", params: { text: "card_withdrawn", values } });
  await send({ type: "say", params: { text: "тайный ключ", values: { name: {} } } });
  const [, secret = ""] = emulator.token.split(":");
  assertNotMatch([...said, ...logged].join("\n"), new RegExp(`${secret}|тайное имя`));
  assertEquals(logged.length, 2);
});

Deno.test("backoff doubles up to a minute, and jitters down to nothing", () => {
  assertEquals([0, 1, 2, 6, 7, 8, 1000].map((attempts) => backoff(attempts, 1)), [
    500,
    1000,
    2000,
    32_000,
    60_000,
    60_000,
    60_000,
  ]);
  assertEquals(backoff(5, 0), 0);
});

const messagesOf = (answer: unknown): number | undefined =>
  typeof answer === "object" && answer !== null && "messages" in answer &&
    Array.isArray(answer.messages)
    ? answer.messages.length
    : undefined;
