/** A sender before a running emulator, with a card among its fakes and two people who wrote. */
import type { Json } from "../../src/base/json.ts";
import { assertEquals } from "@std/assert";
import { dialogueStream } from "../../events/stream.ts";
import { openApi } from "../../src/telegram/api.ts";
import { openSender, type Sender, type SendOutcome } from "../../src/telegram/send.ts";
import type { Logger } from "../../src/telegram/sources.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { FACT, MAKER, openRenderFakes, type RenderFakes, showingOf } from "./render_fakes.ts";

export interface GivenSender extends EmulatorFixture {
  fakes: RenderFakes;
  sender: Sender;
  /** Everything that was logged, as JSON. */
  logged: string[];
  /** Sends one effect to Anna, the maker, as a task of its own. */
  send(effect: Json, options?: SendOptions): Promise<SendOutcome>;
  /** Texts and captions that Anna sees, newest last, her own left out. */
  seen(): string[];
}

interface SendOptions {
  stream?: string;
  task?: string;
  attempts?: number;
  signal?: AbortSignal;
}

export const stream = dialogueStream(MAKER);
export const BORIS = "0191e2f0-0000-4000-8000-00000000000b";
export const borisStream = dialogueStream(BORIS);

/** Calls in these tests give up after this time instead of half a minute. */
const TIMEOUT_MS = 1_000;

/** Like `emulatorTest`; every call must be one that the Bot API knows. */
export function senderTest(name: string, body: (given: GivenSender) => Promise<void>): void {
  emulatorTest(
    name,
    async (given) => {
      await given.boris.start();
      await body(await stand(given));
      assertEquals(given.emulator.violations(), []);
    },
    "ffi",
  );
}

async function stand(given: EmulatorFixture): Promise<GivenSender> {
  const { emulator, anna, boris } = given;
  const fakes = openRenderFakes();
  fakes.photos.set("sea", await plainPicture(60, 40));
  fakes.photos.set("box", await plainPicture(40, 60));
  const viewer = { locale: "ru" } as const;
  fakes.viewers.set(stream, { ...viewer, stream, person: MAKER, chat: anna.id });
  fakes.viewers.set(borisStream, { ...viewer, stream: borisStream, person: BORIS, chat: boris.id });
  fakes.rights.set(stream, { admin: true, owner: true });
  const { logged, log } = keepLog();
  const sender = openSender({
    api: openApi({ token: emulator.token, root: emulator.root, timeout_ms: TIMEOUT_MS }),
    render: showingOf(fakes, emulator.bot.username, "ru").render,
    photos: fakes.files,
    places: {
      groups: { moved: () => Promise.resolve() },
      privateChatOf: () => Promise.resolve(anna.id),
    },
    log,
  });
  let tasks = 0;
  const send = (effect: Json, options: SendOptions = {}) =>
    sender.send({
      effect: options.task ?? `task:${++tasks}`,
      stream: options.stream ?? stream,
      payload: { effect, fact: FACT },
      attempts: options.attempts ?? 0,
    }, options.signal ?? new AbortController().signal);
  const seen = () =>
    anna.messages().filter(({ from }) => from?.is_bot)
      .map(({ text, caption }) => text ?? caption ?? "");
  return { ...given, fakes, sender, logged, send, seen };
}

/** A log that is kept as lines of JSON. */
export function keepLog(): { logged: string[]; log: Logger } {
  const logged: string[] = [];
  const keep = (message: string, properties: Record<string, unknown>) => {
    logged.push(JSON.stringify({ message, ...properties }));
  };
  return { logged, log: { info: keep, warn: keep, error: keep } };
}

/** The labels under a message, row by row. */
export const labelsOf = (
  message: { reply_markup?: { inline_keyboard: { text: string }[][] } } | undefined,
): string[][] =>
  (message?.reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text));
