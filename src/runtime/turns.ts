/** Work that people cause, in turns: whoever has much of it lets nobody else wait for all of it. */

export interface Turns {
  /**
   * Runs `work` once it is this person's turn. What one person causes runs in order, a piece at a
   * time; while somebody waits for their turn, everybody else has one at the most. Of those who
   * were not served lately, whoever brought the least comes first.
   */
  run<Result>(person: string, work: () => Promise<Result>): Promise<Result>;
}

/** Who waits or is served. `since` is the turn from which they wait; the earliest is served next. */
interface Waiting {
  since: number;
  /** Later than this, whoever is served meanwhile would come twice before them. */
  readonly latest: number;
  readonly work: (() => Promise<void>)[];
  is_served: boolean;
}

/** Whoever was not served for so many turns is no later than one who was served that long ago. */
const CREDIT_TURNS = 100;
/** What each further piece costs of that: ten of somebody new wait for one of somebody newer. */
const PIECE_TURNS = 10;

/** Turns of which `at_once` are served at the same time. */
export function openTurns(at_once: number): Turns {
  const people = new Map<string, Waiting>();
  /** The last turn of those who were served lately, the latest at its end. */
  const served = new Map<string, number>();
  let turn = 0;
  let serving = 0;

  function serveNext(): void {
    while (serving < at_once) {
      const next = longestWaiting(people);
      if (next === null) return;
      void serve(...next);
    }
  }

  async function serve(person: string, waiting: Waiting): Promise<void> {
    const work = waiting.work.shift();
    serving++;
    waiting.is_served = true;
    waiting.since = ++turn;
    served.delete(person);
    served.set(person, turn);
    const [oldest] = served.keys();
    if (served.size > CREDIT_TURNS && oldest !== undefined) served.delete(oldest);
    await work?.();
    serving--;
    waiting.is_served = false;
    if (waiting.work.length === 0) people.delete(person);
    serveNext();
  }

  return {
    run<Result>(person: string, work: () => Promise<Result>) {
      const { promise, resolve, reject } = Promise.withResolvers<
        Awaited<ReturnType<typeof work>>
      >();
      const waiting = people.get(person) ?? {
        since: Math.max(served.get(person) ?? -Infinity, turn - CREDIT_TURNS),
        latest: turn,
        work: [],
        is_served: false,
      };
      people.set(person, waiting);
      if (waiting.work.length > 0 && waiting.since < waiting.latest) {
        waiting.since = Math.min(waiting.latest, waiting.since + PIECE_TURNS);
      }
      waiting.work.push(async () => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      });
      serveNext();
      return promise;
    },
  };
}

/** Of those who wait equally long, the one who came first. */
function longestWaiting(people: ReadonlyMap<string, Waiting>): [string, Waiting] | null {
  let longest: [string, Waiting] | null = null;
  for (const [person, waiting] of people) {
    if (waiting.is_served) continue;
    if (longest === null || waiting.since < longest[1].since) longest = [person, waiting];
  }
  return longest;
}
