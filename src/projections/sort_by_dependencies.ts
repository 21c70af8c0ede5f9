/** The order in which read models are applied, from the tables that they declare. */
import type { Projection } from "./projection.ts";

/**
 * A table's owner comes before the models that change it, those before its readers; else as listed.
 * Throws where the declarations contradict each other, or name a table that is nobody's.
 */
export function sortByDependencies(projections: readonly Projection[]): readonly Projection[] {
  const before = predecessorsOf(projections);
  const placed = new Set<Projection>();
  while (placed.size < projections.length) {
    const next = projections.find((one) =>
      !placed.has(one) && before(one).every((other) => placed.has(other))
    );
    if (next === undefined) {
      throw new Error(
        `Cannot order read models: each waits for the next in ${
          circleOf(projections, placed, before)
        }`,
      );
    }
    placed.add(next);
  }
  return [...placed];
}

/** Those that go before a projection. */
type Predecessors = (projection: Projection) => readonly Projection[];

function predecessorsOf(projections: readonly Projection[]): Predecessors {
  const owners = ownersOf(projections);
  const ownerOf = (table: string, user: Projection): Projection => {
    const owner = owners.get(table);
    if (owner !== undefined) return owner;
    throw new Error(
      `Cannot order read models: ${user.name} names ${table}, which nobody owns`,
    );
  };
  const changersOf = (table: string, reader: Projection) =>
    projections.filter((one) => one !== reader && one.changes.includes(table));
  const found = new Map(projections.map((one) => [one, [
    ...one.changes.map((table) => ownerOf(table, one)),
    ...one.reads.flatMap((table) => [ownerOf(table, one), ...changersOf(table, one)]),
  ]]));
  return (projection) => found.get(projection) ?? [];
}

function ownersOf(projections: readonly Projection[]): ReadonlyMap<string, Projection> {
  const owners = new Map<string, Projection>();
  for (const projection of projections) {
    for (const table of projection.tables) {
      const other = owners.get(table);
      if (other !== undefined) {
        throw new Error(
          `Cannot order read models: ${other.name} and ${projection.name} both own ${table}`,
        );
      }
      owners.set(table, projection);
    }
  }
  return owners;
}

/** Each of those left over waits for another, so following them leads round a circle. */
function circleOf(
  projections: readonly Projection[],
  placed: ReadonlySet<Projection>,
  before: Predecessors,
): string {
  const waited: Projection[] = [];
  let next = projections.find((one) => !placed.has(one));
  while (next !== undefined && !waited.includes(next)) {
    waited.push(next);
    next = before(next).find((one) => !placed.has(one));
  }
  const circle = next === undefined ? waited : [...waited.slice(waited.indexOf(next)), next];
  return circle.map(({ name }) => name).join(" → ");
}
