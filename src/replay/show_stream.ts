/** A dialogue as its log tells it: each fact, what it changed, and what became of it. */
import type postgres from "postgres";
import { readDialogueStream } from "../../events/stream.ts";
import { type Effect, type EffectKind, effectKinds } from "../../machines/effects.ts";
import type { Charts } from "../../machines/charts.ts";
import type { EventRow, Json } from "../store/event_row.ts";
import { type Delivery, effectIds, readDeliveries, tapOf } from "./deliveries.ts";
import type { Difference } from "./compare_fact.ts";
import type { Change } from "./diff_json.ts";
import { readStream } from "./read_pages.ts";
import type { Asked } from "./trace_step.ts";
import { type Moment, type StateShown, walkStream } from "./walk_stream.ts";

/** Opens what a person's names and words are sealed in; null where it stays dark. */
export type Unseal = (person: string, token: string) => Promise<string | null>;

/** An effect with its kind and, where it lies in the outbox, what became of it. */
export interface ShownEffect {
  effect: Effect;
  kind: EffectKind;
  delivery: Delivery | null;
}

/** Everything about one fact. */
export interface ShownFact {
  row: EventRow;
  /** The fact's data; sealed names stay sealed unless they were opened. */
  data: Json;
  before: StateShown;
  after: StateShown;
  changes: readonly Change[];
  guards: readonly Asked[];
  effects: readonly ShownEffect[];
  /** Where the dialogue first goes another way than it went: what is different; else null. */
  differs: Difference | null;
  /** The answer to the tap that led here, told with the last fact of its update. */
  tap: Delivery | null;
}

export interface ShowOptions {
  charts: Charts;
  /** First and last version; all unless told. */
  from?: number;
  to?: number;
  /** Opens sealed names; they stay sealed unless given. */
  unseal?: Unseal;
}

/** The facts of `stream` from one version to another; throws `CannotReplay` over damage. */
export async function showStream(
  sql: postgres.Sql,
  stream: string,
  { charts, from = 1, to, unseal }: ShowOptions,
): Promise<ShownFact[]> {
  const rows = await readStream(sql, stream, to);
  const { moments } = walkStream(charts, rows, { from });
  const deliveries = await readDeliveries(sql, moments);
  return await Promise.all(moments.map(async (moment, i) => {
    const { row, before, after, changes, guards, differs } = moment;
    const isLast = moments[i + 1]?.row.causation !== row.causation;
    return {
      ...{ row, before, after, changes, guards, differs },
      data: unseal ? await unsealWords(row, unseal) : row.data,
      effects: effectsOf(moment, deliveries),
      tap: isLast ? deliveries.get(tapOf(moment)) ?? null : null,
    };
  }));
}

function effectsOf(moment: Moment, deliveries: ReadonlyMap<string, Delivery>): ShownEffect[] {
  const ids = effectIds(moment);
  return moment.effects.map((effect) => {
    const kind = effectKinds[effect.type];
    const id = kind === "ask" ? undefined : ids.shift();
    return { effect, kind, delivery: deliveries.get(id ?? "") ?? null };
  });
}

/**
 * Whose names they are is written beside them, and words are those of whoever's dialogue it is. The
 * token of an invitation stays sealed: whoever has it becomes a maker.
 */
async function unsealWords({ stream, data }: EventRow, unseal: Unseal): Promise<Json> {
  const { names, verifier, query } = data;
  const open = async (person: Json | undefined, token: Json | undefined) =>
    typeof person === "string" && typeof token === "string" && token.startsWith("s1.")
      ? await unseal(person, token) ?? "(dark for good)"
      : token;
  const [told, asked] = await Promise.all([
    open(verifier, names),
    open(readDialogueStream(stream)?.person, query),
  ]);
  return {
    ...data,
    ...told === undefined ? {} : { names: told },
    ...asked === undefined ? {} : { query: asked },
  };
}
