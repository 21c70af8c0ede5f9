/**
 * What must stay as it was released, byte for byte: what is heard in every state, what comes of it,
 * what buttons carry, every word. A change that is meant is recorded anew by
 * `deno run -P=test tests/pinned/record_pinned.ts` and read in the difference.
 */
import { assert, assertEquals } from "@std/assert";
import { sourceTest } from "../source_files.ts";
import { pinnedTables } from "./pinned_tables.ts";

sourceTest("pinned tables are as they were recorded", async () => {
  for (const [name, text] of Object.entries(await pinnedTables())) {
    const recorded = await Deno.readTextFile(new URL(`${name}.txt`, import.meta.url));
    const [now, then] = [text.split("\n"), recorded.trimEnd().split("\n")];
    // A new flow has words of its own; nobody's may change.
    assertSame(name, name === "words" ? now.filter((line) => then.includes(line)) : now, then);
  }
});

/** The first line that differs says more than the difference of two long texts. */
function assertSame(name: string, now: readonly string[], then: readonly string[]): void {
  const at = now.findIndex((line, i) => line !== then[i]);
  if (at >= 0) assertEquals(now[at], then[at], `${name}.txt line ${at + 1}`);
  assert(now.length === then.length, `${name}.txt has ${then.length} lines, not ${now.length}`);
}
