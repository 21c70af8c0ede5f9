import type { Appended } from "../../../src/store/append.ts";
import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../../events/stream.ts";
import { openMakers } from "../../../src/flows/makers/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { rebuildProjections } from "../../../src/projections/rebuild.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import { sha } from "../../machines/samples.ts";
import {
  dismissed,
  type Draft,
  invited,
  INVITED_MS as DAY_MS,
  presented,
  write,
} from "../../store/pen.ts";

function given(sql: Database["sql"]) {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const tell = (person: string, ...drafts: Draft[]) =>
    write(log, dialogueStream(person), ...drafts);
  return { makers: openMakers({ sql }), tell };
}

const outcomeOf = (appended: Appended): unknown[] =>
  appended.is === "appended" ? [...appended.assigned.values()] : [];

databaseTest("an invitation makes one maker, and only in time", async ({ sql }) => {
  const { makers, tell } = given(sql);
  const [owner, ada, bob, late] = [v4(), v4(), v4(), v4()];
  await tell(owner, invited(sha("a")), invited(sha("b")));
  assertEquals(outcomeOf(await tell(bob, presented(sha("c")))), ["unknown"]);
  assertEquals(outcomeOf(await tell(late, presented(sha("b"), DAY_MS + 1))), ["expired"]);
  assertEquals(outcomeOf(await tell(ada, presented(sha("a"), DAY_MS))), ["joined"]);
  assertEquals(outcomeOf(await tell(bob, presented(sha("a")))), ["used"]);
  const eve = v4();
  await tell(owner, invited(sha("e")));
  // Two at the same moment, which is one transaction.
  assertEquals(outcomeOf(await tell(eve, presented(sha("e")), presented(sha("e")))), [
    "joined",
    "used",
  ]);
  await tell(owner, dismissed(eve));
  assertEquals(await Promise.all([ada, bob, late, owner].map(makers.isMaker)), [
    true,
    false,
    false,
    false,
  ]);
  assertEquals(
    (await makers.page(0)).makers.map(({ maker, joined_at, cards }) => [maker, joined_at, cards]),
    [
      [ada, DAY_MS, 0],
    ],
  );
  const [fact] = await sql<{ id: string }[]>`
    select id from events where type = 'InvitationPresented' order by pos desc limit 1`;
  assertEquals(await makers.welcome(fact?.id ?? ""), "used");
});

databaseTest("makers are listed by pages, each of them once", async ({ sql }) => {
  const { makers, tell } = given(sql);
  const [owner, ...people] = Array.from({ length: 24 }, () => v4());
  for (const [i, person] of people.entries()) {
    const digest = sha(i.toString(16).padStart(2, "0")).slice(-64);
    await tell(owner ?? "", invited(digest));
    await tell(person, presented(digest, 2_000 + i));
  }
  const read = await Promise.all([0, 1, 2].map(makers.page));
  assertEquals(read.map(({ page, pages, total }) => [page, pages, total]), [
    [0, 3, 23],
    [1, 3, 23],
    [2, 3, 23],
  ]);
  assertEquals(
    read.flatMap(({ makers }) => makers.map(({ maker }) => maker)),
    people.toReversed(),
  );
  await tell(owner ?? "", ...people.slice(0, 3).map(dismissed));
  const last = await makers.page(2);
  assertEquals([last.page, last.pages, last.makers.length], [1, 2, 10]);
  assertEquals((await makers.page(1_000_000)).page, 1);
});

databaseTest("of ten who follow an invitation at once, one is a maker", async ({ sql }) => {
  const { makers, tell } = given(sql);
  const people = Array.from({ length: 10 }, () => v4());
  await tell(v4(), invited(sha("a")));
  await Promise.all(people.map((person) => tell(person, presented(sha("a")))));
  const outcomes = await sql<{ outcome: string }[]>`select outcome from welcomes order by outcome`;
  assertEquals(outcomes.map(({ outcome }) => outcome), ["joined", ...Array(9).fill("used")]);
  assertEquals((await Promise.all(people.map(makers.isMaker))).filter(Boolean).length, 1);
});

databaseTest("whoever is let go is no maker, until they are invited anew", async ({ sql }) => {
  const { makers, tell } = given(sql);
  const [owner, ada] = [v4(), v4()];
  await tell(owner, invited(sha("a")), invited(sha("b")));
  await tell(ada, presented(sha("a")));
  await tell(owner, dismissed(ada), dismissed(v4()));
  assertEquals([await makers.isMaker(ada), await makers.find(ada)], [false, null]);
  assertEquals(outcomeOf(await tell(ada, presented(sha("a")))), ["used"]);
  await tell(ada, presented(sha("b"), 5_000));
  assertEquals((await makers.find(ada))?.joined_at, 5_000);
  for (const page_size of [1, 1000]) {
    const rebuilt = await rebuildProjections(sql, projections, { page_size });
    assertEquals(rebuilt.tables.filter(({ differing }) => differing > 0), []);
  }
});
