/** What an engine does in the bench, and what its process is told and tells. No package is needed. */
import { type Figures, measure } from "../measure.ts";
import { linesOf } from "./text_lines.ts";

/** Somebody checks a card. */
export interface Update {
  /** Another for every update of a database. */
  number: number;
  person: string;
  /** Which of the cards, from 0. */
  card: number;
}

/** What a database holds of the steps. */
export interface Tally {
  facts: number;
  /** The sum of all cards' counters. */
  checks: number;
  scans: number;
  messages: number;
  /** Streams whose versions do not count up from 1. */
  gaps: number;
}

/** An engine on a database. */
export interface Contender extends AsyncDisposable {
  /** Makes one step durable: two facts, statistics and a message; once for each update. */
  apply(update: Update): Promise<void>;
  tally(): Promise<Tally>;
}

/** Cards that are checked by turns. */
export const CARDS = 500;
/** What each engine may have at once. */
export const CONNECTIONS = 32;
/** Seconds after which a connection that nobody uses is closed: the others need it. */
export const IDLE_SECONDS = 3;
/** Updates of one person at once, and each of them again and again, when it is checked. */
const CROWD = 8;
const PEOPLE_OF_LANE = 8;

export type Order = { do: "measure"; lanes: number; duration_ms: number } | { do: "check" };

export interface Round extends Figures {
  steps: number;
}

/** What was found after `applied` updates, and after some of them came again. */
export interface Checked {
  applied: number;
  once: Tally;
  again: Tally;
}

export type Answer = { is: "ready" } | ({ is: "round" } & Round) | ({ is: "checked" } & Checked);

/** Serves one engine: answers each order on standard input, ends the process with it. */
export async function serve(open: (url: string) => Promise<Contender>): Promise<void> {
  await obeyOrders(open);
  // Some engines leave connections and timers behind.
  Deno.exit();
}

async function obeyOrders(open: (url: string) => Promise<Contender>): Promise<void> {
  await using contender = await open(Deno.env.get("DATABASE_URL") ?? "");
  const obey = obeying(contender, Number(Deno.args[0]));
  tell({ is: "ready" });
  for await (const line of linesOf(Deno.stdin.readable)) tell(await obey(JSON.parse(line)));
}

const tell = (answer: Answer) =>
  void Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(answer)}\n`));

/** Carries out orders; updates are numbered from `first` on. */
export function obeying(contender: Contender, first: number): (order: Order) => Promise<Answer> {
  let applied = 0;
  const people = new Map<string, string>();
  const personOf = (place: string) => {
    const person = people.get(place) ?? crypto.randomUUID();
    people.set(place, person);
    return person;
  };
  const next = (person: string): Update => {
    const n = applied++;
    return { number: first + n, person, card: n % CARDS };
  };

  async function check(): Promise<Checked> {
    const person = personOf("crowd");
    const updates = Array.from({ length: CROWD }, () => next(person));
    await Promise.all(updates.map((update) => contender.apply(update)));
    const once = await contender.tally();
    await Promise.all([...updates, ...updates].map((update) => contender.apply(update)));
    return { applied, once, again: await contender.tally() };
  }

  return async (order) => {
    if (order.do === "check") return { is: "checked", ...await check() };
    const before = applied;
    // Each lane has people of its own, since a dialogue does one thing at a time.
    const figures = await measure(
      order.lanes,
      order.duration_ms,
      (lane) => contender.apply(next(personOf(`${lane} ${applied % PEOPLE_OF_LANE}`))),
    );
    return { is: "round", ...figures, steps: applied - before };
  };
}

/** What is wrong with what was found; nothing where each update was applied once. */
export function faultsOf({ applied, once, again }: Checked): string[] {
  const wanted: Tally = {
    facts: applied * 2,
    checks: applied,
    scans: applied,
    messages: applied,
    gaps: 0,
  };
  const told = (found: Tally, after: string) =>
    (Object.keys(wanted) as (keyof Tally)[]).filter((key) => found[key] !== wanted[key])
      .map((key) => `${found[key]} ${key} instead of ${wanted[key]} after ${after}`);
  return [
    ...told(once, `${applied} updates`),
    ...told(again, "some updates came again"),
  ];
}
