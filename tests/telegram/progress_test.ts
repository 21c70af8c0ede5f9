/** What a sender remembers of a task while it is tried again, and that it forgets it after. */
import { assertEquals } from "@std/assert";
import type { SendOutcome } from "../../src/telegram/send.ts";
import { openProgress, type Work } from "../../src/telegram/progress.ts";
import { type GivenSender, senderTest } from "./given_sender.ts";
import { CARD } from "./render_fakes.ts";

/** A photo, then words: what fails with the words has been shown in part. */
const history = { type: "showHistory", params: { card: CARD } };

/** Sends it as the same task as ever; answers what came of it, and what was sent for it. */
async function sendIt({ send, anna }: GivenSender): Promise<[SendOutcome["is"], string[]]> {
  const before = anna.messages().length;
  const { is } = await send(history, { task: "one" });
  return [is, anna.messages().slice(before).map(({ photo }) => photo ? "photo" : "words")];
}

const failWords = ({ emulator }: GivenSender, status: number): void =>
  emulator.fault({ method: "sendMessage", times: 1, kind: "status", status });

senderTest("task that is done is forgotten: sent again, it starts anew", async (given) => {
  assertEquals(await sendIt(given), ["done", ["photo", "words"]]);
  assertEquals(await sendIt(given), ["done", ["photo", "words"]]);
});

senderTest("task that was done after another try is forgotten as well", async (given) => {
  failWords(given, 500);
  assertEquals(await sendIt(given), ["retry", ["photo"]]);
  assertEquals(await sendIt(given), ["done", ["words"]]);
  assertEquals(await sendIt(given), ["done", ["photo", "words"]]);
});

senderTest(
  "task that was refused in the middle is forgotten with what it had sent",
  async (given) => {
    failWords(given, 400);
    assertEquals(await sendIt(given), ["done", ["photo"]]);
    assertEquals(await sendIt(given), ["done", ["photo", "words"]]);
  },
);

senderTest("task of somebody who cannot be reached is forgotten", async (given) => {
  failWords(given, 403);
  assertEquals(await sendIt(given), ["unreachable", ["photo"]]);
  assertEquals(await sendIt(given), ["done", ["photo", "words"]]);
});

const work = (): Work => ({
  address: {},
  ...{ steps: [], done: 0, messages: [], kept: [], cleared: [] },
  ...{ left_out: [], refused: [] },
});

Deno.test("of too many tasks under way, the oldest is forgotten", () => {
  const progress = openProgress();
  const tasks = Array.from({ length: 10_002 }, (_, i) => `task:${i}`);
  for (const task of tasks) progress.set(task, work());
  assertEquals(tasks.filter((task) => !progress.get(task)), ["task:0", "task:1"]);
  progress.delete("task:5");
  progress.set("one more", work());
  assertEquals(tasks.filter((task) => !progress.get(task)), ["task:0", "task:1", "task:5"]);
});
