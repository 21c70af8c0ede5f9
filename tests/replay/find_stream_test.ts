/** What people know of a dialogue finds it: a card, its code, a name, an id, a reference. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { groupCode } from "../../events/code.ts";
import { dialogueStream } from "../../events/stream.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { openPeople } from "../../src/store/people.ts";
import { botTest, type BotWorld } from "../bot/bot_world.ts";
import { issueByChat } from "../bot/issue_by_chat.ts";
import { PII_KEY } from "../bot/run_in_process.ts";
import { replay } from "./given_replay.ts";

const personOf = async ({ sql }: BotWorld, telegram_id: number): Promise<string> => {
  const [row] = await sql<{ person: string }[]>`
    select person from people where telegram_id = ${telegram_id}`;
  return row?.person ?? "";
};

/** Two cards, of which the buyer checked the first one twice and the maker once. */
async function someChecks(world: BotWorld) {
  const { maker, buyer, sql } = world;
  const { code, card } = await issueByChat(world);
  await issueByChat(world);
  for (const phone of [buyer, maker, buyer]) {
    await phone.start(`v_${code}`);
    await world.settled();
  }
  const people = openPeople(sql, (await openMasterKey(PII_KEY, "")).key);
  const run = async (...args: string[]) => {
    const { code, lines, notes } = await replay(sql, args, { people });
    return { code, text: [...lines, ...notes].join("\n") };
  };
  return {
    code,
    card,
    people,
    run,
    shown: async (asked: string) => (await run("show", asked)).text.split("\n")[0] ?? "",
    listed: async (...args: string[]) =>
      (await run("list", ...args)).text.match(/dialogue:\S+/g)?.toSorted() ?? [],
    makers: dialogueStream(await personOf(world, maker.id)),
    buyers: dialogueStream(await personOf(world, buyer.id)),
  };
}

botTest("show and list find by card, code, name, id and reference", async (world) => {
  const { maker, buyer, sql } = world;
  const { code, card, shown, listed, run, makers, buyers } = await someChecks(world);
  for (const asked of ["1", "№1", "№ 1", "card:1", "c_1", code, groupCode(code), card]) {
    assertEquals([asked, await shown(asked)], [asked, makers]);
    assertEquals(await listed(asked), [makers, buyers].toSorted(), asked);
  }
  // Of the second card nobody else knows.
  assertEquals(await listed("2"), [makers]);
  for (const asked of ["@boris_buys", "@BORIS_buys", `${buyer.id}`, `id:${buyer.id}`, buyers]) {
    assertEquals([asked, await shown(asked)], [asked, buyers]);
    assertEquals(await listed(asked), [buyers], asked);
    assertEquals(await listed("--person", asked), [buyers], asked);
  }
  assertEquals(await listed("1", "--person", "@anna_makes"), [makers]);
  await sql`insert into failed_updates (reference, cause, stream, payload, error, retried_at)
    values ('K7WM2Q4X', 'c', ${buyers}, '', 'it broke', clock_timestamp())`;
  for (const asked of ["K7WM2Q4X", "k7wm2q4x"]) {
    assertEquals([await shown(asked), await listed(asked)], [buyers, [buyers]]);
  }
  await sql`update people set telegram_id = 2 where telegram_id = ${maker.id}`;
  const { code: exit, text } = await run("show", "2");
  await sql`update people set telegram_id = ${maker.id} where telegram_id = 2`;
  assertEquals([exit, text], [
    66,
    "Cannot tell what 2 is: the number of a card (card:2) or somebody's id at Telegram (id:…)",
  ]);
  assertEquals((await run("show", "@nobody_here")).code, 66);
  assertEquals(await listed("№99"), []);
  const keyless = await replay(sql, ["show", "@boris_buys"]);
  assertEquals(keyless.code, 78);
  assertMatch(keyless.notes.join(), /names are sealed, and there is no key\. Set PII_KEY/);
});

botTest("times and ordinals of checks are shown, and listed with their card", async (world) => {
  const { run, buyers, makers } = await someChecks(world);
  const text = (await run("show", buyers)).text;
  assertMatch(text, /check 1 of card №1, by 1 person; the first was \d{4}-\d\d-\d\d \d\d:\d\d/);
  assertMatch(text, /check 3 of card №1, by 2 people; the first was \d{4}-\d\d-\d\d \d\d:\d\d/);
  const listed = (await run("list", "№1")).text;
  const [, of = ""] = listed.split(buyers);
  assertMatch(of, /\d\d:\d\d:\S+ {2}check 1 of card №1, by 1 person/);
  assertMatch(listed, /\d{4}-\d\d-\d\d \S+ {2}check 2 of card №1, by 2 people/);
  const [json = ""] = (await replay(world.sql, ["list", "№1", "--json"])).lines
    .filter((line) => line.includes(makers));
  const { checks } = JSON.parse(json);
  assertEquals(
    checks.map(({ number, people }: { number: number; people: number }) => [
      number,
      people,
    ]),
    [[2, 2]],
  );
  assertStringIncludes((await run("show", buyers, "--json")).text, '"check":{"card":1,"number":3');
});
