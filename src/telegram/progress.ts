/** What of a task is done already, so that another try in this process does not say it twice. */
import { LRUCache } from "lru-cache";
import type { Json } from "../base/json.ts";
import type { SlotMessage } from "./sources.ts";
import type { Address } from "./destination.ts";
import type { Step } from "./step.ts";

/** A task under way: `done` counts those of `steps` that are behind it. */
export interface Work {
  readonly steps: Step[];
  /** Where in its chat it speaks. */
  address: Address;
  done: number;
  messages: number[];
  kept: SlotMessage[];
  cleared: SlotMessage[];
  /** What could not be shown as it was meant to be. */
  left_out: Json[];
  /** Why messages could not be sent at all. */
  refused: string[];
}

/** By effect. */
export type Progress = LRUCache<string, Work>;

/** Tasks remembered at once; beyond, the oldest is forgotten and would begin anew. */
const REMEMBERED_MAX = 10_000;

export const openProgress = (): Progress => new LRUCache({ max: REMEMBERED_MAX });
