import type { Emulator } from "@amanita/emulator";
import { assertEquals, assertMatch } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { openApi } from "../../src/telegram/api.ts";
import { openSlowReplyNotice, type SlowReplyNotice } from "../../src/telegram/slow_reply_notice.ts";
import { until } from "../bot/until.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { keepLog } from "./given_sender.ts";

interface GivenNotice extends EmulatorFixture {
  slowReplyNotice: SlowReplyNotice;
  /** Resolves when another person who waited as long is told: all who waited before were. */
  later(by?: SlowReplyNotice): Promise<void>;
  /** A notice that goes on when the first has ended. */
  another: SlowReplyNotice;
  logged: string[];
  end(): void;
}

const AFTER_MS = 50;

function noticeTest(name: string, body: (given: GivenNotice) => Promise<void>): void {
  emulatorTest(name, async (given) => {
    const { token, root } = given.emulator;
    const ending = new AbortController();
    const { logged, log } = keepLog();
    const over = new AbortController();
    const open = (signal: AbortSignal) =>
      openSlowReplyNotice({
        api: openApi({ token, root }),
        catalogues,
        localeFor: ({ language }) => Promise.resolve(language === "en" ? "en" : "ru"),
        signal,
        after_ms: AFTER_MS,
        log,
      });
    const slowReplyNotice = open(ending.signal);
    const another = open(over.signal);
    const later = async (by = slowReplyNotice) => {
      const vera = given.emulator.addPerson({ first_name: "Vera" });
      await vera.start();
      by.wait([update(1_000_000 + vera.id, vera.id)]);
      const isIt = ({ params }: { params: Record<string, unknown> }) => params.chat_id === vera.id;
      await until("they are told", () => given.emulator.calls().some(isIt));
    };
    await body({ ...given, slowReplyNotice, another, later, logged, end: () => ending.abort() });
    ending.abort();
    over.abort();
  });
}

/** What somebody did, as it came from Telegram. */
const update = (update_id: number, id: number, more: { language?: string; group?: true } = {}) => ({
  update_id,
  from: {
    telegram_id: id,
    names: { first_name: "Анна", last_name: null, username: null },
    language: more.language ?? "ru",
  },
  chat: { id, private: more.group !== true },
});

const sent = (emulator: Emulator) =>
  emulator.calls().filter(({ method }) => method === "sendMessage").length;

noticeTest("somebody who waits is told once, in their language", async (given) => {
  const { anna, emulator, slowReplyNotice, later } = given;
  const boris = emulator.addPerson({ first_name: "Boris" });
  await Promise.all([anna.start(), boris.start()]);
  slowReplyNotice.wait([update(1, anna.id), update(2, boris.id, { language: "en" })]);
  slowReplyNotice.wait([update(1, anna.id), update(3, anna.id)]);
  const said = ({ text }: { text?: string }) => text;
  const wordsTo = (phone: typeof anna) =>
    phone.messages().filter(({ from }) => from?.is_bot).map(said);
  await until("both are told", () => wordsTo(anna).length + wordsTo(boris).length >= 2);
  // One more that waits is no reason to repeat it.
  slowReplyNotice.wait([update(4, anna.id)]);
  await later();
  assertEquals(wordsTo(anna), [catalogues.ru.text("taking_longer", {})]);
  assertEquals(wordsTo(boris), [catalogues.en.text("taking_longer", {})]);
});

noticeTest("somebody whose last update is settled hears nothing", async (given) => {
  const { anna, emulator, slowReplyNotice, later } = given;
  await anna.start();
  slowReplyNotice.wait([
    update(1, anna.id),
    update(2, anna.id),
    update(3, anna.id, { group: true }),
  ]);
  for (const settled of [1, 2, 7]) slowReplyNotice.settle(settled);
  await later();
  assertEquals(sent(emulator), 1);
  // They wait anew, and then nobody does.
  slowReplyNotice.wait([update(4, anna.id)]);
  slowReplyNotice.forget();
  await later();
  assertEquals(sent(emulator), 2);
});

noticeTest("refusal to be told is a line in the log, and nothing more", async (given) => {
  const { anna, emulator, slowReplyNotice, another, later, logged, end } = given;
  await anna.start();
  emulator.fault({ method: "sendMessage", times: 1, kind: "status", status: 502 });
  slowReplyNotice.wait([update(1, anna.id)]);
  await until("it is logged", () => logged.length > 0);
  assertMatch(logged.join(), /Cannot tell that it takes longer.*502/);
  end();
  slowReplyNotice.wait([update(2, anna.id)]);
  await later(another);
  assertEquals(sent(emulator), 2);
});
