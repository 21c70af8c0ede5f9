/** A dialogue as its log tells it: each fact, what it changed, and what followed from it. */
import type { Json } from "../../base/json.ts";
import { type OpenToken, openWithin } from "../../base/sealed_words.ts";
import type postgres from "postgres";
import type { Effect, EffectKind } from "../../../machines/flow/effect.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { EventRow } from "../../store/event_row.ts";
import { type EffectDelivery, effectIds, readDeliveries, tapOf } from "./deliveries.ts";
import { checkOf, type ShownCheck } from "./checks.ts";
import type { CardLookup } from "../log/find_subject.ts";
import type { Difference } from "../fold/compare_fact.ts";
import type { Change } from "../../base/diff_json.ts";
import { readStream } from "../log/read_pages.ts";
import { sealedIn } from "../log/sealed_in.ts";
import type { AskedGuard } from "../fold/trace_step.ts";
import { type ShownState, type WalkedFact, walkStream } from "./walk_stream.ts";

/** Opens what a person's names and words are sealed in; null where the key is gone. */
export type Unseal = (person: string, token: string) => Promise<string | null>;

/** An effect with its kind and, where it lies in the outbox, its delivery. */
export interface ShownEffect {
  effect: Effect;
  kind: EffectKind;
  delivery: EffectDelivery | null;
}

/** Everything about one fact. */
export interface ShownFact {
  row: EventRow;
  /** The fact's data; sealed names stay sealed unless they were opened. */
  data: Json;
  before: ShownState;
  after: ShownState;
  changes: readonly Change[];
  guards: readonly AskedGuard[];
  effects: readonly ShownEffect[];
  /** Where the dialogue first goes another way than it went: what is different; else null. */
  differs: Difference | null;
  /** Which check of a card it was, as that was counted; null where it was none. */
  check: ShownCheck | null;
  /** The answer to the tap that led here, told with the last fact of its update. */
  tap: EffectDelivery | null;
}

export interface ShowOptions {
  charts: Charts;
  cards: CardLookup;
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
  { charts, cards, from = 1, to, unseal }: ShowOptions,
): Promise<ShownFact[]> {
  const rows = await readStream(sql, stream, to);
  const { moments } = walkStream(charts, rows, { from });
  const deliveries = await readDeliveries(sql, moments);
  const open = unseal ? await wordsOf(rows, unseal) : () => Promise.resolve(null);
  return await Promise.all(moments.map(async (moment, i) => {
    const { row, before, after, changes, guards, differs } = moment;
    const isLast = moments[i + 1]?.row.causation !== row.causation;
    const told = {
      ...{ before, after, changes, data: row.data },
      effects: effectsOf(moment, deliveries),
    };
    return {
      ...{ row, guards, differs },
      ...await openWithin(told, open),
      check: await checkOf(cards, row),
      tap: isLast ? deliveries.get(tapOf(moment)) ?? null : null,
    };
  }));
}

function effectsOf(
  moment: WalkedFact,
  deliveries: ReadonlyMap<string, EffectDelivery>,
): ShownEffect[] {
  const ids = effectIds(moment);
  return moment.effects.map((effect) => {
    const kind = moment.kindOf(effect) ?? "send";
    const id = kind === "ask" ? undefined : ids.shift();
    return { effect, kind, delivery: deliveries.get(id ?? "") ?? null };
  });
}

/**
 * Opens what is sealed in these facts, wherever it stands. What gives a right stays sealed: the token
 * of an invitation makes its holder a maker.
 */
async function wordsOf(rows: readonly EventRow[], unseal: Unseal): Promise<OpenToken> {
  const sealed = rows.flatMap((row) => sealedIn(row)).filter(({ secret }) => !secret);
  const opened = new Map(
    await Promise.all(
      sealed.map(async ({ person, token }) =>
        [token, await unseal(person, token) ?? "(dark for good)"] as const
      ),
    ),
  );
  return (token) => Promise.resolve(opened.get(token) ?? null);
}
