import type { Names } from "../../src/base/names.ts";
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import type { Database } from "../../src/store/open_database.ts";
import { type Newcomer, openPeople } from "../../src/store/people.ts";
import { sealingKey } from "../../src/store/seal.ts";
import { databaseTest, ownersTest } from "../database.ts";

type Sql = Database["sql"];

const masterKey = () => sealingKey(crypto.getRandomValues(new Uint8Array(32)));

const names = (first_name: string, more: Partial<Names> = {}): Names => ({
  first_name,
  last_name: null,
  username: null,
  ...more,
});

const anna: Newcomer = {
  telegram_id: 5_000_000_001,
  names: names("Анна", { last_name: "Каренина", username: "anna_k" }),
  language: "ru",
};
const lev: Newcomer = { telegram_id: 42, names: names("Лев"), language: null };

/** Every row of every table, as text. */
async function dump(sql: Sql): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  const texts = await Promise.all(tables.map(async ({ name }) => {
    const rows = await sql`select t::text as row from ${sql(name)} t`;
    return rows.map(({ row }) => `${name}: ${row}`).join("\n");
  }));
  return texts.join("\n");
}

databaseTest("person has one uuid, however often and from wherever they come", async ({ sql }) => {
  const master = await masterKey();
  const [one, two] = [openPeople(sql, master), openPeople(sql, master)];
  const met = await one.meet([anna, lev, anna]);
  const { person } = met.get(anna.telegram_id)!;
  assertEquals(met.size, 2);
  assertNotEquals(person, met.get(lev.telegram_id)!.person);
  assertEquals((await one.meet([anna])).get(anna.telegram_id)?.person, person);
  assertEquals((await two.meet([anna])).get(anna.telegram_id)?.person, person);
  assertEquals((await openPeople(sql, master).find(person))?.telegram_id, anna.telegram_id);
  assertEquals(await one.find(v4()), null);
  assertEquals((await one.meet([])).size, 0);
});

databaseTest("person met while they are looked up is known as they were met", async ({ sql }) => {
  const master = await masterKey();
  const stranger = { ...anna, language: null };
  // More than once, since it takes luck that the look-up reads before and ends after.
  for (let round = 0; round < 150; round++) {
    const telegram_id = 1_000 + round;
    const met = await openPeople(sql, master).meet([{ ...stranger, telegram_id }]);
    const { person } = met.get(telegram_id)!;
    const people = openPeople(sql, master);
    const meeting = people.meet([{ ...anna, telegram_id }]);
    for (let turn = 0; turn < round % 30; turn++) await Promise.resolve();
    if (round % 3 > 0) await sql`select 1`;
    await Promise.all([meeting, people.find(person)]);
    assertEquals((await people.find(person))?.language, "ru");
  }
});

databaseTest("people met by several processes at once are made once each", async ({ sql }) => {
  const master = await masterKey();
  const processes = Array.from({ length: 4 }, () => openPeople(sql, master));
  // More than once, since it takes luck to be at once.
  for (let round = 1; round <= 10; round++) {
    const crowd = Array.from({ length: 30 }, (_, i) => ({ ...lev, telegram_id: 100 * round + i }));
    const met = await Promise.all(
      processes.map((people, i) => people.meet(i % 2 === 0 ? crowd : crowd.toReversed())),
    );
    const ids = met.map((people) =>
      crowd.map(({ telegram_id }) => people.get(telegram_id)?.person)
    );
    for (const other of ids) assertEquals(other, ids[0]);
    assertEquals(new Set(ids[0]).size, 30);
    // And what one of them seals, another opens.
    const token = await processes[0]!.seal(ids[0]![7]!, "тайна");
    assertEquals(await processes[3]!.unseal(ids[0]![7]!, token), "тайна");
  }
});

databaseTest(
  "names, ids' owners and sealed texts stand nowhere in the database",
  async ({ sql }) => {
    const people = openPeople(sql, await masterKey());
    const { person } = (await people.meet([anna])).get(anna.telegram_id)!;
    const token = await people.seal(person, "Москва, Арбат");
    await sql`insert into stamps values ('sealed', ${token})`;
    const dumped = await dump(sql);
    assert(dumped.includes(person));
    assert(dumped.includes(token));
    const bytes = (text: string) => new TextEncoder().encode(text);
    for (const secret of ["Анна", "Каренина", "anna_k", "Арбат"]) {
      assert(!dumped.includes(secret));
      assert(!dumped.includes(bytes(secret).toHex()));
      assert(!dumped.includes(bytes(secret).toBase64().slice(0, -2)));
    }
    assertEquals(await people.namesOf(person), anna.names);
    assertEquals(await people.unseal(person, token), "Москва, Арбат");
  },
);

databaseTest("names and language follow the person", async ({ sql }) => {
  const master = await masterKey();
  const people = openPeople(sql, master);
  const { person } = (await people.meet([anna])).get(anna.telegram_id)!;
  const married = { ...anna, names: names("Анна", { last_name: "Вронская" }), language: "en" };
  const met = (await people.meet([married])).get(anna.telegram_id);
  assertEquals(met?.language, "en");
  for (const one of [people, openPeople(sql, master)]) {
    assertEquals((await one.namesOf(person))?.last_name, "Вронская");
    assertEquals((await one.find(person))?.language, "en");
  }
});

databaseTest("forgotten person is dark for good, and comes back as another", async ({ sql }) => {
  const master = await masterKey();
  const people = openPeople(sql, master);
  const { person } = (await people.meet([anna])).get(anna.telegram_id)!;
  const token = await people.seal(person, "тайна");
  for (const stream of [dialogueStream(person), dialogueStream(person, -100)]) {
    await sql`insert into slots (stream, slot, chat, message)
      values (${stream}, 'wizard', ${anna.telegram_id}, 1)`;
  }
  await people.forget(person);
  for (const one of [people, openPeople(sql, master)]) {
    assertEquals(await one.unseal(person, token), null);
    assertEquals(await one.namesOf(person), null);
    const { telegram_id, sealed_names, language } = (await one.find(person))!;
    assertEquals({ telegram_id, sealed_names, language }, {
      telegram_id: null,
      sealed_names: null,
      language: null,
    });
    await assertRejects(() => one.seal(person, "ещё"), Error, `Cannot seal for ${person}`);
  }
  assert(!(await dump(sql)).includes(String(anna.telegram_id)));
  const again = (await people.meet([anna])).get(anna.telegram_id);
  assertNotEquals(again?.person, person);
  assertEquals(await people.unseal(again!.person, token), null);
});

databaseTest("what is sealed for one person does not open for another", async ({ sql }) => {
  const people = openPeople(sql, await masterKey());
  const met = await people.meet([anna, lev]);
  const [one, two] = [...met.values()].map(({ person }) => person);
  const token = await people.seal(one!, "тайна");
  assertEquals(await people.unseal(two!, token), null);
  assertEquals(await people.unseal(v4(), token), null);
});

databaseTest("another master key opens nobody", async ({ sql }) => {
  const people = openPeople(sql, await masterKey());
  const { person } = (await people.meet([anna])).get(anna.telegram_id)!;
  const token = await people.seal(person, "тайна");
  const stranger = openPeople(sql, await masterKey());
  assertEquals(await stranger.unseal(person, token), null);
  assertEquals(await stranger.namesOf(person), null);
  await assertRejects(() => stranger.seal(person, "ещё"), Error, "another PII_KEY");
});

databaseTest(
  "person who blocked the bot is known to be out of reach until they return",
  async ({ sql }) => {
    const people = openPeople(sql, await masterKey());
    const { person } = (await people.meet([anna])).get(anna.telegram_id)!;
    const reachable = async () => (await sql`select reachable from people`)[0]?.reachable;
    assertEquals(await reachable(), true);
    await people.setReachable(person, false);
    assertEquals(await reachable(), false);
    await people.setReachable(person, true);
    assertEquals(await reachable(), true);
  },
);

ownersTest("person who was met or found is remembered, and not asked for again", async (db) => {
  const { sql } = db;
  const master = await masterKey();
  const people = openPeople(sql, master);
  const met = (await people.meet([anna])).get(anna.telegram_id)!;
  const others = openPeople(sql, master);
  assertEquals((await others.find(met.person))?.person, met.person);
  await sql`alter table people rename to away`;
  for (const remembering of [people, others]) {
    assertEquals((await remembering.find(met.person))?.person, met.person);
    assertEquals(await remembering.namesOf(met.person), anna.names);
    assertEquals(await remembering.personOf(anna.telegram_id), met.person);
    assertEquals((await remembering.meet([anna])).get(anna.telegram_id)?.person, met.person);
  }
});
