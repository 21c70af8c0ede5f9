/**
 * Records a golden log: real dialogues through the whole bot, and beside them the shortest way to
 * take each transition that those did not. A golden log that is released is never recorded anew:
 * it is what the chart of its day decided. What was added to a chart is recorded into a new file.
 *
 *     deno run -q -P=test tests/logs/record_golden_log.ts tests/logs/dialogue_1.jsonl
 */
import { charts } from "../../machines/charts.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { readArguments } from "../../src/base/read_arguments.ts";
import { begin, step } from "../../src/runtime/step.ts";
import { countTransitions } from "../../src/replay/graph/chart_graph.ts";
import { exportLog } from "../../src/replay/log/export_log.ts";
import { readPages } from "../../src/replay/log/read_pages.ts";
import { nameTransitions, transitionsTaken } from "../../src/replay/fold/transitions.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openWorld } from "../bot/bot_world.ts";
import { issueByChat } from "../bot/issue_by_chat.ts";
import { withdraw } from "../bot/withdraw.ts";
import { freshDatabase } from "../database.ts";
import { everyInput } from "../machines/every_input.ts";
import { explore } from "../machines/explore.ts";
import { CARD, CODE, PERSON } from "../machines/samples.ts";
import { dialogue } from "../runtime/given_engine.ts";
import { appendPath } from "../runtime/append_path.ts";
import { freshCode } from "../store/pen.ts";
import { goldenNames, goldenRows, pagesOf } from "./golden_logs.ts";

type Sql = Database["sql"];
const { machine } = charts.current;

/** What a maker and two buyers do on an ordinary day. */
async function live(database: Database): Promise<void> {
  await using world = await openWorld({ database });
  const { maker, buyer } = world;
  const other = world.addPerson();
  await maker.start();
  const card = await issueByChat(world);
  const second = await issueByChat(world, { name: "Летний лес", packaged: true });
  await buyer.start();
  await buyer.say("/help");
  await world.settled();
  await buyer.say(card.code);
  await world.settled();
  await other.start(`v_${card.code}`);
  await other.say("спасибо!");
  await world.settled();
  await withdraw(world, "подделка");
  await buyer.start(`v_${second.code}`);
  await world.settled();
}

/** Ways that take every transition that is not in `covered`, the longest first. */
function waysFor(covered: Set<string>): (readonly RecordedFact[])[] {
  const names = nameTransitions(machine);
  const { paths } = explore(charts.current, everyInput);
  const chosen: (readonly RecordedFact[])[] = [];
  for (const [name, way] of [...paths].toSorted(([, a], [, b]) => b.length - a.length)) {
    if (covered.has(name)) continue;
    chosen.push(way);
    let snapshot = begin(machine);
    for (const recorded of way) {
      for (const taken of transitionsTaken(machine, names, snapshot, recorded)) covered.add(taken);
      snapshot = step(machine, snapshot, recorded).snapshot;
    }
  }
  return chosen;
}

/** Goes the way in a dialogue of its own, with a card and a code of its own. */
async function go(sql: Sql, way: readonly RecordedFact[]): Promise<void> {
  const stream = dialogue();
  const own = new Map([
    [CARD, crypto.randomUUID()],
    [PERSON, crypto.randomUUID()],
    [CODE, freshCode()],
  ]);
  const told: readonly RecordedFact[] = JSON.parse(
    [...own].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(way)),
  );
  await appendPath(sql, charts, stream, told);
}

async function record(file: string): Promise<void> {
  await using database = await freshDatabase();
  const { sql } = database;
  const golden = (await Promise.all((await goldenNames()).map(goldenRows))).flat();
  // Only what no golden log has taken yet; the first is of an ordinary day as well.
  if (golden.length === 0) await live(database);
  const pages = golden.length === 0 ? readPages(sql) : pagesOf(golden);
  const heat = await countTransitions(pages, charts, machine);
  const covered = new Set([...heat].filter(([, taken]) => taken > 0).map(([name]) => name));
  for (const way of waysFor(covered)) await go(sql, way);
  const lines = [];
  for await (const line of exportLog(sql)) lines.push(line);
  await Deno.writeTextFile(file, `${lines.join("\n")}\n`, { createNew: true });
}

if (import.meta.main) {
  const read = readArguments({ args: Deno.args, allowPositionals: true });
  const [file, stray] = typeof read === "string" ? [] : read.positionals;
  if (file === undefined || stray !== undefined) {
    const wrong = typeof read === "string" ? read : "One new file must be named.";
    await Deno.stderr.write(new TextEncoder().encode(`${wrong}\n`));
    Deno.exit(64);
  }
  await record(file);
  Deno.exit(0);
}
