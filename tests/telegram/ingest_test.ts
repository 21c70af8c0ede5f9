import { assertEquals, assertRejects } from "@std/assert";
import { dialogueStream } from "../../events/stream.ts";
import { type HeardUpdate, type IngestOptions, openIngest } from "../../src/telegram/ingest.ts";
import type { InlineAsk } from "../../src/telegram/inline.ts";
import type { Turn } from "../../src/telegram/read_only.ts";
import { keepLog } from "./given_sender.ts";
import { anna, bot, group, membershipUpdate, messageUpdate, page, tapUpdate } from "./updates.ts";

const PERSON = "0191e2f0-0000-4000-8000-00000000000a";

/** An ingest that keeps what it hands over. */
function openKeeping(change: Partial<IngestOptions> = {}) {
  const handled: HeardUpdate[] = [];
  const turned: Turn[] = [];
  const asked: InlineAsk[] = [];
  const reachable: boolean[] = [];
  const met: number[][] = [];
  const { logged, log } = keepLog();
  const ingest = openIngest({
    bot,
    groups: { moved: () => Promise.resolve(), first: (group) => Promise.resolve(group) },
    greet: () => Promise.resolve(),
    meet: (senders) => {
      met.push(senders.map(({ telegram_id }) => telegram_id));
      return Promise.resolve(new Map([[anna.id, { person: PERSON }]]));
    },
    handle: (update) => Promise.resolve(handled.push(update)),
    ask: (ask) => void asked.push(ask),
    turn: (turn) => Promise.resolve(void turned.push(turn)),
    setReachable: (_person, is) => Promise.resolve(void reachable.push(is)),
    passes: (error) => error instanceof Error && error.message === "no database",
    isOwner: (telegram_id) => telegram_id === anna.id,
    now: () => 1_790_000_000_000,
    log,
    ...change,
  });
  return { ingest, handled, turned, asked, reachable, met, logged };
}

Deno.test("a batch is handed over in order, everybody met once", async () => {
  const { ingest, handled, met } = openKeeping();
  await ingest(["one", "two"].map((text) => messageUpdate({ text })));
  assertEquals(handled.map(({ input }) => input.kind === "text" && input.text), ["one", "two"]);
  assertEquals(met, [[anna.id, anna.id]]);
  const [{ input: _, ...about } = {}] = handled;
  assertEquals(about, {
    cause: "update:77:5",
    stream: dialogueStream(PERSON),
    person: PERSON,
    at: 1_790_000_000_000,
    query: null,
  });
});

Deno.test("a person has a dialogue of their own in a group", async () => {
  const { ingest, handled } = openKeeping();
  await ingest([messageUpdate({ chat: group, text: "/admin@amanita_bot" })]);
  assertEquals(handled.map(({ stream }) => stream), [dialogueStream(PERSON, group.id)]);
});

Deno.test("taps that are read-only turn a message, all others go to the dialogue", async () => {
  const { ingest, handled, turned } = openKeeping();
  await ingest([tapUpdate({ data: "1:page:1:a" }), tapUpdate({ data: "1:list" })]);
  assertEquals(turned, [{
    ...{ person: PERSON, stream: dialogueStream(PERSON) },
    ...{ telegram_id: anna.id, language: "ru", chat: anna.id },
    ...{ query_id: "42", message_id: 9, tap: page },
  }]);
  assertEquals(handled.map(({ query }) => query), ["42"]);
});

Deno.test("blocking is told to whom it concerns", async () => {
  const { ingest, reachable } = openKeeping();
  await ingest([membershipUpdate("kicked"), membershipUpdate("member")]);
  assertEquals(reachable, [false, true]);
});

Deno.test("what is malformed is logged, and the rest of the batch heard", async () => {
  const { ingest, handled, logged } = openKeeping();
  await ingest([{ update_id: 1, message: {} }, "junk", messageUpdate({ text: "one" })]);
  assertEquals(handled.length, 1);
  assertEquals(logged.length, 2);
});

Deno.test("a batch is not committed while one of its updates is not", async () => {
  const { ingest } = openKeeping({ handle: () => Promise.reject(new Error("no database")) });
  await assertRejects(() => ingest([messageUpdate({ text: "one" })]), Error, "no database");
});

Deno.test("what fails for a reason of its own is given up, and costs no other", async () => {
  const { ingest, handled, logged } = openKeeping({
    handle: ({ input }) => {
      if (input.kind === "text" && input.text === "two") return Promise.reject(new Error("odd"));
      return Promise.resolve(handled.push(input as never));
    },
    setReachable: () => Promise.reject(new Error("odd")),
    groups: {
      moved: () => Promise.reject(new Error("odd")),
      first: () => Promise.reject(new Error("odd")),
    },
  });
  await ingest([
    messageUpdate({ text: "one" }),
    messageUpdate({ text: "two" }),
    messageUpdate({ chat: group, migrate_to_chat_id: -7 }),
    membershipUpdate("kicked"),
    messageUpdate({ chat: group, text: "/start" }),
  ]);
  assertEquals([handled.length, logged.length], [2, 3]);
});

Deno.test("whoever cannot be met is given up, and the others are met", async () => {
  const boris = { ...anna, id: 700_000_002 };
  const { ingest, handled, logged } = openKeeping({
    meet: (senders) =>
      senders.some(({ telegram_id }) => telegram_id === boris.id)
        ? Promise.reject(new Error("odd"))
        : Promise.resolve(new Map([[anna.id, { person: PERSON }]])),
  });
  await ingest([messageUpdate({ from: boris, text: "one" }), messageUpdate({ text: "two" })]);
  assertEquals(handled.map(({ input }) => input.kind === "text" && input.text), ["two"]);
  assertEquals(logged.length, 2);
});

Deno.test("an inline query is answered beside the dialogues, and nobody is met for it", async () => {
  const { ingest, asked, handled, met } = openKeeping();
  await ingest([{
    update_id: 9,
    inline_query: { id: "77", from: anna, query: "мо", offset: "20" },
  }]);
  assertEquals(asked, [
    { query_id: "77", telegram_id: anna.id, language: "ru", words: "мо", offset: 20 },
  ]);
  assertEquals([handled.length, met.length], [0, 0]);
});
