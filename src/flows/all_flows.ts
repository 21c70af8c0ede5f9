import * as all from "../flows.ts";
import type { FlowParts } from "./flow_parts.ts";

/** Every flow with all that it does and says, by name. */
export const flowParts: readonly FlowParts[] = Object.values(all);
