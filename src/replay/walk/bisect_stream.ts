/** The first fact after which something holds that did not hold before. */
import type { Condition } from "./condition.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import type { WalkedFact } from "./walk_stream.ts";

/**
 * The first of `moments` after version `good`, up to `bad`, after which `holds`. As all of them must
 * be folded anyway, each is asked: what comes and goes in between is found as well. Before `bad`,
 * a fact of which it cannot be asked, as what it speaks of is not there yet, is one where it does
 * not hold. Throws `CannotReplay` where it holds at `good` already, or does not hold at `bad`.
 */
export function bisectStream(
  moments: readonly WalkedFact[],
  { good, bad, holds }: { good: number; bad: number; holds: Condition },
): WalkedFact {
  const last = moments.at(-1)?.row.version ?? 0;
  if (good >= bad || bad > last) {
    throw new CannotReplay(
      `Cannot look between versions ${good} and ${bad}: the stream has versions 1 to ${last}, ` +
        "and the good one comes first",
      exitCodes.usage,
    );
  }
  const at = (version: number) => moments.find(({ row }) => row.version === version);
  const holdsBefore = (moment: WalkedFact) => {
    try {
      return holds(moment);
    } catch (error) {
      if (error instanceof CannotReplay) return false;
      throw error;
    }
  };
  const before = at(good);
  if (before && holdsBefore(before)) {
    throw new CannotReplay(`It holds at version ${good} already`, exitCodes.broken);
  }
  const after = at(bad);
  if (!after || !holds(after)) {
    throw new CannotReplay(`It does not hold at version ${bad}`, exitCodes.broken);
  }
  const between = moments.filter(({ row }) => row.version > good && row.version <= bad);
  return between.find(holdsBefore) ?? after;
}
