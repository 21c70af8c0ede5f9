/** Verifying from a position on, and what is sealed. */
import { assertEquals, assertMatch } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import { openLog } from "../../src/store/log.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openPeople } from "../../src/store/people.ts";
import { databaseTest } from "../database.ts";
import { anyCharts, helpAsked, invited, verified, write } from "../store/pen.ts";
import { replay } from "./given_replay.ts";

type Sql = Database["sql"];

async function tamper(sql: Sql, statement: string): Promise<void> {
  await sql.unsafe(`alter table events disable trigger all; ${statement};
    alter table events enable trigger all`).simple();
}

databaseTest(
  "verify from a position on trusts what lies before, and nothing after",
  async ({ sql }) => {
    const log = openLog(sql, [], v4());
    for (const stream of ["a", "b", "c", "a", "b", "a"]) await write(log, stream, helpAsked);
    const verify = async (from: number) => {
      const options = { charts: anyCharts, projections: [], page_size: 2, from };
      const { facts, streams, faults } = await verifyLog(sql, options);
      return { facts, streams, faults };
    };
    assertEquals(await verify(0), { facts: 6, streams: 3, faults: [] });
    assertEquals(await verify(4), { facts: 2, streams: 2, faults: [] });
    assertEquals(await verify(6), { facts: 0, streams: 0, faults: [] });
    await tamper(sql, "update events set at = at + 1 where pos = 2");
    const fault = "b version 1 (pos 2, HelpAsked): hash does not match its content";
    assertEquals((await verify(0)).faults, [fault]);
    assertEquals((await verify(2)).faults, []);
    await tamper(sql, "update events set prev_hash = 'x' where pos = 6");
    assertEquals((await verify(4)).faults, [
      "a version 3 (pos 6, HelpAsked): hash does not match its content",
    ]);
    const { lines } = await replay(sql, ["verify", "--from", "5"], { charts: anyCharts });
    assertEquals(lines[0], "Broken: 1 fault in 1 fact in 1 stream after position 5; the first is");
  },
);

databaseTest("verify opens what is sealed, and forgives who is forgotten", async ({ sql }) => {
  const people = openPeople(sql, (await openMasterKey("C".repeat(43) + "=", "")).key);
  const names = { first_name: "Анна", last_name: null, username: null };
  const met = await people.meet([
    { telegram_id: 1, names, language: null },
    { telegram_id: 2, names, language: null },
  ]);
  const [one = "", two = ""] = [...met.values()].map(({ person }) => person);
  const log = openLog(sql, [], v4());
  const check = async (person: string) => {
    const { type, data } = verified(v4(), person);
    return { type, data: { ...data, names: await people.seal(person, "Анна") } };
  };
  await write(log, "a", await check(one), await check(two));
  const verify = async () => {
    const charts = anyCharts;
    const report = await verifyLog(sql, { charts, projections: [], opens: people.opens });
    return [report.seals, report.faults];
  };
  assertEquals(await verify(), [4, []]);
  await people.forget(two);
  assertEquals(await verify(), [2, []]);
  const broken = await people.seal(one, "Борис");
  const { data } = verified(v4(), one);
  const token = `${broken.slice(0, -2)}xx`;
  await write(log, "b", { type: "CardVerified", data: { ...data, names: token } });
  assertEquals(await verify(), [2, [
    "b version 1 (pos 3, CardVerified): what is sealed in its names does not open",
  ]]);
  await sql`update people set names = ${token} where person = ${one}`;
  await sql`insert into failed_updates (reference, cause, stream, payload, error)
    values ('REF', 'c', ${dialogueStream(one)}, ${token}, 'e')`;
  assertEquals(await verify(), [1, [
    "b version 1 (pos 3, CardVerified): what is sealed in its names does not open",
    `what is sealed does not open: names of person ${one}`,
    "what is sealed does not open: failed update REF",
  ]]);
  // Another key opens nothing.
  const stranger = openPeople(sql, (await openMasterKey("D".repeat(43) + "=", "")).key);
  assertEquals(await stranger.opens(one, broken), "broken");
  assertEquals(await stranger.opens(v4(), broken), "forgotten");
  const { lines } = await replay(sql, ["verify"], { charts: anyCharts, people });
  assertMatch(lines[0] ?? "", /^Broken: \d+ faults/);
});

databaseTest("verify opens tokens of invitations and words of searches", async ({ sql }) => {
  const people = openPeople(sql, (await openMasterKey("C".repeat(43) + "=", "")).key);
  const names = { first_name: "Анна", last_name: null, username: null };
  const met = await people.meet([{ telegram_id: 1, names, language: null }]);
  const owner = met.get(1)?.person ?? "";
  const token = await people.seal(owner, "secret");
  const { type, data } = invited("a".repeat(64));
  const log = openLog(sql, [], v4());
  await write(log, dialogueStream(owner), { type, data: { ...data, token } });
  const verify = async () => {
    const options = { charts: anyCharts, projections: [], opens: people.opens };
    const { seals, faults } = await verifyLog(sql, options);
    return [seals, faults];
  };
  assertEquals(await verify(), [2, []]);
  await write(log, dialogueStream(owner), { type: "CardsSearched", data: { query: token } });
  assertEquals(await verify(), [3, []]);
  await write(log, dialogueStream(owner), { type, data: { ...data, token: `${token}x` } });
  await write(log, dialogueStream(owner), { type: "CardsSearched", data: { query: `${token}x` } });
  assertEquals(await verify(), [3, [
    `dialogue:${owner} version 3 (pos 3, MakerInvited): what is sealed in its token does not open`,
    `dialogue:${owner} version 4 (pos 4, CardsSearched): what is sealed in its query does not open`,
  ]]);
});
