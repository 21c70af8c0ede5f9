import { flowParts } from "./all_flows.ts";
import { inOrder } from "../projections/order.ts";

/** The read models of all flows, in the order in which they are applied. */
export const projections = inOrder(flowParts.flatMap(({ projections = [] }) => projections));
