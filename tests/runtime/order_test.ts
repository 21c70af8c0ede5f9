/** What an update leads to comes in one order: in memory, in the outbox, and after a restart. */
import { assertEquals } from "@std/assert";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { restoreCard } from "../../machines/flows/withdraw_card.ts";
import type { Json } from "../../src/base/json.ts";
import type { NewTask } from "../../src/store/append.ts";
import { databaseTest } from "../database.ts";
import { CARD, PERSON, tap } from "../machines/samples.ts";
import { givenBot, sentAs, undone } from "./given_bot.ts";
import { dialogue, type GivenEngine, givenEngine, type Sql, update } from "./given_engine.ts";

/** What a task is about: its effect, and the text where it says one. */
function told({ payload }: Pick<NewTask, "payload">): string {
  const { effect } = payload as { readonly effect: Effect & Json };
  return "text" in effect.params ? `${effect.type} ${effect.params.text}` : effect.type;
}

const owners = { charts, ask: restoreIt };

function restoreIt(effect: Effect): Promise<Fact> {
  if (!isEffect(restoreCard, effect)) throw new Error(`Cannot answer ${effect.type}`);
  const { callId } = effect.params;
  return Promise.resolve({ type: "CardRestored", callId, card: CARD });
}

/** An owner's tap, with a query to be answered. */
const taps = (given: GivenEngine, stream: string, action: Parameters<typeof tap>[0]) =>
  given.engine.handle(update(stream, tap(action), { admin: true, query: "q" }));

const inOutbox = async (sql: Sql): Promise<string[]> =>
  (await sql<Pick<NewTask, "payload">[]>`select payload from outbox order by seq`).map(told);

databaseTest("tap is answered before all that it leads to", async ({ sql }) => {
  const given = givenEngine(sql, owners);
  await taps(given, dialogue(), { do: "dismiss", maker: PERSON });
  const order = ["answerTap null", "say maker_dismissed", "showMakers", "tell"];
  assertEquals(given.offered.map(told), order);
  assertEquals(await inOutbox(sql), order);
});

databaseTest("what several facts lead to follows in the order of the facts", async ({ sql }) => {
  const given = givenEngine(sql, owners);
  const stream = dialogue();
  await taps(given, stream, { do: "issue" });
  given.offered.length = 0;
  // Leaves one flow, asks for the card, and shows it: of two facts.
  await taps(given, stream, { do: "restore", number: 7 });
  const order = ["answerTap card_restored", "clear", "say issue_left", "showOwnCard"];
  assertEquals(given.offered.map(told), order);
  assertEquals((await inOutbox(sql)).slice(-order.length), order);
  const versions = given.offered.slice(1).map(({ effect }) => effect.slice(stream.length));
  assertEquals(versions, [":2:0", ":2:1", ":3:1"]);
});

databaseTest("update that fails answers its tap before it apologizes", async ({ sql }) => {
  const given = givenEngine(sql, { charts, ask: () => Promise.reject(new Error("No such card")) });
  await taps(given, dialogue(), { do: "restore", number: 7 });
  const order = ["answerTap null", "say apology"];
  assertEquals(given.offered.map(told), order);
  assertEquals(await inOutbox(sql), order);
});

databaseTest(
  "messages of an update are said in its order, also by the next process",
  async (db) => {
    const { sql } = db;
    const stream = dialogue();
    const given = givenEngine(sql, owners);
    for (let round = 0; round < 2; round++) {
      await taps(given, stream, { do: "issue" });
      await taps(given, stream, { do: "restore", number: 7 });
    }
    const once = ["ask_photo", "clear", "issue_left", "showOwnCard"];
    const said: string[] = [];
    await using next = givenBot(sql, {
      send(words) {
        // The notes over the chat are in lanes of their own.
        if (!["card_restored", "null"].includes(words)) said.push(words);
        return Promise.resolve(sentAs(null));
      },
    });
    await next.delivery.start();
    await next.delivery.idle();
    assertEquals(said, [...once, ...once]);
    assertEquals(await undone(sql), []);
  },
);
