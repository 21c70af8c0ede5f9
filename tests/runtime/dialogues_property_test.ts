import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import type { Input } from "../../machines/flow/input.ts";
import { readCode } from "../../machines/flows/verify_card.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import type { NewTask } from "../../src/store/append.ts";
import { databaseTest } from "../database.ts";
import { answersTo } from "../machines/answers.ts";
import { anyInput } from "../machines/any_input.ts";
import { command, tap, text } from "../machines/samples.ts";
import { type GivenDialogues, givenDialogues } from "./given_dialogues.ts";
import type { Sql } from "./given_engine.ts";

/** What happens: somebody does something, a job is answered, or a process begins anew. */
type Act =
  | { input: Input; admin: boolean; person: number; times: number }
  | { scan: number; via: "text" | "link"; person: number; times: number }
  | { plan: "issue" | "withdraw" | "restore"; choice: number; person: number }
  | { job: number; choice: number; times: number }
  | { restart: number };

const person = fc.nat({ max: 2 });
/** Telegram sends some updates more than once. */
const times = fc.constantFrom(1, 1, 1, 2, 3);
/** Only sometimes not a maker's, or no wizard would get far. */
const admin = fc.constantFrom(true, true, true, true, false);

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ input: anyInput, admin, person, times }) },
  {
    weight: 4,
    arbitrary: fc.record({
      scan: fc.nat(),
      via: fc.constantFrom("text", "link"),
      person,
      times,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      plan: fc.constantFrom("issue", "withdraw", "restore"),
      choice: fc.nat(),
      person,
    }),
  },
  { weight: 6, arbitrary: fc.record({ job: fc.nat(), choice: fc.nat(), times }) },
  { weight: 1, arbitrary: fc.record({ restart: fc.nat({ max: 1 }) }) },
);

/** Acts of one group happen at once, each in the process that its number says. */
const anyLife = fc.array(
  fc.array(fc.tuple(anyAct, fc.nat({ max: 1 })), { minLength: 1, maxLength: 6 }),
  { minLength: 15, maxLength: 30, size: "max" },
);

/** People, two processes and all their results. */
class World {
  readonly outcomes: string[] = [];
  readonly causes: string[] = [];
  readonly jobs: NewTask[] = [];
  #at = 1_000;

  constructor(
    readonly sql: Sql,
    readonly processes: GivenDialogues[],
    readonly people: readonly string[],
    readonly codes: readonly string[],
  ) {}

  async act(act: Act, process: number): Promise<void> {
    if ("restart" in act) {
      this.processes[act.restart] = await givenDialogues(this.sql);
    } else if ("plan" in act) {
      await this.#follow(act, this.#process(process));
    } else if ("job" in act) {
      await this.#answer(act, process);
    } else if ("scan" in act) {
      const code = this.codes[act.scan % this.codes.length] ?? "";
      const input = act.via === "text" ? text(code) : command("start", `v_${code}`);
      await this.#hear({ ...act, input, admin: false }, process);
    } else {
      await this.#hear(act, process);
    }
    for (const { offered } of this.processes) {
      this.jobs.push(...offered.splice(0).filter(({ kind }) => kind === "job"));
    }
  }

  /** What a maker does step by step, unless something comes between. */
  async #follow({ plan, choice, person }: Extract<Act, { plan: string }>, process: GivenDialogues) {
    const maker = this.people[person]!;
    if (plan === "issue") return await process.issues(maker, `Card ${choice}`);
    const own = await this.sql<{ number: number }[]>`select number from cards
      where maker = ${maker} and active = ${plan === "withdraw"} order by number`;
    const number = own[choice % own.length]?.number ?? 1;
    if (plan === "restore") return void await process.does(maker, tap({ do: "restore", number }));
    for (
      const input of [
        tap({ do: "withdraw", number }),
        text("Stolen"),
        tap({ do: "confirm", number }),
      ]
    ) {
      await process.does(maker, input);
    }
  }

  #process(index: number): GivenDialogues {
    const process = this.processes[index];
    assert(process);
    return process;
  }

  /** One update, delivered to both processes by turns, as often as it comes. */
  async #hear(
    { input, admin, person, times }: {
      input: Input;
      admin: boolean;
      person: number;
      times: number;
    },
    process: number,
  ): Promise<void> {
    const cause = `update:1:${this.#at += 700}`;
    const at = this.#at;
    const query = input.kind === "tap" ? cause : null;
    this.causes.push(cause);
    const handled = await Promise.all(
      Array.from({ length: times }, (_, i) =>
        this.#process((process + i) % 2)
          .does(this.people[person]!, input, { cause, at, admin, query })),
    );
    assertEquals(handled.filter((it) => it === "applied").length, 1);
    this.outcomes.push(...handled);
  }

  async #answer(
    { job, choice, times }: { job: number; choice: number; times: number },
    process: number,
  ) {
    const task = this.jobs[job % this.jobs.length];
    if (!task) return;
    const fact = this.#answerTo(task, choice);
    const { stream, correlation, effect } = task;
    const answer = { cause: `effect:${effect}`, correlation, stream, fact, at: this.#at };
    const handled = await Promise.all(
      Array.from(
        { length: times },
        (_, i) => this.#process((process + i) % 2).engine.answer(answer),
      ),
    );
    assert(handled.filter((it) => it === "applied").length <= 1);
    this.outcomes.push(...handled.map((it) => `answer ${it}`));
  }

  #answerTo({ payload }: NewTask, choice: number): Fact {
    const { effect } = JSON.parse(JSON.stringify(payload)) as { effect: Effect };
    const code = this.codes[choice % this.codes.length];
    if (isEffect(readCode, effect) && choice % 2 === 0 && code) {
      return { type: "CodeRead", callId: effect.params.callId, code };
    }
    const answers = answersTo(effect);
    const answer = answers[choice % answers.length];
    assert(answer);
    return answer;
  }
}

async function beginWorld(sql: Sql): Promise<World> {
  const processes = [await givenDialogues(sql), await givenDialogues(sql)];
  const people = await Promise.all([1, 2, 3].map((id) => processes[0]!.meet(id)));
  for (const [i, maker] of people.entries()) await processes[0]!.issues(maker, `First ${i}`);
  const rows = await sql<{ code: string }[]>`select code from cards`;
  return new World(sql, processes, people, rows.map(({ code }) => code));
}

databaseTest(
  "dialogues take whatever comes from whomever, and the log tells it all",
  async ({ sql }) => {
    const seen = new Set<string>();
    const facts = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyLife, async (life) => {
        await sql`truncate outbox, seen_updates, failed_updates`;
        const world = await beginWorld(sql);
        for (const group of life) {
          await Promise.all(group.map(([act, process]) => world.act(act, process)));
        }
        for (const outcome of world.outcomes) seen.add(outcome);
        const failed = await sql`select error from failed_updates`;
        assertEquals([...failed], []);
        const applied = await sql<{ cause: string }[]>`
        select cause from seen_updates where cause = any(${world.causes})`;
        assertEquals(applied.length, world.causes.length);
        const { faults } = await verifyLog(sql, { charts, projections, page_size: 101 });
        assertEquals(faults, []);
        const types = await sql<{ type: string }[]>`select distinct type from events`;
        for (const { type } of types) facts.add(type);
      }),
      { numRuns: 6 },
    );
    // The lives were rich enough to be worth anything.
    const known = ["applied", "duplicate", "answer applied", "answer stale"];
    assertEquals(known.filter((outcome) => !seen.has(outcome)), []);
    assertEquals(seen.difference(new Set([...known, "answer duplicate"])), new Set());
    const wanted = ["CardIssued", "CardVerified", "CardWithdrawn", "CodeRefused"];
    assertEquals(wanted.filter((type) => !facts.has(type)), []);
  },
);
