import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { projections } from "../../src/flows/projections.ts";
import { rebuildProjections } from "../../src/projections/rebuild.ts";
import { retryUpdate } from "../../src/replay/move/retry.ts";
import { databaseTest } from "../database.ts";
import { command, tap } from "../machines/samples.ts";
import { givenDialogues } from "./given_dialogues.ts";
import { givenEngine, type Sql } from "./given_engine.ts";
import { chartsOf, first } from "./test_chart.ts";

/** Makes every answer about the card unreadable, as a careless hand in the database does. */
const spoil = (sql: Sql) => sql`update cards set name = ''`;
const mend = (sql: Sql) => rebuildProjections(sql, projections);
const look = tap({ do: "look", number: 1 });

interface Failed {
  reference: string;
  cause: string;
  stream: string;
  payload: string;
  error: string;
  retried: boolean;
}

const failedOf = async (sql: Sql): Promise<Failed[]> => [
  ...await sql<Failed[]>`select reference, cause, stream, payload, error,
    retried_at is not null as retried from failed_updates order by at`,
];

/** A maker with a card, whose look at it has just failed. */
async function poisoned(sql: Sql) {
  const dialogues = await givenDialogues(sql);
  const maker = await dialogues.meet(42);
  await dialogues.issues(maker, "Зимнее море");
  await spoil(sql);
  dialogues.offered.length = 0;
  assertEquals(
    await dialogues.does(maker, look, { cause: "update:1:9", query: "q" }),
    "failed",
  );
  const [failed] = await failedOf(sql);
  assert(failed);
  const retry = (reference: string) =>
    retryUpdate({ sql, ...dialogues, now: () => 77_000 }, reference);
  return { ...dialogues, maker, failed, retry };
}

databaseTest("update that fails is kept sealed, and the person hears of it", async ({ sql }) => {
  const { maker, failed, offered, people, log, does } = await poisoned(sql);
  const stream = dialogueStream(maker);
  assertEquals([failed.cause, failed.stream, failed.retried], ["update:1:9", stream, false]);
  assertMatch(failed.reference, /^[0-9A-Z]{8}$/);
  assertStringIncludes(failed.error, "OwnCardFound version 1 is not as it must be (name:");
  assertMatch(failed.payload, /^s1\.[\w-]+$/);
  const unsealed = JSON.parse(await people.unseal(maker, failed.payload) ?? "");
  assertEquals([unsealed.input, unsealed.query], [look, "q"]);
  assertEquals(offered.map(({ lane, payload }) => ({ lane, payload })), [
    {
      lane: "update:1:9:tap",
      payload: { effect: { type: "answerTap", params: { query: "q", text: null } }, fact: "" },
    },
    {
      lane: stream,
      payload: {
        effect: {
          type: "say",
          params: { text: "apology", values: { reference: failed.reference } },
        },
        fact: "",
      },
    },
  ]);
  // Nothing of it is in the log, and the dialogue goes on.
  const { version } = await log.tip(stream);
  assertEquals(await does(maker, command("help")), "applied");
  assertEquals((await log.tip(stream)).version, version + 1);
  assertEquals(await does(maker, look, { cause: "update:1:9" }), "duplicate");
  assertEquals((await failedOf(sql)).length, 1);
});

databaseTest("failed update is applied after the mend, once, and now", async ({ sql }) => {
  const { maker, failed, retry, offered, log } = await poisoned(sql);
  await mend(sql);
  offered.length = 0;
  assertEquals(await retry(failed.reference), {
    is: "applied",
    sentence: `Retried ${failed.reference}: applied to dialogue:${maker}`,
  });
  const last = (await log.read(dialogueStream(maker), 0)).slice(-2);
  assertEquals(last.map(({ type, causation, at }) => ({ type, causation, at })), [
    { type: "OwnCardChosen", causation: `retry:${failed.reference}`, at: 77_000 },
    { type: "OwnCardFound", causation: `retry:${failed.reference}`, at: 77_000 },
  ]);
  // The tap was answered when it failed: only the card is shown.
  assertEquals(offered.map(({ lane }) => lane), [dialogueStream(maker)]);
  const second = await retry(failed.reference);
  assertEquals(second.is, "refused");
  assertMatch(second.sentence, /^Cannot retry \w{8}: it was applied at \d{4}-\d\d-\d\dT/);
  assertEquals((await failedOf(sql)).map(({ retried }) => retried), [true]);
});

databaseTest("retry says when an update fails again, and may be tried again", async ({ sql }) => {
  const { failed, retry, maker, log } = await poisoned(sql);
  const { version } = await log.tip(dialogueStream(maker));
  const again = await retry(failed.reference);
  assertEquals(again.is, "failed");
  assertStringIncludes(again.sentence, `Retried ${failed.reference}, and it failed again: Cannot`);
  assertEquals((await failedOf(sql)).length, 1);
  assertEquals((await log.tip(dialogueStream(maker))).version, version);
  await mend(sql);
  assertEquals((await retry(failed.reference)).is, "applied");
});

databaseTest("retry refuses what it cannot find or open", async ({ sql }) => {
  const { failed, retry, maker, people } = await poisoned(sql);
  assertEquals(await retry("NOSUCH"), {
    is: "unknown",
    sentence: "Cannot retry NOSUCH: no failed update has this reference",
  });
  await people.forget(maker);
  assertEquals(await retry(failed.reference), {
    is: "refused",
    sentence: `Cannot retry ${failed.reference}: ` +
      "it is sealed with a key that is not here any more",
  });
});

databaseTest(
  "update of somebody who was forgotten meanwhile does not stop the bot",
  async ({ sql }) => {
    const { does, maker, people, offered } = await poisoned(sql);
    await people.forget(maker);
    offered.length = 0;
    assertEquals(await does(maker, look, { query: "q" }), "failed");
    assertEquals(offered.length, 2);
  },
);

databaseTest("error whose words no database takes is kept all the same", async ({ sql }) => {
  const { hears } = givenEngine(sql, {
    ask: () => Promise.reject(new Error("odd\0 \ud800words")),
  });
  assertEquals(await hears(dialogueStream(v4()), "ask 1"), "failed");
  assertEquals((await failedOf(sql)).map(({ error }) => error), ["Error: odd \ufffdwords"]);
});

databaseTest(
  "failed update that comes again is a duplicate, and nobody hears twice",
  async ({ sql }) => {
    const { hears, failures, offered } = givenEngine(sql);
    const stream = dialogueStream(v4());
    const cause = "update:1:1";
    assertEquals(await hears(stream, "ask 9", { cause }), "failed");
    const [first] = failures.map(({ reference }) => reference);
    assertEquals(await hears(stream, "ask 9", { cause }), "duplicate");
    assertEquals(failures.map(({ reference }) => reference), [first]);
    assertEquals(offered.map(({ effect }) => effect), [`failed:${first}`]);
  },
);

databaseTest("failure tells nothing of what the person wrote", async ({ sql }) => {
  // Words where a code should be: no state of ours hears them so.
  const mishears: Chart = {
    ...first,
    hear: () => ({ type: "CodePresented", code: "тайна ".repeat(20), via: "text" }),
  };
  const { hears } = givenEngine(sql, { charts: chartsOf(mishears) });
  assertEquals(await hears(dialogueStream(v4()), "тайна ".repeat(20)), "failed");
  const [failed] = await failedOf(sql);
  assertStringIncludes(failed?.error ?? "", "CodePresented version 1 is not as it must be (code:");
  assertFalse(JSON.stringify(failed).includes("тайна"));
});
