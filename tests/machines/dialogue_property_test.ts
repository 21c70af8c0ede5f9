import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { StateValue } from "xstate";
import { type Fact, facts } from "../../events/facts.ts";
import { checkFact, readFact } from "../../events/read_fact.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Input } from "../../machines/flow/input.ts";
import {
  begin,
  hashState,
  permits,
  persist,
  restore,
  type Snapshot,
  step,
} from "../../src/runtime/step.ts";
import { anyFact } from "../events/any_fact.ts";
import { answersTo } from "./answers.ts";
import { anyInput } from "./any_input.ts";
import { everyInput } from "./every_input.ts";
import { sticker } from "./samples.ts";

/**
 * What happens next: a person does something or what they are asked for, a job is answered, or a
 * fact comes from nowhere.
 */
type Act =
  | { wanted: number }
  | { input: Input; admin: boolean; wait_ms: number }
  | { answers: number; choice: number }
  | { fact: Fact };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      input: anyInput,
      // Rights are lost now and then only, or no wizard would get far.
      admin: fc.nat({ max: 9 }).map((it) => it > 0),
      wait_ms: fc.constantFrom(10, 1000, 30_000),
    }),
  },
  { weight: 10, arbitrary: fc.record({ wanted: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ answers: fc.nat(), choice: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ fact: anyFact }) },
);

const { machine, hear, effects: known } = charts.current;

/** A row of the log: the fact as JSON, and what it led to. */
interface Row {
  json: string;
  at: number;
  effects: string;
  hash: string;
}

/** A dialogue as the runtime keeps it: asks answered at once, jobs later, in any order or twice. */
class Dialogue {
  snapshot: Snapshot = begin(machine);
  readonly log: Row[] = [];
  readonly #jobs: Effect[] = [];
  #at = 0;

  act(act: Act, choice: number): void {
    if ("input" in act) {
      this.#at += act.wait_ms;
      this.#hear(act.input, act.admin, choice);
    } else if ("wanted" in act) {
      const wanted = wantedBy(this.snapshot, this.#at);
      const job = this.#jobs.at(-1);
      if (wanted.length > 0) {
        this.#hear(wanted[act.wanted % wanted.length] ?? sticker, true, choice);
      } else if (job) this.#take(answerTo(job, act.wanted), choice);
    } else if ("fact" in act) {
      this.#take(act.fact, choice);
    } else {
      const job = this.#jobs[act.answers % this.#jobs.length];
      if (job) this.#take(answerTo(job, act.choice), choice);
    }
  }

  #hear(input: Input, admin: boolean, choice: number): void {
    const { value, context } = this.snapshot;
    const fact = hear(value, { input, admin, owner: admin, at: this.#at, context });
    assert(this.#take(fact, choice), `${JSON.stringify(value)} refuses ${fact.type}, its own`);
  }

  /** Steps if permitted, and so does a dialogue that was put away and taken out again. */
  #take(proposed: Fact, choice: number): boolean {
    const version = this.log.length + 1;
    const recorded = { ...checkFact(proposed, `version ${version}`), at: this.#at, version };
    const twin = restore(machine, JSON.parse(JSON.stringify(persist(this.snapshot))));
    assertEquals(hashState(twin), hashState(this.snapshot));
    const isPermitted = permits(this.snapshot, recorded);
    assertEquals(permits(twin, recorded), isPermitted);
    if (!isPermitted) return false;
    const { snapshot, effects } = step(machine, this.snapshot, recorded);
    const after = step(machine, twin, recorded);
    assertEquals(after.effects, effects);
    assertEquals(hashState(after.snapshot), hashState(snapshot));
    this.snapshot = snapshot;
    this.log.push({
      json: JSON.stringify(proposed),
      at: this.#at,
      effects: JSON.stringify(effects),
      hash: hashState(snapshot),
    });
    for (const effect of effects) {
      if (known.get(effect.type)?.kind === "job") this.#jobs.push(effect);
      if (known.get(effect.type)?.kind !== "ask") continue;
      assert(this.#take(answerTo(effect, choice), choice), `${effect.type} takes no answer`);
    }
    return true;
  }
}

/** What leads on from here: out of idle, else what is heard otherwise than it is in idle. */
function wantedBy(snapshot: Snapshot, at: number): Input[] {
  const { value, context } = snapshot;
  const rights = { admin: true, owner: true };
  const heardIn = (value: StateValue, input: Input) =>
    hear(value, { input, ...rights, at, context });
  const idle = { ...Object(value), flow: "idle" };
  return everyInput.filter((input) => {
    const fact = heardIn(value, input);
    if (fact.type === "InputRefused") return false;
    if (snapshot.value.flow !== "idle") return fact.type !== heardIn(idle, input).type;
    return step(machine, snapshot, { ...fact, at, version: 1 }).snapshot.value.flow !== "idle";
  });
}

function answerTo(effect: Effect, choice: number): Fact {
  const answers = answersTo(effect);
  const answer = answers[choice % answers.length];
  assert(answer, `${effect.type} has no answer`);
  return answer;
}

Deno.test("dialogue takes whatever comes, and is the same when put away, taken out or folded", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(anyAct, fc.nat()), { maxLength: 40, size: "max" }), (acts) => {
      const live = new Dialogue();
      for (const [act, choice] of acts) live.act(act, choice);
      const folded = live.log.reduce((before, row, index) => {
        const version = index + 1;
        const { type, ...data } = JSON.parse(row.json);
        const schema_version = facts.get(type)?.version ?? 1;
        const fact = readFact({ type, schema_version, data }, `version ${version}`);
        const { snapshot, effects } = step(machine, before, { ...fact, at: row.at, version });
        assertEquals(JSON.stringify(effects), row.effects);
        assertEquals(hashState(snapshot), row.hash);
        return snapshot;
      }, begin(machine));
      assertEquals(folded.value, live.snapshot.value);
      assertEquals(folded.context, live.snapshot.context);
    }),
    { numRuns: 200 },
  ));
