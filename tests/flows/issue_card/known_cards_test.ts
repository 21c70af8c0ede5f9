/** A card that is remembered never shows what was corrected before the check that it is shown for. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { v4 } from "uuid";
import type { Json } from "../../../src/base/json.ts";
import type { Scan } from "../../../src/flows/issue_card/cards.ts";
import { openKnownCards } from "../../../src/flows/issue_card/known_cards.ts";
import { openCards } from "../../../src/flows/issue_card/read_model.ts";
import { projections } from "../../../src/flows/projections.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { rebuildProjections } from "../../../src/projections/rebuild.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import {
  appendOf,
  corrected,
  type Draft,
  editionsIssued,
  issued,
  nothing,
  restored,
  verified,
  withdrawn,
  write,
} from "../../store/pen.ts";
import { aCard } from "../../telegram/render_fakes.ts";

const acts = ["check", "correct", "withdraw", "restore"] as const;
const act = fc.record({
  does: fc.constantFrom(...acts, "check", "check"),
  card: fc.nat(2),
  process: fc.nat(1),
});
/** What both processes do at once, and then the next. */
const life = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), {
  minLength: 4,
  maxLength: 8,
});

interface Shown {
  fact: string;
  number: number;
  active: boolean;
  name: string;
}

const PROCESSES = 2;

/** Two processes with a database in common, each with a memory of its own. */
function openProcesses(sql: Database["sql"]) {
  const inline = projections.map(inlineProjection);
  return Array.from({ length: PROCESSES }, () => ({
    log: openLog(sql, inline, v4()),
    cards: openCards({ sql }),
  }));
}

databaseTest("two processes show what was corrected before each check, or later", async (given) => {
  const { sql } = given;
  let counter = 0;
  await fc.assert(
    fc.asyncProperty(life, async (bursts) => {
      const [maker, single] = [v4(), v4()];
      const processes = openProcesses(sql);
      const [first] = processes;
      assert(first);
      await write(first.log, v4(), issued(single, maker), editionsIssued(v4(), maker, [1, 2]));
      const rows = await sql<{ card: string }[]>`select card from cards where maker = ${maker}`;
      const own = rows.map(({ card }) => card);
      const shown: Shown[] = [];
      for (const burst of bursts) {
        await Promise.all(burst.map(async ({ does, card: which, process }) => {
          const { log, cards } = processes[process]!;
          const card = own[which]!;
          const told: Record<typeof does, () => Draft> = {
            check: () => verified(card, v4()),
            correct: () => corrected(card, { name: `${++counter}` }),
            withdraw: () => withdrawn(card),
            restore: () => restored(card),
          };
          const { assigned } = await write(log, v4(), told[does]());
          for (const [fact, decided] of assigned) {
            const { active, number, revision = null } = decided as Json & Scan;
            const found = revision === null
              ? await cards.byId(card)
              : await cards.asOf(card, revision);
            shown.push({ fact, number, active, name: found?.name ?? "" });
          }
        }));
      }
      for (const { fact, active, name } of shown) {
        const [then] = await sql<{ told: number; shown: number; active: boolean }[]>`
          select coalesce((
            select max(h.pos) from events h join cards k on k.card = (h.data->>'card')::uuid
            where h.type = 'CardCorrected' and h.pos < e.pos
              and (k.card = c.card or k.batch = c.batch)
          ), 0) as told, coalesce((
            select h.pos from events h where h.type = 'CardCorrected' and h.data->>'name' = ${name}
          ), 0) as shown, coalesce((
            select h.type = 'CardRestored' from events h
            where h.type in ('CardWithdrawn', 'CardRestored') and h.pos < e.pos
              and (h.data->>'card')::uuid = c.card order by h.pos desc limit 1
          ), true) as active
          from events e join cards c on c.card = (e.data->>'card')::uuid where e.id = ${fact}`;
        assertEquals(active, then?.active);
        assert(then && then.shown >= then.told, `${fact}: ${name}`);
      }
    }),
    { numRuns: 12 },
  );
  const rebuilt = await rebuildProjections(sql, projections, { page_size: 7 });
  assertEquals(rebuilt.tables.filter(({ differing }) => differing > 0), []);
});

databaseTest("a card that is known is not read again, until it is corrected", async ({ sql }) => {
  const [process] = openProcesses(sql);
  assert(process);
  const { log, cards } = process;
  const card = v4();
  await write(log, v4(), issued(card, v4()));
  await cards.asOf(card, 0);
  // What no fact has led to is seen by whoever reads.
  await sql`update cards set name = 'read' where card = ${card}`;
  assertEquals((await cards.asOf(card, 0))?.name, "Зимнее море");
  assertEquals((await cards.asOf(card, 1))?.name, "read");
  assertEquals((await cards.byId(card))?.name, "read");
  assertEquals((await cards.asOf(card, 0))?.name, "read");
});

databaseTest("a check beside a correction in one transaction has the card read", async (given) => {
  const [process] = openProcesses(given.sql);
  assert(process);
  const { log } = process;
  const card = v4();
  await write(log, v4(), issued(card, v4()));
  const append = async (draft: Draft) => {
    const appended = await log.append(appendOf(v4(), nothing, [draft]));
    assert(appended.is === "appended");
    return [...appended.assigned.values()].map((decided) => (decided as Json & Scan).revision);
  };
  // Those who come in the same turn share a transaction.
  const [, beside] = await Promise.all([
    append(corrected(card, { name: "new" })),
    append(verified(card, v4())),
  ]);
  assertEquals(beside, [null]);
  assertEquals(await append(verified(card, v4())), [1]);
});

Deno.test("an older reading that comes late does not replace a newer one", () => {
  const known = openKnownCards();
  known.learn(aCard({ revision: 2, name: "new" }));
  known.learn(aCard({ revision: 1, name: "old" }));
  const { card } = aCard();
  assertEquals([known.asOf(card, 2)?.name, known.asOf(card, 3)], ["new", null]);
});
