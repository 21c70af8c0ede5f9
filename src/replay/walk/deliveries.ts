/** Deliveries of a fact's effects, as the outbox knows them. */
import type { Json } from "../../base/json.ts";
import type postgres from "postgres";

import { throwStoreError } from "../../store/store_unavailable.ts";
import type { WalkedFact } from "./walk_stream.ts";

/** One task of the outbox. What was sent is gone once it is done; what came of it is not. */
export interface EffectDelivery {
  /** Id of the effect; that of a tap's answer ends in ":tap". */
  effect: string;
  is: "done" | "waiting" | "refused";
  /** How often it was tried, as far as is known. */
  tries: number;
  /** Messages at Telegram that it became. */
  messages: readonly number[];
  /** What Telegram or this program said of it, where it did not simply work. */
  words: string | null;
  /** In ms; null where it is not done. */
  done_at: number | null;
}

interface Row {
  effect: string;
  attempts: number;
  done_at: Date | null;
  answer: Json;
}

/** Deliveries by the id of their effect, of everything that these facts named. */
export async function readDeliveries(
  sql: postgres.Sql,
  moments: readonly WalkedFact[],
): Promise<Map<string, EffectDelivery>> {
  const ids = moments.flatMap((moment) => [...effectIds(moment), tapOf(moment)]);
  const rows = await sql<Row[]>`
    select effect, attempts, done_at, answer from outbox where effect = any(${ids})`
    .catch(throwStoreError);
  return new Map(rows.map((row) => [row.effect, read(row)]));
}

/** Ids of the effects as the outbox has them; an ask is answered at once and never lies there. */
export function effectIds({ row, effects, kindOf }: WalkedFact): string[] {
  return effects.flatMap((effect, index) =>
    kindOf(effect) === "ask" ? [] : [`${row.stream}:${row.version}:${index}`]
  );
}

/** Id of the answer to the tap that led to this fact, if it was one. */
export function tapOf({ row }: WalkedFact): string {
  return `${row.causation}:tap`;
}

function read({ effect, attempts, done_at, answer }: Row): EffectDelivery {
  const told = typeof answer === "object" && answer !== null && !Array.isArray(answer)
    ? answer as { readonly [key: string]: Json }
    : {};
  const { messages } = told;
  const words = [told.refused, told.error, told.nothing, told.handled]
    .find((word) => typeof word === "string");
  return {
    effect,
    is: done_at === null ? "waiting" : told.refused === undefined ? "done" : "refused",
    tries: attempts + (done_at === null ? 0 : 1),
    messages: Array.isArray(messages) ? messages.filter((id) => typeof id === "number") : [],
    words: typeof words === "string" ? words : null,
    done_at: done_at?.valueOf() ?? null,
  };
}
