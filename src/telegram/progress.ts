/** What of a task is done already, so that another try in this process does not say it twice. */
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

export interface Progress {
  of(effect: string): Work | undefined;
  keep(effect: string, work: Work): void;
  drop(effect: string): void;
}

/** Tasks remembered at once; beyond, the oldest is forgotten and would begin anew. */
const REMEMBERED_MAX = 10_000;

export function openProgress(): Progress {
  const works = new Map<string, Work>();
  return {
    of: (effect) => works.get(effect),
    keep(effect, work) {
      works.set(effect, work);
      const [oldest] = works.keys();
      if (works.size > REMEMBERED_MAX && oldest !== undefined) works.delete(oldest);
    },
    drop(effect) {
      works.delete(effect);
    },
  };
}
