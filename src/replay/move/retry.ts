/** Another try for an update whose handling failed, after the mend. */
import type postgres from "postgres";
import { readDialogueStream } from "../../../events/stream.ts";
import type { Engine } from "../../runtime/engine.ts";
import type { Incoming } from "../../runtime/incoming.ts";
import type { People } from "../../store/people.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";

/** The result of the try, in one sentence. */
export type Retried =
  | { is: "applied"; sentence: string }
  | { is: "unknown" | "refused" | "failed"; sentence: string };

interface FailedUpdate {
  stream: string;
  payload: string;
  error: string;
  retried_at: Date | null;
}

/** Handles the failed update `reference` again; it happens now, and it happens once. */
export async function retryUpdate(
  { sql, engine, people, now }: {
    sql: postgres.Sql;
    engine: Pick<Engine, "retry">;
    people: Pick<People, "unseal">;
    now: () => number;
  },
  reference: string,
): Promise<Retried> {
  const refuse = (sentence: string): Retried => ({ is: "refused", sentence });
  const [row] = await sql<FailedUpdate[]>`
    select stream, payload, error, retried_at from failed_updates where reference = ${reference}`
    .catch(throwStoreError);
  if (!row) {
    const sentence = `Cannot retry ${reference}: no failed update has this reference`;
    return { is: "unknown", sentence };
  }
  if (row.retried_at) {
    return refuse(`Cannot retry ${reference}: it was applied at ${row.retried_at.toISOString()}`);
  }
  const dialogue = readDialogueStream(row.stream);
  const payload = dialogue && await people.unseal(dialogue.person, row.payload);
  if (payload === null) {
    return refuse(`Cannot retry ${reference}: it is sealed with a key that is not here any more`);
  }
  const incoming: Incoming = JSON.parse(payload);
  try {
    const handled = await engine.retry({
      ...incoming,
      cause: `retry:${reference}`,
      at: now(),
      // The tap's callback has long expired, and was answered with the apology.
      query: null,
    });
    await sql`update failed_updates set retried_at = clock_timestamp()
      where reference = ${reference}`.catch(throwStoreError);
    return { is: "applied", sentence: `Retried ${reference}: ${handled} to ${row.stream}` };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { is: "failed", sentence: `Retried ${reference}, and it failed again: ${words}` };
  }
}
