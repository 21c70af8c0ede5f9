/** An engine that applies an update as often as it comes: what the bench's check is to find. */
import { type Contender, serve, type Tally } from "./contender.ts";

/** Without a database, for the tests of the bench. */
export function openCareless(): Promise<Contender> {
  const tally: Tally = { facts: 0, checks: 0, scans: 0, messages: 0, gaps: 0 };
  return Promise.resolve({
    apply() {
      tally.facts += 2;
      tally.checks++;
      tally.scans++;
      tally.messages++;
      // As long as a commit, so that lanes take turns.
      return new Promise<void>((resolve) => void setTimeout(resolve, 1));
    },
    tally: () => Promise.resolve({ ...tally }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

if (import.meta.main) await serve(openCareless);
