import type { Flow } from "./flow.ts";

/** Entries that one flow brings. */
type Entries<Value> = readonly (readonly [name: string, value: Value])[];

/** Merges named entries of all flows; throws naming both flows where two claim one name. */
export function uniqueEntries<Value>(
  what: string,
  flows: readonly Flow[],
  entriesOf: (flow: Flow) => Entries<Value>,
  kits: Entries<Value> = [],
): Map<string, Value> {
  const found = new Map(kits);
  const owners = new Map(kits.map(([name]) => [name, "the kit"]));
  for (const flow of flows) {
    for (const [name, value] of entriesOf(flow)) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        throw new Error(`Cannot fold ${flow.name}: ${owner} has the ${what} ${name} already`);
      }
      owners.set(name, flow.name);
      found.set(name, value);
    }
  }
  return found;
}

/** The same for records: merges them into one. */
export function uniqueRecord<Value>(
  what: string,
  flows: readonly Flow[],
  recordOf: (flow: Flow) => Readonly<Record<string, Value>> | undefined,
): Record<string, Value> {
  return Object.fromEntries(
    uniqueEntries(what, flows, (flow) => Object.entries(recordOf(flow) ?? {})),
  );
}
