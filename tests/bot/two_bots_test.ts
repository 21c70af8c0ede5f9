import { type PersonHandle, startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import { dialogueStream } from "../../events/stream.ts";
import type { Bot } from "../../src/app/bot.ts";
import type { Input } from "../../machines/flow/input.ts";
import type { Incoming } from "../../src/runtime/incoming.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { openApi } from "../../src/telegram/api.ts";
import { type FreshDatabase, freshDatabase, serverOnly } from "../database.ts";
import { unless } from "../permissions.ts";
import { worldNeeds } from "./bot_world.ts";
import { runInProcess } from "./run_in_process.ts";
import { until } from "./until.ts";
import { assertWhole, undone } from "./whole.ts";

Deno.test({
  ...unless(
    worldNeeds() || serverOnly(),
    "two bots on one server apply each update of a dialogue once, and a follower misses nothing",
  ),
  async fn() {
    await using database = await freshDatabase();
    const { sql } = database;
    await using emulator = await startOwnEmulator();
    const buyer = emulator.addPerson({ first_name: "Борис" });
    {
      await using one = await openBeside(database, emulator);
      await using other = await openBeside(database, emulator);
      await using following = follow(sql);
      const updates = await updatesOf(one.bot, buyer);
      // Every third comes to both, the others to one of them.
      const handled = await Promise.all(
        [one, other].flatMap(({ bot }, which) =>
          updates.filter((_, i) => i % 3 === 2 || i % 3 === which)
            .map((update) => bot.engine.handle(update))
        ),
      );
      const counted = Object.groupBy(handled, (it) => it);
      assertEquals(counted.applied?.length, UPDATES);
      assertEquals(counted.duplicate?.length, UPDATES / 3);
      await until("all is sent", async () => (await undone(sql)).length === 0);
      const facts = await sql<{ version: number }[]>`
        select version from events where stream = ${updates[0]?.stream ?? ""} order by pos`;
      assertEquals(facts.map(({ version }) => version), facts.map((_, i) => i + 1));
      const [head] = await sql<{ pos: number }[]>`select pos from head`;
      const followed = await following.upTo(head?.pos ?? 0);
      assertEquals(followed, Array.from({ length: head?.pos ?? 0 }, (_, i) => i + 1));
      const said = buyer.messages().filter(({ from }) => from?.is_bot).length;
      assertEquals(said, UPDATES + 1);
    }
    await assertWhole(sql);
  },
});

async function startOwnEmulator() {
  const emulator = await startEmulator();
  return { ...emulator, [Symbol.asyncDispose]: emulator.close };
}

type OwnEmulator = Awaited<ReturnType<typeof startOwnEmulator>>;

/** A bot with connections of its own to the same database. */
async function openBeside({ sql }: FreshDatabase, emulator: OwnEmulator) {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  url.pathname = `/${row?.name}`;
  const database = await openDatabase({ url: url.href });
  const api = openApi({ token: emulator.token, root: emulator.root });
  const { bot, stop } = await runInProcess({ database, emulator, api, admin_ids: [] });
  return {
    bot,
    async [Symbol.asyncDispose]() {
      await stop();
      await database.close();
    },
  };
}

/** What this person does, in a row; they have pressed start already. */
async function updatesOf({ people }: Bot, phone: PersonHandle): Promise<Incoming[]> {
  await phone.start();
  const names = { first_name: "Борис", last_name: null, username: null };
  const met = await people.meet([{ telegram_id: phone.id, names, language: "ru" }]);
  const person = met.get(phone.id)?.person ?? "";
  return Array.from({ length: UPDATES }, (_, i) => ({
    cause: `update:handed over:${i}`,
    stream: dialogueStream(person),
    person,
    input: inputs[i % inputs.length] ?? help,
    at: Date.now(),
    query: null,
  }));
}

const UPDATES = 90;
const help: Input = { kind: "command", name: "help", argument: "" };
const inputs: readonly Input[] = [
  help,
  { kind: "text", text: "Добрый день" },
  { kind: "command", name: "start", argument: "c_1" },
  { kind: "other", what: "sticker" },
];

/** Reads the log behind those who write it, by position alone, as every follower does. */
function follow(sql: FreshDatabase["sql"]) {
  const seen: number[] = [];
  let last = Infinity;
  const reading = (async () => {
    while ((seen.at(-1) ?? 0) < last) {
      const rows = await sql<{ pos: number }[]>`
        select pos from events where pos > ${seen.at(-1) ?? 0} order by pos limit 7`;
      seen.push(...rows.map(({ pos }) => pos));
    }
  })();
  const upTo = async (pos: number): Promise<number[]> => {
    last = pos;
    await reading;
    return seen;
  };
  return { upTo, [Symbol.asyncDispose]: async () => void await upTo(0) };
}
