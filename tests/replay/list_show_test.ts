/** Lists and dialogues as people read them, on the whole bot with a Telegram beside it. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dialogueStream, personOfStream } from "../../events/stream.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { openPeople } from "../../src/store/people.ts";
import { listStreams } from "../../src/replay/walk/list_streams.ts";
import { distance } from "../../src/replay/log/find_stream.ts";
import { readTime } from "../../src/replay/cli/cli_list.ts";
import { charts } from "../../machines/charts.ts";
import { openWorld, worldNeeds } from "../bot/bot_world.ts";
import { issueByChat } from "../bot/issue_by_chat.ts";
import { PII_KEY } from "../bot/run_in_process.ts";
import { databaseTest } from "../database.ts";
import { unless } from "../permissions.ts";
import { openLog } from "../../src/store/log.ts";
import { anyCharts, invited, write } from "../store/pen.ts";
import { goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

Deno.test({
  ...unless(worldNeeds(), "show tells what was sent, what Telegram said, and names when asked"),
  async fn() {
    await using world = await openWorld();
    const { sql, buyer } = world;
    const { code } = await issueByChat(world);
    await buyer.start(`v_${code}`);
    await world.settled();
    const [row] = await sql<{ stream: string }[]>`
      select stream from events where type = 'CardVerified'`;
    const stream = row?.stream ?? "";
    const text = (await replay(sql, ["show", stream])).lines.join("\n");
    assertMatch(text, /ask findCode \{.*\}: answered at once/s);
    assertMatch(text, /send showVerdict \{.*\}: done as message \d+\s+after 1 try/s);
    assertStringIncludes(text, '"names":"(sealed)"');
    assertStringIncludes(text, "presented: null → ");
    assertMatch(text, /asked .*isPresented yes/);
    for (const name of ["Борис", "Ветров"]) assert(!text.includes(name));

    const people = openPeople(sql, (await openMasterKey(PII_KEY, "")).key);
    const unsealed = await replay(sql, ["show", stream, "--unseal"], { people });
    assertStringIncludes(unsealed.lines.join("\n"), "Борис");
    assertEquals(unsealed.unsealed, [stream]);
    const dark = await replay(sql, ["show", stream, "--unseal"]);
    assertEquals([dark.code, dark.unsealed], [78, []]);

    await sql`update outbox set answer = '{"refused": "Bad Request: chat not found"}', attempts = 2
      where effect = ${`${stream}:2:0`}`;
    const refused = (await replay(sql, ["show", stream, "--from", "2"])).lines.join("\n");
    assertMatch(refused, /refused after 3 tries \(Bad\s+Request: chat not found\)/);
    const failed = await listStreams(sql, { charts, failed: true });
    assertEquals(failed.streams.map(({ stream, failed }) => [stream, failed]), [[stream, 1]]);
    const telegram_id = String(buyer.id);
    const his = await listStreams(sql, { charts, person: telegram_id });
    assertEquals(his.streams.map(({ stream }) => stream), [stream]);
  },
});

databaseTest("show opens a maker's words when asked, and nobody's invitation", async ({ sql }) => {
  const people = openPeople(sql, (await openMasterKey(PII_KEY, "")).key);
  const names = { first_name: "Анна", last_name: null, username: null };
  const met = await people.meet([{ telegram_id: 1, names, language: null }]);
  const [{ person } = { person: "" }] = [...met.values()];
  const stream = dialogueStream(person);
  const [query, token] = [await people.seal(person, "море"), await people.seal(person, "тайна")];
  const name = await people.seal(person, "Тайное имя");
  const { type, data } = invited("ab".repeat(32));
  await write(
    openLog(sql, [], crypto.randomUUID()),
    stream,
    { type: "CardsSearched", data: { query } },
    { type, data: { ...data, token } },
    { type: "NameProvided", data: { name } },
    { type: "WithdrawalExplained", data: { reason: "как раньше" } },
  );
  const show = async (...args: string[]) =>
    (await replay(sql, ["show", stream, ...args], { charts: anyCharts, people })).lines.join("\n");
  const sealed = await show();
  assertStringIncludes(sealed, '"query":"(sealed)"');
  assert(!sealed.includes("s1."), sealed);
  const opened = await show("--unseal");
  assertStringIncludes(opened, '"query":"море"');
  assertStringIncludes(opened, '"token":"(sealed)"');
  assertStringIncludes(opened, '"name":"Тайное имя"');
  // From before reasons were sealed.
  for (const shown of [sealed, opened]) assertStringIncludes(shown, '"reason":"как раньше"');
});

goldenDatabaseTest(
  "list finds dialogues by person, state, fact, time and refusal",
  async (given) => {
    const { run, maker, sql } = given;
    const found = async (...args: string[]) =>
      (await run(0, "list", "--json", "--limit", "999", ...args))
        .map((line) => JSON.parse(line) as { stream: string; state: string; last_at: number });
    const all = await found();
    assertEquals(all.length, 41);
    const person = personOfStream(maker);
    assertEquals((await found("--person", person)).map(({ stream }) => stream), [maker]);
    const issuing = await found("--state", "flow.issuing");
    assert(issuing.length > 0 && issuing.length < all.length);
    assert(issuing.every(({ state }) => state.startsWith("flow.issuing.")));
    assertEquals(
      await found("--state", "issuing.photo"),
      issuing.filter(({ state }) => state.startsWith("flow.issuing.photo")),
    );
    assertEquals((await found("--state", "issu")).length, 0);
    const [cards] = await sql`
    select count(distinct stream)::int as n from events where type = 'CardIssued'`;
    assertEquals((await found("--type", "CardIssued")).length, cards?.n);
    const [refusals] = await sql`select count(distinct stream)::int as n from events
    where type ~ '(Refused|Unreadable)$'`;
    assertEquals((await found("--refused")).length, refusals?.n);
    assertEquals((await found("--failed")).length, 0);
    const recent = await found("--since", "2026-01-01");
    assert(recent.length > 0 && recent.length < all.length);
    // Pages follow each other without a gap.
    const first = await listStreams(sql, { charts, limit: 30 });
    const rest = await listStreams(sql, { charts, limit: 30, before_pos: first.next ?? 0 });
    assertEquals([first.streams.length, rest.streams.length, rest.next], [30, 11, null]);
    assertEquals(
      [...first.streams, ...rest.streams].map(({ stream }) => stream),
      all.map(({ stream }) => stream),
    );
    const lines = await run(0, "list", "--person", person);
    assertEquals(lines[0], `${maker}  dialogue/1`);
    assertMatch(lines[1] ?? "", /^ {2}\d{4}-\d\d-\d\d .*Z {2}CardWithdrawn {2}\(26 facts\)$/);
    assertEquals(lines[2], "  flow.idle checking.ready");
  },
);

goldenDatabaseTest("damage is told where it lies, and stops nobody else", async (given) => {
  const { sql, run, maker } = given;
  const damage = async (change: string) =>
    await sql.unsafe(`alter table events disable trigger all;
      update events set ${change} where stream = '${maker}' and version = 5;
      alter table events enable trigger all`).simple();
  await damage(`data = '{"name": 7}'`);
  const listed = await run(0, "list", "--person", personOfStream(maker));
  assertStringIncludes(listed[2] ?? "", `Cannot read ${maker}`);
  const [sentence = ""] = await run(65, "show", maker);
  assertStringIncludes(
    sentence,
    `Cannot read ${maker} version 5: NameProvided version 1 is not as`,
  );
  await run(65, "run", maker);
  await run(65, "export", maker, "--redact");
  assertEquals(
    (await run(1, "check", maker)).at(-1),
    `Look: deno task replay run ${maker} --to 4`,
  );
  await run(0, "run", maker, "--to", "0");
  await damage(`data = '{"name": "x"}', machine = 'dialogue/9'`);
  assertEquals(await run(65, "show", maker), [
    `Cannot fold ${maker} version 5: this program has no chart dialogue/9. ` +
    "Use the program that wrote it, or a newer",
  ]);
  await damage(`machine = 'dialogue/1', schema_version = 2`);
  assertStringIncludes((await run(65, "show", maker))[0] ?? "", "Run a newer one");
  await run(1, "verify");
});

goldenDatabaseTest(
  "streams are named in full, shortly, or the nearest are offered",
  async (given) => {
    const { run, maker } = given;
    const uuid = personOfStream(maker);
    for (const name of [maker, uuid, maker.slice(0, 20), uuid.slice(0, 12)]) {
      assertEquals((await run(0, "show", name))[0], maker, name);
    }
    const typo = `${uuid.slice(0, -1)}${uuid.endsWith("0") ? "1" : "0"}`;
    const [sentence = ""] = await run(66, "show", typo);
    assertStringIncludes(
      sentence,
      `Cannot find ${typo}: there is no such stream. The nearest are ${maker}`,
    );
    assertMatch(
      (await run(66, "show", "dialogue:"))[0] ?? "",
      /^Cannot tell which stream dialogue: is: [^ ]+, [^ ]+, [^ ]+ and more begin so/,
    );
    assertMatch((await run(66, "show", "%"))[0] ?? "", /^Cannot find %: /);
  },
);

Deno.test("nearness counts what must be changed, and times may be relative", () => {
  assertEquals(
    [distance("", "abc"), distance("abc", "abc"), distance("kitten", "sitting")],
    [3, 0, 3],
  );
  const now = new Date("2026-05-01T12:00:00Z");
  assertEquals(readTime("2h", now), Date.parse("2026-05-01T10:00:00Z"));
  assertEquals(readTime("2026-04-30", now), Date.parse("2026-04-30T00:00:00Z"));
  assertEquals(readTime("yesterday-ish", now), null);
});
