import { delay } from "@std/async";
import { assert, assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import type { Update } from "grammy/types";
import { openApi } from "../../src/telegram/api.ts";
import { allowed_updates, poll, type PollOptions } from "../../src/telegram/poll.ts";
import { TokenRefused } from "../../src/telegram/token_refused.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { keepLog } from "./given_sender.ts";

interface GivenPoll extends EmulatorFixture {
  /** Polls until the test ends. */
  start(options?: Partial<PollOptions>): Promise<void>;
  stop(): void;
  logged: string[];
  /** Texts of the messages that were handled, again and again where they came again. */
  handled: string[];
  /** Resolves when so many were handled. */
  until(count: number): Promise<void>;
}

function pollTest(name: string, body: (given: GivenPoll) => Promise<void>): void {
  emulatorTest(name, async (given) => {
    const { emulator } = given;
    const ending = new AbortController();
    const { logged, log } = keepLog();
    const handled: string[] = [];
    const polling: Promise<void>[] = [];
    const ended = Promise.withResolvers<never>();
    ended.promise.catch(() => undefined);
    ending.signal.addEventListener("abort", () => ended.reject(ending.signal.reason));
    const start = ({ handle, ...options }: Partial<PollOptions> = {}) => {
      const keep = (updates: Update[]) => Promise.resolve(void handled.push(...textsOf(updates)));
      const started = poll({
        api: openApi({ token: emulator.token, root: emulator.root, timeout_ms: 3000 }),
        log,
        // What still waits at the end is broken off, as the engine does it.
        handle: (updates) => Promise.race([(handle ?? keep)(updates), ended.promise]),
        mayPoll: () => Promise.resolve(true),
        signal: ending.signal,
        timeout_seconds: 1,
        ...options,
      });
      polling.push(started.catch(() => undefined));
      return started;
    };
    const until = (count: number) => eventually(() => handled.length >= count);
    const stop = () => ending.abort();
    try {
      await body({ ...given, start, stop, logged, handled, until });
    } finally {
      stop();
      await Promise.all(polling);
    }
    assertEquals(emulator.violations(), []);
  });
}

const textsOf = (updates: readonly Update[]) => updates.map(({ message }) => message?.text ?? "");

/** Looks again every few milliseconds, for half a minute. */
async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6_000; tries++) {
    if (holds()) return;
    await delay(5);
  }
  throw new Error("Waited half a minute in vain");
}

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
  emulator.fault({ method: "getUpdates", times: 1, kind: "status", status: 409 });
  void start();
  await eventually(() => logged.length > 0);
  assertMatch(logged[0] ?? "", /trying again in.*409 Conflict/);
  assertMatch(logged[0] ?? "", /"after_ms":5000/);
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

pollTest("429 waits as long as Telegram says", async ({ emulator, start, logged }) => {
  const fault = { method: "getUpdates", times: 1, kind: "status" } as const;
  emulator.fault({ ...fault, status: 429, retry_after: 3 });
  void start();
  await eventually(() => logged.length > 0);
  assertMatch(logged[0] ?? "", /"after_ms":3000/);
});

pollTest("a refused token ends the polling in a sentence without it", async (given) => {
  const { emulator, start } = given;
  const token = `${emulator.token.slice(0, -4)}AAAA`;
  const api = openApi({ token, root: emulator.root });
  const error = await assertRejects(() => start({ api }), TokenRefused);
  assertMatch(error.message, /^Telegram refuses BOT_TOKEN \(401 Unauthorized\)/);
  assertNotMatch(error.message + error.stack, new RegExp(token.split(":")[1] ?? ""));
});
