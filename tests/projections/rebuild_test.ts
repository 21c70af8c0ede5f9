import type { Appended } from "../../src/store/append.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { inlineProjection, type Projection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { RebuildOvertaken, rebuildProjections } from "../../src/projections/rebuild.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { sha } from "../machines/samples.ts";
import { databaseTest, serverTest } from "../database.ts";
import {
  appendOf,
  corrected,
  dismissed,
  editionsIssued,
  invited,
  issued,
  nothing,
  opened,
  presented,
  restored,
  spoke,
  verified,
  withdrawn,
  write,
} from "../store/pen.ts";

type Sql = Database["sql"];

const NO_TABLES = { tables: [], changes: [], reads: [] };

const tables = projections.flatMap((projection) => projection.tables);
const open = (sql: Sql) => openLog(sql, projections.map(inlineProjection), v4());

/** Some cards of two makers, with checks, a withdrawal and a restoration. */
async function someLog(sql: Sql) {
  const log = open(sql);
  const people = Array.from({ length: 5 }, () => v4());
  const cards = Array.from({ length: 12 }, () => v4());
  for (const [i, card] of cards.entries()) {
    await write(log, `maker ${i % 2}`, issued(card, people[i % 2]!, { at: 1_000_000 * i }));
  }
  for (let i = 0; i < 40; i++) {
    const drafts = [verified(cards[i % 7]!, people[i % 5]!, { at: 3_000_000 * i })];
    await write(log, `buyer ${i % 5}`, ...drafts);
  }
  const batch = editionsIssued(v4(), people[0]!, [1, 2, 3, 4, 5]);
  await write(log, "maker 0", batch, corrected(cards[3]!, { name: "Летний лес" }));
  const [edition] = await sql<{ card: string }[]>`select card from cards where edition = 2`;
  for (const parts of [{ description: "Тихо" }, { name: "Волна" }, { name: "Волны" }]) {
    await write(log, "maker 0", corrected(edition!.card, parts));
  }
  await write(log, "maker 0", withdrawn(cards[0]!), withdrawn(cards[2]!), restored(cards[2]!));
  await write(
    log,
    dialogueStream(people[0]!),
    spoke("en"),
    opened(3),
    opened(4),
    opened(3),
    invited(sha("a")),
    invited(sha("b")),
  );
  await write(log, dialogueStream(people[1]!), presented(sha("a")));
  await write(log, dialogueStream(people[2]!), presented(sha("a")), presented(sha("b")));
  await write(log, dialogueStream(people[0]!), dismissed(people[1]!));
  return { log, people, cards };
}

async function dump(sql: Sql): Promise<Record<string, unknown>> {
  const dumped: Record<string, unknown> = {};
  for (const table of tables) {
    const rows = await sql`select to_jsonb(t) as row from ${sql(table)} t order by 1::text`;
    dumped[table] = rows.map(({ row }) => JSON.stringify(row)).toSorted();
  }
  return dumped;
}

/** Tables that a fact of this log moves. */
async function tablesOfLog(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql<{ type: string }[]>`select distinct type from events`;
  const written = new Set(rows.map(({ type }) => type));
  return new Set(
    projections.filter(({ applies }) => [...applies].some((type) => written.has(type)))
      .flatMap((projection) => projection.tables),
  );
}

async function hasLeftovers(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1 from pg_namespace where nspname = 'rebuild'`;
  return rows.length > 0;
}

databaseTest("rebuild of an untouched log finds every row as it is", async ({ sql }) => {
  await someLog(sql);
  const before = await dump(sql);
  const filled = await tablesOfLog(sql);
  assert(filled.size >= 14);
  for (const page_size of [1, 7, 1000]) {
    const rebuilt = await rebuildProjections(sql, projections, { page_size });
    assertEquals(rebuilt.tables.map(({ table }) => table), tables);
    for (const { table, live, derived, differing } of rebuilt.tables) {
      assertEquals(live > 0, filled.has(table), table);
      assertEquals({ derived, differing }, { derived: live, differing: 0 });
    }
    assertEquals(rebuilt.replaced, false);
  }
  assertEquals(await dump(sql), before);
  assertEquals(await hasLeftovers(sql), false);
});

databaseTest("rebuild names what differs and mends it", async ({ sql }) => {
  const { cards } = await someLog(sql);
  const before = await dump(sql);
  const [card] = await sql`select card from cards order by card limit 1`;
  await sql`update cards set checks = checks + 1, name = 'Другое' where card = ${card?.card}`;
  await sql`delete from scans where number = 2`;
  await sql`insert into stats_quarters values (77, 5)`;
  const spoiled = await dump(sql);

  const dry = await rebuildProjections(sql, projections, { dry: true, page_size: 10 });
  assertEquals(await dump(sql), spoiled);
  const differing = Object.fromEntries(dry.tables.map((table) => [table.table, table.differing]));
  const scans = cards.slice(0, 7).length;
  const asTheyAre = Object.fromEntries(tables.map((table) => [table, 0]));
  assertEquals(differing, { ...asTheyAre, cards: 1, scans, stats_quarters: 1 });
  const examples = dry.tables.flatMap((table) => table.examples);
  assertEquals(examples.length, 1 + 3 + 1);
  const [ofCards] = examples.filter((example) => example.startsWith(`cards card ${card?.card}: `));
  assert(ofCards?.includes("name is another"));
  assert(ofCards?.includes("checks is "));
  const [ofScans] = examples.filter((example) => example.startsWith("scans "));
  assert(ofScans?.endsWith("missing, and the log says that it is there"));
  const unknown = "stats_quarters quarter 77: is there, and the log knows nothing of it";
  assert(examples.includes(unknown));

  const rebuilt = await rebuildProjections(sql, projections, { page_size: 10 });
  assertEquals(rebuilt.replaced, true);
  assertEquals(await dump(sql), before);
  assertEquals(await hasLeftovers(sql), false);
});

databaseTest("rebuild mends a single row", async ({ sql }) => {
  await someLog(sql);
  const before = await dump(sql);
  await sql`delete from cards where card = (select min(card::text)::uuid from cards)`;
  const { replaced, tables } = await rebuildProjections(sql, projections);
  assertEquals([replaced, tables.filter(({ differing }) => differing > 0).length], [true, 1]);
  assertEquals(await dump(sql), before);
});

databaseTest("rebuild of an empty log finds nothing to do", async ({ sql }) => {
  const { upto, replaced } = await rebuildProjections(sql, projections);
  assertEquals({ upto, replaced }, { upto: 0, replaced: false });
});

databaseTest(
  "rebuild goes on while the bot appends, and replaces the right rows",
  async ({ sql }) => {
    const { log, cards, people } = await someLog(sql);
    await sql`update cards set checks = 0, people = 0`;
    let going = true;
    const appends = (async () => {
      for (let i = 0; going; i++) {
        await write(log, `late ${i % 9}`, verified(cards[i % 12]!, people[i % 5]!));
      }
    })();
    const rebuilt = await rebuildProjections(sql, projections, { page_size: 5 });
    going = false;
    await appends;
    assertEquals(rebuilt.replaced, true);
    const after = await rebuildProjections(sql, projections, { dry: true });
    assertEquals(after.tables.filter(({ differing }) => differing > 0), []);
    assert(after.upto > rebuilt.upto - 1);
  },
);

databaseTest(
  "rebuild counts what is appended right before it compares and replaces",
  async ({ sql }) => {
    const { log, cards, people } = await someLog(sql);
    await sql`update cards set checks = 0`;
    const late: Promise<Appended>[] = [];
    const meanwhile: Projection = {
      name: "meanwhile",
      ...NO_TABLES,
      applies: new Set(),
      apply: () => {
        const check = verified(cards[late.length]!, people[0]!);
        if (late.length < 3) late.push(log.append(appendOf(v4(), nothing, [check])));
        return Promise.resolve([]);
      },
    };
    const { replaced } = await rebuildProjections(sql, [...projections, meanwhile]);
    assertEquals(replaced, true);
    assert(late.length >= 2, "facts come in between");
    assertEquals((await Promise.all(late)).filter(({ is }) => is !== "appended"), []);
    const after = await rebuildProjections(sql, projections, { dry: true });
    assertEquals(after.tables.filter(({ differing }) => differing > 0), []);
  },
);

databaseTest("rebuild that fails leaves nothing behind", async ({ sql }) => {
  await someLog(sql);
  const before = await dump(sql);
  const failing: Projection = {
    name: "failing",
    ...NO_TABLES,
    applies: new Set(),
    apply: async (tx, { after }) => {
      await tx`select 1 / (20 - ${after})`;
      return [];
    },
  };
  await assertRejects(
    () => rebuildProjections(sql, [...projections, failing], { page_size: 10 }),
    Error,
    "division by zero",
  );
  assertEquals(await hasLeftovers(sql), false);
  assertEquals(await dump(sql), before);
  // Other queries on the same connections mean the live tables again.
  for (let i = 0; i < 10; i++) {
    const [row] = await sql`select current_schema() as schema`;
    assertEquals(row?.schema, "public");
  }
});

databaseTest("rebuild sweeps away what a killed one left", async ({ sql }) => {
  await someLog(sql);
  await sql.unsafe(
    `create schema rebuild; create table rebuild.cards (x int);
     create table rebuild.run as select gen_random_uuid() as id, 3::bigint as pos`,
  ).simple();
  const { replaced } = await rebuildProjections(sql, projections);
  assertEquals(replaced, false);
  assertEquals(await hasLeftovers(sql), false);
});

databaseTest("rebuild gives way to one that begins later, and says so", async ({ sql }) => {
  await someLog(sql);
  let later: Promise<unknown> | undefined;
  const begun = Promise.withResolvers<void>();
  const slow: Projection = {
    name: "slow",
    ...NO_TABLES,
    applies: new Set(),
    apply: () => Promise.resolve([]),
  };
  const earlier = rebuildProjections(sql, [...projections, slow], {
    page_size: 5,
    onProgress() {
      later ??= rebuildProjections(sql, projections, { onProgress: () => begun.resolve() });
    },
  });
  await assertRejects(() => earlier, RebuildOvertaken, "another one has begun");
  await begun.promise;
  await later;
  assertEquals(await hasLeftovers(sql), false);
});

databaseTest("rebuild gives way to one that came and went, and says so", async ({ sql }) => {
  await someLog(sql);
  let swept: Promise<unknown> | undefined;
  const earlier = rebuildProjections(sql, projections, {
    page_size: 5,
    onProgress: () => void (swept ??= sql`drop schema rebuild cascade`.execute()),
  });
  await assertRejects(() => earlier, RebuildOvertaken, "another one has begun");
  await swept;
});

serverTest("rebuild neither waits for readers nor holds them up", async ({ sql }) => {
  await someLog(sql);
  await sql`update cards set checks = 99`;
  await sql.begin(async (tx) => {
    const before = await tx`select sum(checks)::int as n from cards`;
    const rebuilt = await rebuildProjections(sql, projections);
    assertEquals(rebuilt.replaced, true);
    assertEquals(before[0]?.n, 99 * 17);
  });
  const [row] = await sql`select sum(checks)::int as n from cards`;
  assertEquals(row?.n, 40);
});
