import { assert, assertEquals } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/input.ts";
import { openBot } from "../../src/bot.ts";
import { startEmulator } from "../../src/emulator/emulator.ts";
import { projections } from "../../src/projections/projections.ts";
import { verifyLog } from "../../src/replay/verify.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { openApi } from "../../src/telegram/api.ts";
import { freshDatabase, serverOnly, unless } from "../database.ts";
import { PII_KEY, worldNeeds } from "./bot_world.ts";
import { until } from "./until.ts";

Deno.test({
  ...unless(
    worldNeeds() || serverOnly(),
    "two bots on one server apply each update of a dialogue once, and a follower misses nothing",
  ),
  async fn() {
    await using database = await freshDatabase();
    const { sql } = database;
    const [row] = await sql<{ name: string }[]>`select current_database() as name`;
    const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
    url.pathname = `/${row?.name}`;
    const emulator = await startEmulator();
    const master = await openMasterKey(PII_KEY, "");
    const open = async () => {
      const own = await openDatabase({ url: url.href });
      const bot = await openBot({
        database: own,
        master,
        api: openApi({ token: emulator.token, root: emulator.root }),
        token: emulator.token,
        api_root: emulator.root,
        myself: emulator.bot,
        admin_ids: [],
        time_zone: "UTC",
        adopt: false,
      });
      const ended = bot.run();
      const stop = async () => {
        await bot.stop();
        await ended;
        await own.close();
      };
      return { bot, stop };
    };
    const buyer = emulator.addPerson({ first_name: "Борис" });
    const bots = [await open(), await open()];
    const [one] = bots;
    assert(one);
    const following = follow(sql);
    try {
      await buyer.start();
      const newcomer = { telegram_id: buyer.id, names: named("Борис"), language: "ru" };
      const met = await one.bot.people.meet([newcomer]);
      const person = met.get(buyer.id)?.person ?? "";
      const updates = Array.from({ length: UPDATES }, (_, i) => ({
        cause: `update:${emulator.bot.id}:${i}`,
        stream: `dialogue:${person}`,
        person,
        input: inputs[i % inputs.length] ?? help,
        at: Date.now(),
        admin: false,
        query: null,
      }));
      // Every third update comes to both, the others to one of them.
      const handled = await Promise.all(
        bots.flatMap(({ bot }, which) =>
          updates.filter((_, i) => i % 3 === 2 || i % 3 === which)
            .map((update) => bot.engine.handle(update))
        ),
      );
      const counted = Object.groupBy(handled, (it) => it);
      assertEquals(counted.applied?.length, UPDATES);
      assertEquals(counted.duplicate?.length, UPDATES / 3);
      await until("all is sent", async () => {
        const [undone] = await sql`select 1 from outbox where done_at is null limit 1`;
        return undone === undefined;
      });
      const facts = await sql<{ pos: number; version: number }[]>`
        select pos, version from events where stream = ${`dialogue:${person}`} order by version`;
      assertEquals(facts.map(({ version }) => version), facts.map((_, i) => i + 1));
      assertEquals(
        facts.map(({ pos }) => pos),
        facts.map(({ pos }) => pos).toSorted((a, b) => a - b),
      );
      const [head] = await sql<{ pos: number }[]>`select pos from head`;
      const followed = await following.upTo(head?.pos ?? 0);
      assertEquals(followed, Array.from({ length: head?.pos ?? 0 }, (_, i) => i + 1));
      const said = buyer.messages().filter(({ from }) => from?.is_bot).length;
      assertEquals(said, UPDATES + 1);
    } finally {
      await following.upTo(0);
      for (const { stop } of bots) await stop();
      await emulator.close();
    }
    const { faults } = await verifyLog(sql, { charts, projections });
    assertEquals(faults, []);
  },
});

const UPDATES = 90;
const help: Input = { kind: "command", name: "help", argument: "" };
const inputs: readonly Input[] = [
  help,
  { kind: "text", text: "Добрый день" },
  { kind: "command", name: "start", argument: "c_1" },
  { kind: "other", what: "sticker" },
];

const named = (first_name: string) => ({ first_name, last_name: null, username: null });

/** Reads the log behind those who write it, by position alone, as every follower does. */
function follow(sql: Awaited<ReturnType<typeof freshDatabase>>["sql"]) {
  const seen: number[] = [];
  let last = Infinity;
  const reading = (async () => {
    while ((seen.at(-1) ?? 0) < last) {
      const rows = await sql<{ pos: number }[]>`
        select pos from events where pos > ${seen.at(-1) ?? 0} order by pos limit 7`;
      seen.push(...rows.map(({ pos }) => pos));
    }
  })();
  return {
    async upTo(pos: number): Promise<number[]> {
      last = pos;
      await reading;
      return seen;
    },
  };
}
