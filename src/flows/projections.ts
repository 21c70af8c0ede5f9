import { flowParts } from "./all_flows.ts";
import { sortByDependencies } from "../projections/sort_by_dependencies.ts";

/** The read models of all flows, in the order in which they are applied. */
export const projections = sortByDependencies(
  flowParts.flatMap(({ projections = [] }) => projections),
);
