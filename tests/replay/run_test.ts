/** Walking a dialogue, forking it, and asking when something came about. */
import { Readable } from "node:stream";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readKeys, walkKeys } from "../../src/replay/cli/walk_keys.ts";
import { readCondition } from "../../src/replay/walk/condition.ts";
import { walkStream } from "../../src/replay/walk/walk_stream.ts";
import { charts } from "../../machines/charts.ts";
import { readStream } from "../../src/replay/log/read_pages.ts";
import { dump, goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

const photo = { kind: "photo", file: { file_id: "x" } };
const sha256 = "a".repeat(64);
const fork = [
  "# The maker has a photo of the package after all.",
  JSON.stringify({ input: photo, admin: true }),
  JSON.stringify({ fact: { type: "PhotoKept", sha256 } }),
  JSON.stringify({ fact: { type: "PhotoKept", sha256 } }),
  "",
  JSON.stringify({ input: { kind: "text", text: "спасибо" } }),
].join("\n");

goldenDatabaseTest("run shows state, memory and the chat at any point", async ({ run, maker }) => {
  const lines = await run(0, "run", maker, "--to", "7");
  const text = lines.join("\n");
  assertEquals(lines[0], `${maker}  7/26`);
  assertStringIncludes(text, "PhotoKept");
  assertStringIncludes(text, "flow.issuing.checking_photo checking.ready → flow.issuing.packaged");
  assertStringIncludes(text, 'draft.original.is: "checking" → "kept"');
  assertStringIncludes(text, "asked isPhotoCall(original) yes, lacks(original) no");
  assertStringIncludes(text, '"name":"Зимнее море"');
  assertStringIncludes(text, "┃ Шаг 4 из 4: упаковка");
  assertStringIncludes(text, "┃ [ Пропустить ]");
  // What the wizard had said is there until the card is, and then it is cleared away.
  assertStringIncludes(text, "│ Новая карта, шаг 1 из 4: фото");
  const later = (await run(0, "run", maker, "--to", "9")).join("\n");
  assert(!later.includes("шаг 1 из 4"), later);
  assertStringIncludes(later, "┃ [QR code]");
  const [json = ""] = await run(0, "run", maker, "--to", "7", "--json");
  assertEquals(JSON.parse(json).after.value.flow, { issuing: "packaged" });
  assertEquals((await run(0, "run", maker, "--to", "0")).at(-1), "Nothing has happened yet.");
});

goldenDatabaseTest("run shows cards as they stood then, not as today", async (given) => {
  const { sql, run, maker } = given;
  const [row] = await sql<{ shown: number; withdrawn: number }[]>`
    select (min(version) filter (where type = 'OwnCardFound'))::int as shown,
      (max(version) filter (where type = 'CardWithdrawn'))::int as withdrawn
    from events where stream = ${maker}`;
  assert(row && row.shown < row.withdrawn);
  const then = (await run(0, "run", maker, "--to", String(row.shown))).join("\n");
  assertMatch(then, /┃ Карта №\s2\n/);
  for (const label of ["Исправить", "Отозвать"]) {
    assertMatch(then, new RegExp(`┃ .*\\[ ${label} \\]`));
  }
  assertMatch(then, /│ Мои карты: 2\n/);
  assert(!then.includes("отозвана"), then);
  const today = (await run(0, "run", maker)).join("\n");
  assertMatch(today, /┃ Карта №\s2 отозвана/);
});

goldenDatabaseTest("run and show mark where a dialogue goes another way", async (given) => {
  const { sql, maker } = given;
  const { current } = charts;
  const machine = current.machine.provide({ guards: { isPhotoCall: () => false } });
  const changed = { ...current, machine };
  const broken = { all: { [changed.id]: changed }, current: changed };
  // Long lines are broken.
  const flat = (lines: readonly string[]) => lines.join(" ").replace(/\s+/g, " ");
  const sentence = "From here on it goes another way: dialogue/1 now refuses it in " +
    "flow.issuing.checking_photo checking.ready";
  for (const args of [["run", maker, "--to", "7"], ["show", maker, "--from", "6", "--to", "9"]]) {
    const { code, lines } = await replay(sql, args, { charts: broken });
    const [, after, ...again] = flat(lines).split("From here on");
    assertEquals([code, again], [0, []]);
    assertStringIncludes(`From here on${after}`, `${sentence} - say {`);
    assertStringIncludes(after?.split("It remembers")[0] ?? "", '"text":"ask_packaged"');
  }
  const { frames } = await replay(sql, ["run", maker, "--to", "7", "--step"], {
    charts: broken,
    keys: ["right", "left", "left", "quit"],
  });
  assertEquals(frames.map((frame) => flat([frame]).includes(sentence)), [true, false, true, false]);
  const forked = await replay(sql, ["run", maker, "--to", "6", "--fork", "f"], {
    charts: broken,
    files: { f: "" },
  });
  assertStringIncludes(
    flat(forked.lines),
    "By today's charts the original goes another way from version 7 on: dialogue/1 now refuses it",
  );
  const [before = ""] = (await replay(sql, ["show", maker, "--json"], { charts })).lines;
  assertEquals(JSON.parse(before).differs, null);
});

goldenDatabaseTest("run walks back and on as keys say", async ({ sql, maker }) => {
  const { frames, code } = await replay(sql, ["run", maker, "--to", "2", "--step"], {
    keys: ["left", "left", "left", "right", "end", "right", "home", "quit", "right"],
  });
  assertEquals(code, 0);
  const versions = frames.map((frame) => frame.split("\n")[0]?.split("  ")[1]);
  assertEquals(versions, ["2/26", "1/26", "0/26", "1/26", "26/26", "0/26"]);
});

goldenDatabaseTest(
  "a walk shows the fact and the newest of the chat however low the terminal",
  async (given) => {
    const { sql, maker } = given;
    const walk = (height: number) =>
      replay(sql, ["run", maker, "--to", "9", "--step"], { height, keys: ["quit"] });
    const [whole = ""] = (await walk(Infinity)).frames;
    for (const height of [30, 40]) {
      const lines = (await walk(height)).frames[0]?.split("\n") ?? [];
      assertEquals([lines.length, lines[0]], [height - 1, `${maker}  9/26`]);
      assertEquals(lines.slice(-4), whole.split("\n").slice(-4));
      assert(lines.includes("  …"), lines.join("\n"));
    }
    assertEquals((await walk(5)).frames[0]?.split("\n").length, 4);
  },
);

Deno.test("keys are those that terminals send, and nothing else", async () => {
  const sent = ["\x1b[C\x1b[Dx", "\x1bOHG?\x1b", "[4~", "\x1b[1~ hlgHq\x03"];
  const keys = [];
  for await (const key of readKeys(Readable.from(sent))) keys.push(key);
  assertEquals(keys, [
    ...["right", "left", "home", "end", "end", "home", "right", "left", "right", "home"],
    ...["quit", "quit"],
  ]);
  const shown: number[] = [];
  await walkKeys(asyncKeys("right", "right"), { first: 0, last: 1, at: 0 }, (at) => shown.push(at));
  assertEquals(shown, [0, 1]);
});

async function* asyncKeys(...keys: ("left" | "right")[]) {
  for (const key of keys) yield await Promise.resolve(key);
}

goldenDatabaseTest("a fork is shown beside the original, and writes nothing", async (given) => {
  const { sql, maker } = given;
  const before = await dump(sql);
  const args = ["run", maker, "--to", "7", "--fork", "fork.jsonl"];
  const files = { "fork.jsonl": fork };
  const { code, lines } = await replay(sql, args, { files });
  assertEquals(code, 0);
  const text = lines.join("\n");
  assertEquals(lines[0], "After version 7, flow.issuing.packaged checking.ready:");
  assertMatch(text, /As it happened +│ The fork/);
  assertMatch(text, /8 PackagedPhotoSkipped \{\} +│ 8 PackagedPhotoProvided/);
  assertMatch(text, /9 CardIssued .* │ 9 PhotoKept \{"callId":"8:0"/);
  assertMatch(text, /│ 10 CardIssued/);
  // There was no card before that, though there are two today.
  assertMatch(text, /│ +│ Карта готова: №\s1/);
  assertStringIncludes(text, "Refused: dialogue/1 refuses PhotoKept in flow.idle checking.ready");
  assertStringIncludes(text, "Nothing was written.");
  const json = await replay(sql, [...args, "--json"], { files });
  const told = JSON.parse(json.lines[0] ?? "");
  assertEquals(told.fork.map(({ row }: { row: { type: string } }) => row.type), [
    "PackagedPhotoProvided",
    "PhotoKept",
    "CardIssued",
    "InputRefused",
  ]);
  assertEquals(told.original.length, 19);
  assertEquals(await dump(sql), before);
});

goldenDatabaseTest("a fork finds the card that it has issued", async ({ sql, maker }) => {
  const tap = (action: object) => JSON.stringify({ input: { kind: "tap", action }, admin: true });
  const f = [tap({ do: "skip" }), tap({ do: "look", number: 1 })].join("\n");
  const args = ["run", maker, "--to", "7", "--fork", "f", "--json"];
  const { lines } = await replay(sql, args, { files: { f } });
  const { fork }: { fork: { row: { type: string }; chat: { text: string }[] }[] } = JSON.parse(
    lines[0] ?? "",
  );
  assertEquals(fork.map(({ row }) => row.type), [
    "PackagedPhotoSkipped",
    "CardIssued",
    "OwnCardChosen",
    "OwnCardFound",
  ]);
  assertMatch(fork.at(-1)?.chat.at(-2)?.text ?? "", /^Карта №\s1/);
});

goldenDatabaseTest(
  "a fork's file that says nothing sensible is refused",
  async ({ sql, maker }) => {
    const refusal = async (text: string) => {
      const { code, notes } = await replay(sql, ["run", maker, "--fork", "f"], {
        files: { f: text },
      });
      return [code, notes.at(-1)?.split(":")[0]];
    };
    assertEquals(await refusal("{"), [65, "Cannot read f line 1"]);
    assertEquals(await refusal('\n{"input": {"kind": "shout"}}'), [65, "Cannot read f line 2"]);
    assertEquals(await refusal('{"fact": {"type": "Nonsense"}}'), [
      65,
      "Cannot read the fork's version 27",
    ]);
    const none = await replay(sql, ["run", maker, "--fork", "g"]);
    assertEquals([none.code, none.notes], [66, ["Cannot read g: there is no such file"]]);
  },
);

goldenDatabaseTest("bisect finds the first fact after which it holds", async ({ run, maker }) => {
  const ask = (...when: string[]) => [
    ...["bisect", maker, "--good", "3", "--bad", "8", "--when"],
    ...when,
  ];
  const lines = await run(0, ...ask("context.draft.name != null"));
  assertEquals(lines[0], "From version 5 on it holds: context.draft.name != null");
  assertStringIncludes(lines.join("\n"), "NameProvided");
  const packaged = await run(0, ...ask("context.draft.original.is == 'kept'"), "--json");
  assertEquals(JSON.parse(packaged[0] ?? "").row.version, 7);
  assertEquals(await run(1, ...ask("version > 2")), ["It holds at version 3 already"]);
  assertEquals(await run(1, ...ask("version > 9")), ["It does not hold at version 8"]);
  // Where a draft is not begun yet, it has no name: that is no fault of the question.
  const early = ["bisect", maker, "--good", "0", "--bad", "8", "--when"];
  const begun = await run(0, ...early, "context.draft.name != null");
  assertEquals(begun[0], "From version 5 on it holds: context.draft.name != null");
  assertStringIncludes(
    (await run(64, ...early, "context.draft.nmae != null"))[0] ?? "",
    "of version 8: No such key: nmae. Where something may be missing, has(context.some.thing) tells",
  );
  assertMatch((await run(64, ...ask("context.(")))[0] ?? "", /^Cannot ask "context\.\(": /);
  assertMatch((await run(64, ...ask("contxt.draft == null")))[0] ?? "", /Unknown variable: contxt/);
  assertMatch((await run(64, ...ask("version")))[0] ?? "", /the answer is bigint/);
  const wrong = await run(64, "bisect", maker, "--good", "8", "--bad", "3", "--when", "true");
  assertMatch(wrong[0] ?? "", /^Cannot look between versions 8 and 3: /);
});

goldenDatabaseTest("conditions speak of context, state, fact, version and time", async (given) => {
  const { moments } = walkStream(charts, await readStream(given.sql, given.maker));
  const [moment] = moments.filter(({ row }) => row.type === "OwnCardFound");
  assert(moment);
  for (
    const holds of [
      'fact.type == "OwnCardFound" && fact.number + 1 == 3',
      "version > 20 && at > 0",
      "context.misses.size() == 0",
      'state.checking == "ready"',
    ]
  ) {
    assert(readCondition(holds)(moment), holds);
  }
});
