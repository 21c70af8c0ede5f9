/** A fork may try whatever a person can do: every action, command and kind of input of every flow. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { everyAction, everyInput } from "../machines/every_input.ts";
import { flows } from "../../machines/dialogue.ts";
import { file, sha } from "../machines/samples.ts";
import { goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

const names = [...new Set(everyAction.map(({ do: name }) => name))];

Deno.test("every button of every flow is an action that is tried", () => {
  assertEquals(names.length, flows.flatMap(({ buttons = [] }) => buttons).length);
  assert(names.length >= 22, `${names.length}`);
});

const tap = (action: object) =>
  JSON.stringify({ input: { kind: "tap", action }, admin: true, owner: true });

goldenDatabaseTest("a fork takes every action of an owner", async ({ sql, maker }) => {
  const heard = await tried(sql, maker, everyAction.map(tap));
  assert(heard.length >= everyAction.length, `${heard.length} of ${everyAction.length}`);
  // What a wizard alone has buttons for, where it has them.
  const card = { number: 1 };
  const amending = [tap({ do: "correct", ...card }), tap({ do: "amend", part: "name" })];
  assertEquals((await tried(sql, maker, amending)).at(-1), "CorrectionChosen");
  const withdrawing = [
    tap({ do: "withdraw", ...card }),
    JSON.stringify({ input: { kind: "text", text: "подделка" }, admin: true }),
    tap({ do: "confirm", ...card }),
  ];
  assertEquals((await tried(sql, maker, withdrawing)).at(-1), "CardWithdrawn");
  const skipping = await tried(sql, maker, [tap({ do: "skip" })], ["--to", "7"]);
  assertEquals(skipping, ["PackagedPhotoSkipped", "CardIssued"]);
});

goldenDatabaseTest("a fork is shown with the rights that it says", async ({ sql, maker }) => {
  const input = { kind: "command", name: "admin", argument: "" };
  const rights = [{ admin: true }, { admin: true, owner: true }];
  const f = rights.map((it) => JSON.stringify({ input, ...it })).join("\n");
  const { lines } = await replay(sql, ["run", maker, "--fork", "f", "--json"], { files: { f } });
  const { fork }: { fork: { chat: { buttons: string[][] }[] }[] } = JSON.parse(lines[0] ?? "");
  const menus = fork.map(({ chat }) => chat.at(-1)?.buttons.flat() ?? []);
  assertEquals(menus.map((menu) => [menu.includes("Статистика"), menu.includes("Мастера")]), [
    [true, false],
    [true, true],
  ]);
});

goldenDatabaseTest("a fork issues a card that is seen before its first check", async (golden) => {
  const { sql, maker } = golden;
  const [last] = await sql<{ number: number }[]>`select max(number) as number from cards`;
  const text = (text: string) => JSON.stringify({ input: { kind: "text", text }, admin: true });
  const photo = { kind: "photo", file: file(), album: null };
  const f = [
    tap({ do: "issue" }),
    JSON.stringify({ input: photo, admin: true }),
    JSON.stringify({ fact: { type: "PhotoKept", sha256: sha() } }),
    ...[text("Зонт"), text("Трость, дуб"), tap({ do: "skip" })],
    ...[tap({ do: "show", from: "issue" }), tap({ do: "approve" })],
    tap({ do: "look", number: (last?.number ?? 0) + 1 }),
  ];
  /** The card's own words, at the end. */
  const shown = async (lines: readonly string[]): Promise<string> => {
    const files = { f: lines.join("\n") };
    const told = (await replay(sql, ["run", maker, "--fork", "f", "--json"], { files })).lines[0];
    const { fork }: { fork: { chat: { text: string }[] }[] } = JSON.parse(told ?? "");
    return (fork.at(-1)?.chat ?? []).map(({ text }) => text)
      .findLast((text) => text.startsWith("Карта №")) ?? "";
  };
  const unseen = "\nПо номеру её пока видите только вы";
  const early = /^Карта №.*\nЗонт\n\nТрость, дуб\n\nЕщё не проверяли\.$/;
  assertMatch(await shown(f), early);
  assertStringIncludes(await shown(f.filter((line) => !line.includes("show"))), unseen);
});

goldenDatabaseTest("a fork takes every kind of input", async ({ sql, maker }) => {
  const lines = everyInput.map((input) => JSON.stringify({ input, admin: true, owner: true }));
  const heard = await tried(sql, maker, lines);
  assert(heard.length >= lines.length, `${heard.length} of ${lines.length}`);
});

/** The types of the facts that a fork came to. */
async function tried(
  sql: Parameters<typeof replay>[0],
  stream: string,
  lines: readonly string[],
  more: readonly string[] = [],
): Promise<string[]> {
  const files = { f: lines.join("\n") };
  const { code, lines: told, notes } = await replay(sql, [
    "run",
    stream,
    "--fork",
    "f",
    "--json",
    ...more,
  ], {
    files,
  });
  assertEquals([code, notes], [0, []]);
  const { fork, refused }: { fork: { row: { type: string } }[]; refused: string[] } = JSON.parse(
    told[0] ?? "",
  );
  assertEquals(refused, []);
  return fork.map(({ row }) => row.type);
}
