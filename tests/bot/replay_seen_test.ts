/** A replay shows what was seen: each dialogue, at each point, with the words of the chat itself. */
import type { PersonHandle } from "@amanita/emulator";
import { assertEquals, assertExists, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import type postgres from "postgres";
import { catalogues } from "../../src/flows/catalogues.ts";
import { dialogueStream } from "../../events/stream.ts";
import { type EventRow, hashEvent } from "../../src/store/event_row.ts";
import { eventColumns } from "../../src/store/log.ts";
import { replay } from "../replay/given_replay.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { issueByChat, words } from "./issue_by_chat.ts";

const { label } = catalogues.ru;

/** A replay tells nobody's name. */
const withoutNames = (text: string): string =>
  text.replace(/Анна Смирнова|\((?:имя скрыто|name hidden)\)/g, "…");

/** What a message looked like: its words, and its buttons row by row. */
interface Look {
  text: string;
  buttons: string[][];
}

const lookOf = (message: Message): Look => ({
  text: withoutNames(words(message)),
  buttons: message.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? [],
});

/** What a replay shows of the newest message after a version. */
async function replayed(world: BotWorld, stream: string, version: number): Promise<Look> {
  const { code, lines, notes } = await replay(
    world.sql,
    ["run", stream, "--to", `${version}`, "--json"],
  );
  assertEquals(code, 0, notes.join());
  const { chat } = JSON.parse(lines[0] ?? "");
  const { text, buttons } = chat.at(-1);
  return { text: withoutNames(text), buttons };
}

async function streamOf(world: BotWorld, phone: PersonHandle): Promise<string> {
  const [row] = await world.sql<{ person: string }[]>`
    select person from people where telegram_id = ${phone.id}`;
  assertExists(row);
  return dialogueStream(row.person);
}

/** The log as a program of before would have written it: no envelopes, and hashes without them. */
async function withoutEnvelopes(sql: postgres.Sql): Promise<void> {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from events order by stream, version`;
  await sql`alter table events disable trigger all`;
  let prev_hash = "";
  for (const { pos, hash: _, ...row } of rows) {
    if (row.version === 1) prev_hash = "";
    const hash = hashEvent({ ...row, envelope: null, prev_hash });
    await sql`update events set envelope = null, prev_hash = ${prev_hash}, hash = ${hash}
      where pos = ${pos}`;
    await sql`update streams set hash = ${hash} where stream = ${row.stream}`;
    prev_hash = hash;
  }
  await sql`alter table events enable trigger all`;
}

/** Notes what somebody's newest message looks like whenever `look` is called, by version. */
function watch(world: BotWorld, phone: PersonHandle) {
  const seen = new Map<number, Look>();
  return {
    async does(act: () => Promise<unknown>): Promise<Look> {
      const newest = (await world.answers(phone, act)).at(-1);
      assertExists(newest, "Nothing was said");
      const [tip] = await world.sql<{ version: number }[]>`
        select version from streams where stream = ${await streamOf(world, phone)}`;
      assertExists(tip);
      seen.set(tip.version, lookOf(newest));
      return lookOf(newest);
    },
    async isReplayed(): Promise<void> {
      const stream = await streamOf(world, phone);
      for (const [version, look] of seen) {
        assertEquals(await replayed(world, stream, version), look, `version ${version}`);
      }
    },
  };
}

async function invite(world: BotWorld): Promise<string> {
  const { maker: owner } = world;
  await world.answers(owner, () => owner.say("/admin"));
  await world.answers(owner, () => world.tap(owner, label("makers")));
  const [said] = await world.answers(owner, () => world.tap(owner, label("invite")));
  return /start=(m_\S+)/.exec(said?.text ?? "")?.[1] ?? "";
}

botTest(
  "a maker is shown the menu and the totals of a maker, and an owner an owner's",
  async (world) => {
    const vera = world.addPerson({ first_name: "Вера" });
    const [veras, owners] = [watch(world, vera), watch(world, world.maker)];
    await issueByChat(world);
    const token = await invite(world);
    await veras.does(() => vera.start());
    // The invitation makes a maker, who has the menu at once.
    const joined = await veras.does(() => vera.start(token));
    assertEquals(joined.buttons.flat().includes(label("makers")), false);
    const menu = await veras.does(() => vera.say("/admin"));
    assertEquals(menu.buttons.flat().includes(label("makers")), false);
    const totals = await veras.does(() => world.tap(vera, label("stats")));
    assertMatch(totals.text, /Всего 0 карт/);
    const owner = await owners.does(() => world.maker.say("/admin"));
    assertEquals(owner.buttons.flat().includes(label("makers")), true);
    assertMatch(
      (await owners.does(() => world.tap(world.maker, label("stats")))).text,
      /Всего 1 карт/,
    );
    await issueByChat(world, { by: vera });
    assertMatch(
      (await owners.does(() => world.tap(world.maker, label("stats")))).text,
      /Всего 2 карт/,
    );
    await veras.isReplayed();
    await owners.isReplayed();
    // From the invitation on they are a maker, though it was decided for somebody who was none.
    const args = ["run", await streamOf(world, vera), "--to", "2", "--json"];
    const [told = ""] = (await replay(world.sql, args)).lines;
    const { row, circumstances } = JSON.parse(told);
    assertEquals([row.type, row.envelope.rights.admin, circumstances], [
      "InvitationPresented",
      false,
      { rights: { admin: true, owner: false }, locale: "ru", known: true },
    ]);
  },
);

botTest(
  "an English phone's verdict is shown in English, before and after a choice",
  async (world) => {
    const ann = world.addPerson({ first_name: "Ann", language_code: "en" });
    const anns = watch(world, ann);
    const { code } = await issueByChat(world);
    const verdict = await anns.does(() => ann.start(`v_${code}`));
    assertStringIncludes(JSON.stringify(verdict), "Share");
    const chosen = await anns.does(() => ann.say("/language ru"));
    assertEquals(chosen.text, catalogues.ru.text("language_chosen", {}));
    await anns.does(() => ann.start(`v_${code}`));
    await anns.does(() => ann.say("/language en"));
    await anns.isReplayed();
    const { lines } = await replay(world.sql, ["run", await streamOf(world, ann)]);
    assertStringIncludes(lines.join("\n"), "The person sees, as anybody, in English");
  },
);

botTest("a dialogue from before that was kept is guessed, and says so", async (world) => {
  const ann = world.addPerson({ first_name: "Ann", language_code: "en" });
  const anns = watch(world, ann);
  const { code } = await issueByChat(world);
  await anns.does(() => ann.start(`v_${code}`));
  await withoutEnvelopes(world.sql);
  const stream = await streamOf(world, ann);
  const { lines } = await replay(world.sql, ["run", stream]);
  const text = lines.join(" ").replace(/\s+/g, " ");
  assertStringIncludes(
    text,
    "Which rights and language they had is not known, as this was written before that was kept. " +
      "By what is known today it is shown as anybody, in English.",
  );
  const shown = (await replay(world.sql, ["show", stream])).lines.join("\n");
  assertStringIncludes(shown, "Rights, language and place of then are not known.");
  await anns.isReplayed();
});
