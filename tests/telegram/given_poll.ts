/** A poll of an emulator, for tests of what it takes and of what it stands. */
import { delay } from "@std/async";
import { assertEquals } from "@std/assert";
import type { Update } from "grammy/types";
import { openApi } from "../../src/telegram/api.ts";
import { poll, type PollOptions } from "../../src/telegram/poll.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { keepLog } from "./given_sender.ts";

/** A poll to be started, and what came of it. */
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

/** Declares a test of polling; what it leaves running is broken off. */
export function pollTest(name: string, body: (given: GivenPoll) => Promise<void>): void {
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
      const keep = (updates: readonly unknown[]) =>
        Promise.resolve(void handled.push(...textsOf(updates)));
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

/** The texts of messages, "" for what has none. */
export const textsOf = (updates: readonly unknown[]) =>
  (updates as readonly (Update | null)[]).map((update) => update?.message?.text ?? "");

/** Looks again every few milliseconds, for half a minute. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6_000; tries++) {
    if (holds()) return;
    await delay(5);
  }
  throw new Error("Waited half a minute in vain");
}
