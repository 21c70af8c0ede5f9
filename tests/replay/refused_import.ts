/** An import that should be refused, and what is left of it. */
import { assert, assertEquals, assertNotMatch } from "@std/assert";
import { projections } from "../../src/flows/projections.ts";
import { CannotReplay } from "../../src/replay/log/exit_codes.ts";
import { readLogFile } from "../../src/replay/log/read_log_file.ts";
import { importLog } from "../../src/replay/move/import_log.ts";
import type { Database } from "../../src/store/open_database.ts";

/** The lines, one after the other. */
export async function* linesIn(lines: readonly string[]) {
  for (const line of lines) yield await Promise.resolve(line);
}

/** The sentence by which an import of these lines is refused; null where it goes through. */
export async function refusal(
  sql: Database["sql"],
  lines: readonly string[],
): Promise<string | null> {
  try {
    await importLog(sql, await readLogFile(linesIn(lines), "log"), { projections });
    return null;
  } catch (error) {
    assert(error instanceof CannotReplay, `${error}`);
    assertEquals(error.code, 65);
    assertNotMatch(error.message, /\n|^\s+at /);
    return error.message;
  }
}

/** Whether nothing was kept of an import. */
export async function isEmpty({ sql }: Pick<Database, "sql">) {
  const [row] = await sql`select exists (select from events) or exists (select from streams)
    or exists (select from cards) or exists (select from stamps)
    or (select pos from head) > 0 as is`;
  return row?.is === false;
}
