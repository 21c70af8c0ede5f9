/** Files whose drawing breaks: tried again, told at last, and given up where the bot ends. */
import { assertEquals } from "@std/assert";
import { delay } from "@std/async";
import { counts, countThreads } from "../base/count_threads.ts";
import { senderTest } from "./given_sender.ts";
import { CARD } from "./render_fakes.ts";

const labels = { type: "sendLabels", params: { card: CARD, of: "card" } };
const broken = "throw new Error('broken')";

senderTest("labels whose thread breaks are tried again, and told at last", async (given) => {
  using threads = countThreads({ program: broken });
  assertEquals((await given.send(labels, { task: "one" })).is, "retry");
  assertEquals(given.seen(), []);
  assertEquals((await given.send(labels, { task: "one", attempts: 20 })).is, "done");
  assertEquals(given.seen().map((text) => text.slice(0, 40)), [
    "⚠️ Не получилось отправить файл с этикет",
  ]);
  assertEquals(counts(threads), { begun: 2, alive: 0 });
});

senderTest("labels are given up where the bot ends, and so is their thread", async (given) => {
  using threads = countThreads({ program: "while (true) {}" });
  const ending = new AbortController();
  const sent = given.send(labels, { signal: ending.signal });
  while (threads.begun === 0) await delay(0);
  ending.abort();
  assertEquals(await sent, { is: "retry", after_ms: 0, error: "broken off" });
  assertEquals(counts(threads), { begun: 1, alive: 0 });
});
