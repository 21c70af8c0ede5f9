/** What of a task is done already, so that another try in this process does not say it twice. */
import { LRUCache } from "lru-cache";
import type { BotCall } from "./bot_call.ts";
import type { SlotMessage } from "./sources.ts";

/** A task under way: `done` counts those of `calls` that have been made. */
export interface Work {
  readonly calls: readonly BotCall[];
  done: number;
  messages: number[];
  kept: SlotMessage[];
  cleared: SlotMessage[];
}

/** By effect. */
export type Progress = LRUCache<string, Work>;

/** Tasks remembered at once; beyond, the oldest is forgotten and would begin anew. */
const REMEMBERED_MAX = 10_000;

export const openProgress = (): Progress => new LRUCache({ max: REMEMBERED_MAX });
