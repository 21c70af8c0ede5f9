/** What comes in place of updates: refusals of every make, webhooks, and things that are none. */
import type { Fault } from "@amanita/emulator";
import { assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import { openApi } from "../../src/telegram/api.ts";
import { WebhookSet } from "../../src/telegram/poll_conflict.ts";
import { eventually, pollTest } from "./given_poll.ts";

for (const when of ["before", "during"]) {
  pollTest(`a webhook that is set ${when} the polling ends it in a sentence`, async (given) => {
    const { start, emulator, anna } = given;
    const api = openApi({ token: emulator.token, root: emulator.root });
    const set = () => api.setWebhook("http://127.0.0.1:9/secret/path");
    if (when === "before") await set();
    const ended = assertRejects(() => start(), WebhookSet);
    if (when === "during") {
      await eventually(() => emulator.isPolled());
      await set();
    }
    const { message, exit_code } = await ended;
    assertEquals(exit_code, 78);
    assertMatch(message, /to a webhook \(127\.0\.0\.1:9\).*DELETE_WEBHOOK=1/);
    assertNotMatch(message, /secret/);
    await anna.say("kept");
    assertEquals((await api.getWebhookInfo()).pending_update_count, 1);
  });
}

pollTest(
  "a webhook is taken away where that is asked for, once, and nothing lost",
  async (given) => {
    const { start, emulator, anna, until, handled } = given;
    const api = openApi({ token: emulator.token, root: emulator.root });
    await api.setWebhook("http://127.0.0.1:9/");
    await anna.say("one");
    // What is asked to understand the conflict may fail at first.
    emulator.fault({ method: "getWebhookInfo", times: 1, kind: "status", status: 500 });
    const ended = assertRejects(() => start({ deletes_webhook: true }), WebhookSet);
    await until(1);
    assertEquals(handled, ["one"]);
    await eventually(() => emulator.isPolled());
    await api.setWebhook("http://127.0.0.1:9/");
    await ended;
  },
);

const refusals: Readonly<Record<string, Omit<Fault, "method" | "times">>> = {
  "a page of HTML": { kind: "answer", status: 502, body: "<html>502</html>" },
  "a page of HTML for a 404": { kind: "answer", status: 404, body: "<html>no</html>" },
  "nothing": { kind: "answer" },
  "null": { kind: "answer", body: "null" },
  "a bare refusal": { kind: "answer", body: '{"ok":false}' },
  "a list of another make": { kind: "answer", body: '{"ok":true,"result":{"0":1}}' },
  "a wait of another make": {
    kind: "answer",
    body: '{"ok":false,"error_code":429,"parameters":{"retry_after":"an hour"}}',
  },
  "a wait before now": {
    kind: "answer",
    body: '{"ok":false,"error_code":429,"parameters":{"retry_after":-60}}',
  },
};
for (const [what, fault] of Object.entries(refusals)) {
  pollTest(`${what} in place of updates is no answer, and the next is`, async (given) => {
    const { start, emulator, anna, until, logged } = given;
    await anna.say("one");
    emulator.fault({ method: "getUpdates", times: 2, ...fault });
    const answered: number[] = [];
    void start({ onAnswer: () => void answered.push(logged.length) });
    await until(1);
    assertEquals([logged.length, answered[0]], [2, 2], logged.join("\n"));
  });
}

pollTest("updates that are none cost neither those beside them nor those after", async (given) => {
  const { start, emulator, anna, until, handled } = given;
  await anna.say("one");
  for (const forged of [null, 7, [], {}, { update_id: -1 }, { update_id: 2 ** 53 }]) {
    emulator.forge(forged);
  }
  emulator.forge({ update_id: "9".repeat(400) });
  void start();
  await until(8);
  await anna.say("two");
  await eventually(() => handled.includes("two"));
  assertEquals(handled.filter((text) => text !== ""), ["one", "two"]);
  await eventually(() => emulator.pendingUpdates() === 0);
});

pollTest(
  "updates without an id that could be confirmed are asked for again in a while",
  async (given) => {
    const { start, emulator, until, logged, anna, handled } = given;
    emulator.forge(null);
    void start();
    await until(2);
    assertMatch(logged[0] ?? "", /trying again in.*No update has an id/);
    await anna.say("one");
    await eventually(() => emulator.pendingUpdates() === 0);
    assertEquals(handled.filter((text) => text !== ""), ["one"]);
  },
);

pollTest("ids may begin anew, above or below, after a silence", async (given) => {
  const { start, emulator, until, handled } = given;
  const message = (text: string) => ({ message: { text } });
  const cuts = () => emulator.calls().filter(({ ok }) => !ok).length;
  void start();
  for (const [i, update_id] of [2 ** 31, 5, 6, 2 ** 52, 0].entries()) {
    emulator.forge({ update_id, ...message(`at ${update_id}`) });
    await until(i + 1);
    await eventually(() => emulator.pendingUpdates() === 0 && emulator.isPolled());
    // The poll that confirms is answered with nothing; while the next fails, a week goes by.
    const before = cuts();
    emulator.fault({ method: "getUpdates", times: 1, kind: "cut_before" });
    await eventually(() => cuts() > before);
  }
  assertEquals(handled, [2 ** 31, 5, 6, 2 ** 52, 0].map((id) => `at ${id}`));
});

pollTest("429 for an hour or a day silences nobody for so long", async (given) => {
  const { emulator, start, logged } = given;
  for (const retry_after of [3_600, 86_400]) {
    emulator.fault({ method: "getUpdates", times: 1, kind: "status", status: 429, retry_after });
    void start();
    await eventually(() => logged.length > 0);
    assertMatch(logged.splice(0).join(), /"after_ms":30000/);
  }
});
