import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type postgres from "postgres";
import { catalogues } from "../../src/flows/catalogues.ts";
import { serverOnly } from "../database.ts";
import { needs, unless } from "../permissions.ts";
import { botTest, type BotWorld, openWorld, worldNeeds } from "./bot_world.ts";
import { assertDiscreet, secretsOf } from "./whole.ts";
import { issueByChat } from "./issue_by_chat.ts";
import { until } from "./until.ts";
import { withdraw } from "./withdraw.ts";

const { label } = catalogues.ru;

/** A bit of everything, also of what fails; answers the code that was checked. */
async function live(world: BotWorld): Promise<string> {
  const { maker, buyer, sql, emulator } = world;
  const { code } = await issueByChat(world, { packaged: true });
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  await world.answers(buyer, () => buyer.say("Меня зовут Борис Ветров"));
  await maker.say("/admin");
  await world.settled();
  for (const button of [label("stats"), label("list"), "№\u00a01"]) {
    await world.answers(maker, () => world.tap(maker, button));
  }
  await withdraw(world, "Украдена");
  await sql`update cards set checks = 2147483647`;
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  await sql`update cards set checks = 1`;
  for (const method of ["sendMessage", "getUpdates", "getFile"]) {
    emulator.fault({ method, times: 1, kind: "cut_before" });
  }
  await world.answers(buyer, () => buyer.photo(buyer.file(pictureIn(world))));
  await buyer.say("/help");
  buyer.block();
  await world.settled();
  return code;
}

function pictureIn({ buyer }: BotWorld): string {
  const message = buyer.messages().find(({ photo, from }) => photo && from?.is_bot);
  return message?.photo?.at(-1)?.file_id ?? "";
}

botTest("token, names and codes are in no log line, token and names in no table", async (world) => {
  const { buyer, emulator, sql } = world;
  await world.answers(buyer, () => buyer.start());
  emulator.fault({ method: "sendMessage", times: 2, kind: "cut_before" });
  await buyer.say("/help");
  await until("a message has failed", async () => {
    const [failed] = await sql`select 1 from outbox where answer ? 'error'`;
    return failed !== undefined;
  });
  assertEquals(told(secretsOf(emulator), await dump(sql)), []);
  await world.settled();

  const code = await live(world);
  const tables = await dump(sql);
  const secrets = secretsOf(emulator);
  assertGreater(secrets.length, 6);
  assertGreater(tables.get("outbox")?.length ?? 0, 10);
  assertEquals(tables.get("failed_updates")?.length, 1);
  assertEquals(told(secrets, tables), []);
  const ids = [world.maker, buyer].map(({ id }) => String(id));
  const places = told(ids, tables).map((row) => row.split(":")[0] ?? "");
  assertEquals(places.filter((table) => table !== "people" && table !== "slots"), []);
  const log = world.log().join("\n");
  assertMatch(log, /Update failed, reference/);
  assertMatch(log, /Cannot take updates, trying again/);
  const lines = world.log().filter((line) => [code, ...ids].some((it) => line.includes(it)));
  assertEquals(lines, []);
});

Deno.test({
  ...unless(worldNeeds(), "token is nowhere where Telegram cannot be reached at all"),
  async fn() {
    await using world = await openWorld();
    const { buyer, emulator, sql } = world;
    await world.answers(buyer, () => buyer.start());
    emulator.fault({ method: "sendMessage", times: 1, kind: "delay", delay_ms: 10_000 });
    await buyer.say("/help");
    await until("it was heard", async () => (await world.facts("HelpAsked")).length > 0);
    // From now on every call fails with an error that names its address, and the token in it.
    await emulator.close();
    await until("a message has failed", async () => {
      const [failed] = await sql`select 1 from outbox where attempts > 1`;
      return failed !== undefined && /Cannot take updates/.test(world.log().join());
    });
    const secrets = secretsOf(emulator);
    assertEquals(told(secrets, await dump(sql)), []);
    assertDiscreet(world.log(), emulator);
    assertEquals(world.log().filter((line) => line.includes("[token]")), []);
  },
});

/** Rows that hold one of these, each after its table's name. */
const told = (secrets: readonly string[], tables: ReadonlyMap<string, string[]>): string[] =>
  [...tables].flatMap(([table, rows]) =>
    rows.filter((row) => secrets.some((secret) => row.includes(secret)))
      .map((row) => `${table}: ${row}`)
  );

botTest("tasks that are done keep neither address nor words", async (world) => {
  const { sql, maker } = world;
  await issueByChat(world);
  const id = await maker.create({ kind: "supergroup", title: "Друзья", bot: "member" });
  const group = maker.in(id);
  await world.answers(group, () => group.say(`/start@${world.emulator.bot.username}`));
  // The group's id stays in the name of its stream, by which a fact's effects are called.
  const named = await sql`
    select 1 from outbox o where (to_jsonb(o) - 'effect')::text like ${`%${id}%`}`;
  assertEquals(named.length, 0);
  const [kept] = await sql<{ done: number; kept: number }[]>`
    select count(*)::int as done,
      count(*) filter (where payload is not null or stream is not null)::int as kept
    from outbox where done_at is not null`;
  assert(kept && kept.done > 5);
  assertEquals(kept.kept, 0);
});

const pg_dump = findDump();
botTest("token and names are nowhere in what pg_dump writes", async (world) => {
  await live(world);
  const [row] = await world.sql<{ name: string }[]>`select current_database() as name`;
  const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  url.pathname = `/${row?.name}`;
  const { code, stdout } = await new Deno.Command(pg_dump ?? "", { args: [url.href] }).output();
  assertEquals(code, 0);
  const dumped = new TextDecoder().decode(stdout);
  assertStringIncludes(dumped, "CardVerified");
  assertEquals(secretsOf(world.emulator).filter((secret) => dumped.includes(secret)), []);
}, { ignored: serverOnly() || needs({ name: "run" }) || (pg_dump ? "" : "needs pg_dump") });

/** Debian keeps it beside the server. */
function findDump(): string | undefined {
  if (needs({ name: "read" }) !== "") return undefined;
  const folder = "/usr/lib/postgresql";
  try {
    const versions = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
    return versions.length > 0 ? `${folder}/${versions.at(-1)}/bin/pg_dump` : undefined;
  } catch {
    return undefined;
  }
}

/** Every row of every table, as text. */
async function dump(sql: postgres.Sql): Promise<Map<string, string[]>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const rows = await Promise.all(tables.map(async ({ name }): Promise<[string, string[]]> => {
    const found = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`;
    return [name, found.map(({ row }) => row)];
  }));
  return new Map(rows);
}
