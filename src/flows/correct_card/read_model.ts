/** Cards as they were corrected: each alone, or with all others of its batch. */
import type postgres from "postgres";
import { type PositionRange, projection } from "../../projections/projection.ts";

export const readModel = projection("card_corrections", { tables: [], changes: ["cards"] }, [
  { applies: ["CardCorrected"], move: correctSingles },
  { applies: ["CardCorrected"], move: correctBatches },
]);

/** The newest word on each part of a card, or of a batch; null where nothing was said of it. */
function corrected(tx: postgres.ISql, { after, upto }: PositionRange, owner: "card" | "batch") {
  const newest = (part: string) =>
    tx`(array_agg(data->>${part} order by pos desc) filter (where data->>${part} is not null))[1]`;
  return tx`
    select c.${tx(owner)} as owner, ${newest("name")} as name,
      ${newest("description")} as description, ${newest("original")} as original,
      ${newest("packaged")} as packaged, (array_agg(at order by pos desc))[1] as at,
      count(*)::int as times
    from events join cards c on c.card = (data->>'card')::uuid
    where pos > ${after} and pos <= ${upto} and type = 'CardCorrected'
      and ${owner === "card" ? tx`c.batch is null` : tx`c.batch is not null`}
    group by c.${tx(owner)}`;
}

function correctSingles(tx: postgres.ISql, range: PositionRange) {
  return tx<[]>`
    update cards c set name = coalesce(n.name, c.name),
      description = coalesce(n.description, c.description),
      original = coalesce(n.original, c.original), packaged = coalesce(n.packaged, c.packaged),
      corrected_at = n.at, revision = c.revision + n.times
    from (${corrected(tx, range, "card")}) n where c.card = n.owner`;
}

function correctBatches(tx: postgres.ISql, range: PositionRange) {
  return tx<[]>`
    update cards c set name = coalesce(n.name, c.name),
      description = coalesce(n.description, c.description),
      original = coalesce(n.original, c.original), packaged = coalesce(n.packaged, c.packaged),
      corrected_at = n.at, revision = c.revision + n.times
    from (${corrected(tx, range, "batch")}) n where c.batch = n.owner`;
}
