import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { openChosenLanguages, readChosen } from "../../src/app/chosen_languages.ts";
import { projections } from "../../src/flows/projections.ts";
import { inlineProjection } from "../../src/projections/projection.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { databaseTest } from "../database.ts";
import { write } from "../store/pen.ts";

/** What somebody does: chooses a language, or says something that is answered in it. */
const act = fc.record({
  person: fc.nat(1),
  in_group: fc.boolean(),
  chooses: fc.boolean(),
  process: fc.nat(1),
});
/** What is done at once, and then what comes after it. */
const life = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), {
  minLength: 3,
  maxLength: 8,
});

const GROUP = -100500;

/** Processes on one database, each with a memory of its own. */
function openProcesses(sql: Database["sql"]) {
  const inline = projections.map(inlineProjection);
  return Array.from({ length: 2 }, () => {
    const chosen = openChosenLanguages();
    return { chosen, log: chosen.keptFrom(openLog(sql, inline, v4(), readChosen)) };
  });
}

databaseTest("language after a fact is what was chosen before it, or later", async ({ sql }) => {
  let choices = 0;
  const choice = () => ({ type: "LanguageChosen", data: { language: `choice ${++choices}` } });
  const helped = () => ({ type: "HelpRequested", data: {} });
  await fc.assert(
    fc.asyncProperty(life, async (bursts) => {
      const people = [v4(), v4()];
      const processes = openProcesses(sql);
      const told: { fact: string; language: string | null }[] = [];
      for (const burst of bursts) {
        await Promise.all(burst.map(async ({ person, in_group, chooses, process }, i) => {
          const { log, chosen } = processes[process]!;
          // Nobody writes to one stream from two sides at once: each act has a group of its own.
          const stream = dialogueStream(people[person]!, in_group || i > 0 ? GROUP - i : null);
          await write(log, stream, chooses ? choice() : helped());
          const [newest] = (await log.read(stream, 0)).slice(-1);
          assert(newest);
          const language = chosen.after(newest.id);
          assert(language !== undefined, "what was just appended is not known");
          told.push({ fact: newest.id, language });
        }));
      }
      for (const { fact, language } of told) {
        const [then] = await sql<{ due: number; told: number }[]>`
          select coalesce((
            select max(c.pos) from events c where c.type = 'LanguageChosen' and c.pos <= e.pos
              and starts_with(c.stream, split_part(e.stream, '@', 1))
          ), 0)::int as due, coalesce((
            select c.pos from events c
            where c.type = 'LanguageChosen' and c.data->>'language' = ${language}
          ), 0)::int as told
          from events e where e.id = ${fact}`;
        assert(then && then.told >= then.due, `${fact}: ${language}, which is too old`);
      }
    }),
    { numRuns: 12 },
  );
});

databaseTest("language after what this process did not append is not known", async ({ sql }) => {
  const [one, other] = openProcesses(sql);
  const stream = dialogueStream(v4());
  await write(one!.log, stream, { type: "HelpRequested", data: {} });
  const [fact] = await one!.log.read(stream, 0);
  assertEquals(one!.chosen.after(fact!.id), null);
  assertEquals(other!.chosen.after(fact!.id), undefined);
});
