import { assert, assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import { openApi } from "../../src/telegram/api.ts";
import { allowed_updates, type PollOptions } from "../../src/telegram/poll.ts";
import { TokenRefused } from "../../src/telegram/token_refused.ts";
import { eventually, pollTest, textsOf } from "./given_poll.ts";

pollTest("updates come in order and are confirmed once they are handled", async (given) => {
  const { anna, emulator, start, until, handled } = given;
  await anna.say("one");
  await anna.say("two");
  void start();
  await until(2);
  await anna.say("three");
  await until(3);
  assertEquals(handled, ["one", "two", "three"]);
  await eventually(() => emulator.pendingUpdates() === 0);
  const { params } = emulator.calls().findLast(({ method }) => method === "getUpdates") ?? {};
  assertEquals(params?.allowed_updates, [...allowed_updates]);
});

pollTest("nothing is confirmed before it is committed", async (given) => {
  const { anna, emulator, start, stop } = given;
  await anna.say("one");
  const handling = Promise.withResolvers<void>();
  let begun = false;
  const polling = start({
    handle: () => {
      begun = true;
      return handling.promise;
    },
  });
  await eventually(() => begun);
  assertEquals(emulator.pendingUpdates(), 1);
  stop();
  handling.resolve();
  await polling;
  assertEquals(emulator.pendingUpdates(), 1);
});

pollTest("updates whose handling fails come again", async (given) => {
  const { anna, start, until, handled, logged } = given;
  await anna.say("one");
  let failures = 2;
  void start({
    handle: (updates) => {
      if (failures-- > 0) return Promise.reject(new Error("no database"));
      handled.push(...textsOf(updates));
      return Promise.resolve();
    },
  });
  await until(1);
  assertEquals(handled, ["one"]);
  assertEquals(logged.length, 2);
  assertMatch(logged[0] ?? "", /no database/);
});

pollTest("polling ends at once, in the middle of a poll", async ({ start, stop, emulator }) => {
  const polling = start({ timeout_seconds: 25 });
  await eventually(() => emulator.isPolled());
  const stopped_ms = performance.now();
  stop();
  await polling;
  assert(performance.now() - stopped_ms < 200);
});

pollTest("whoever may not poll waits for the lease", async ({ anna, start, until, emulator }) => {
  await anna.say("one");
  const polls = () => emulator.calls().filter(({ method }) => method === "getUpdates").length;
  const before = polls();
  const seen: number[] = [];
  void start({ mayPoll: () => Promise.resolve(seen.push(polls()) > 1) });
  await until(1);
  assertEquals(seen.slice(0, 2), [before, before]);
});

pollTest("another poller is told of, not fought", async ({ start, emulator, logged }) => {
  let conflicts = 0;
  let answers = 0;
  void start({ onConflict: () => void conflicts++, onAnswer: () => void answers++ });
  await eventually(() => emulator.isPolled());
  const api = openApi({ token: emulator.token, root: emulator.root });
  await api.getUpdates({ timeout: 0 });
  await eventually(() => logged.length > 0);
  assertMatch(logged[0] ?? "", /Another program polls with BOT_TOKEN.*"after_ms":5000/);
  assertEquals([conflicts, answers], [1, 1]);
});

for (const kind of ["hang", "cut_before", "cut_after", "status"] as const) {
  pollTest(`polling outlives a ${kind}, and loses nothing`, async (given) => {
    const { anna, emulator, start, until, handled, logged } = given;
    emulator.fault({ method: "getUpdates", times: 1, kind });
    await anna.say("one");
    const api = openApi({ token: emulator.token, root: emulator.root, timeout_ms: 300 });
    void start({ api, timeout_seconds: 0 });
    await until(1);
    assertEquals(handled, ["one"]);
    assertEquals(logged.length, 1);
    assertNotMatch(logged.join(), new RegExp(emulator.token.split(":")[1] ?? ""));
  });
}

pollTest(
  "what comes while an update is handled for long is seen, and confirmed later",
  async (given) => {
    const { anna, emulator, start, handled, until } = given;
    await anna.say("one");
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const seen: string[][] = [];
    void start({
      peek_ms: 20,
      handle: async (updates) => {
        await gate;
        handled.push(...textsOf(updates));
      },
      onPending: (updates) => void seen.push(textsOf(updates ?? [])),
    });
    await eventually(() => seen.length > 1);
    await anna.say("two");
    await eventually(() => seen.at(-1)?.length === 2);
    assertEquals(seen.at(-1), ["one", "two"]);
    assertEquals([handled, emulator.pendingUpdates()], [[], 2]);
    open();
    await until(2);
    assertEquals(handled, ["one", "two"]);
    await eventually(() => emulator.pendingUpdates() === 0);
  },
);

pollTest("who sees that another process took the updates looks no more", async (given) => {
  const { anna, emulator, start } = given;
  await anna.say("one");
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const seen: (number | null)[] = [];
  const onPending: PollOptions["onPending"] = (updates) => void seen.push(updates?.length ?? null);
  void start({ peek_ms: 0, handle: () => gate, onPending });
  await eventually(() => seen.length > 0);
  const api = openApi({ token: emulator.token, root: emulator.root });
  const [first] = await api.getUpdates({ timeout: 0 });
  await api.getUpdates({ offset: (first?.update_id ?? 0) + 1, timeout: 0 });
  await anna.say("two");
  await eventually(() => seen.at(-1) === null);
  const looks = seen.length;
  // A look is a call as well: so many calls are time for one.
  for (let call = 0; call < 20; call++) await api.getMe();
  assertEquals(seen.length, looks);
  open();
});

pollTest("a look that fails is a line in the log, and looking goes on", async (given) => {
  const { anna, emulator, start, logged } = given;
  await anna.say("one");
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let looks = 0;
  void start({ peek_ms: 0, handle: () => gate, onPending: () => void looks++ });
  await eventually(() => looks > 0);
  emulator.fault({ method: "getUpdates", times: 1, kind: "status", status: 500 });
  await eventually(() => logged.length > 0);
  assertMatch(logged[0] ?? "", /Cannot look at what waits: .*getUpdates: 500/);
  const before = looks;
  await eventually(() => looks > before + 1);
  open();
});

pollTest(
  "429 waits as long as Telegram says, where that is short",
  async ({ emulator, start, logged }) => {
    const fault = { method: "getUpdates", times: 1, kind: "status" } as const;
    emulator.fault({ ...fault, status: 429, retry_after: 3 });
    void start();
    await eventually(() => logged.length > 0);
    assertMatch(logged[0] ?? "", /"after_ms":3000/);
  },
);

pollTest("a refused token ends the polling in a sentence without it", async (given) => {
  const { emulator, start } = given;
  const token = `${emulator.token.slice(0, -4)}AAAA`;
  const api = openApi({ token, root: emulator.root });
  const error = await assertRejects(() => start({ api }), TokenRefused);
  assertMatch(error.message, /^Telegram refuses BOT_TOKEN \(401 Unauthorized\)/);
  assertNotMatch(error.message + error.stack, new RegExp(token.split(":")[1] ?? ""));
});
