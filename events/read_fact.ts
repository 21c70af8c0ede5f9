import type { FactDefinition } from "./fact.ts";
import { type Fact, facts } from "./facts.ts";

/** Thrown for a row that no fact of ours describes; says where it lies and what is wrong with it. */
export class UnreadableFact extends Error {
  override name = "UnreadableFact";
}

/**
 * The fact in a row of the log: lifted from its version to today's and checked by its schema.
 * `where` ("dialogue:7 version 3") names the row in the error.
 */
export function readFact(
  row: { type: string; schema_version: number; data: Record<string, unknown> },
  where: string,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): Fact {
  const definition = definitions.get(row.type);
  if (!definition) throw new UnreadableFact(`Cannot read ${where}: unknown fact ${row.type}`);
  if (row.schema_version > definition.version) {
    throw new UnreadableFact(
      `Cannot read ${where}: ${row.type} has version ${row.schema_version}, ` +
        `this program knows up to ${definition.version}. Run a newer one`,
    );
  }
  const data = lift(definition, row, where);
  return checkFact({ ...data, type: row.type }, where, definitions);
}

/** The data of the row in today's shape. */
function lift(
  { upcasts }: FactDefinition,
  row: { type: string; schema_version: number; data: Record<string, unknown> },
  where: string,
): Record<string, unknown> {
  const named = `${row.type} version ${row.schema_version}`;
  if (!Number.isInteger(row.schema_version) || row.schema_version < 1) {
    throw new UnreadableFact(`Cannot read ${where}: there is no ${named}`);
  }
  try {
    return upcasts.slice(row.schema_version - 1).reduce((older, upcast) => upcast(older), row.data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFact(`Cannot read ${where}: ${named} cannot be lifted (${reason})`);
  }
}

/** Checks a proposed fact by its schema; throws `UnreadableFact` naming the field that is wrong. */
export function checkFact(
  proposed: { type: string; [field: string]: unknown },
  where: string,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): Fact {
  const definition = definitions.get(proposed.type);
  if (!definition) throw new UnreadableFact(`Cannot read ${where}: unknown fact ${proposed.type}`);
  const checked = definition.schema.safeParse(proposed);
  if (checked.success) return checked.data as Fact;
  const issues = checked.error.issues
    .map((issue) => `${issue.path.join(".") || "it"}: ${issue.message}`)
    .join("; ");
  throw new UnreadableFact(
    `Cannot read ${where}: ${proposed.type} version ${definition.version} is not as it must be ` +
      `(${issues})`,
  );
}
