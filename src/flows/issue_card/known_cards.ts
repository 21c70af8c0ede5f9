import { LRUCache } from "lru-cache";
import type { Card } from "./cards.ts";

/** About a kilobyte each. */
const KNOWN_MAX = 10_000;

/** Cards as they were last read: good for what was decided when they had that revision. */
export interface KnownCards {
  /** Null where it is not known, or may have been corrected since. */
  asOf(card: string, revision: number): Card | null;
  learn(card: Card): void;
}

/** Holds the cards that were read last. A newer revision is never replaced by an older one. */
export function openKnownCards(): KnownCards {
  const known = new LRUCache<string, Card>({ max: KNOWN_MAX });
  return {
    asOf(id, revision) {
      const card = known.get(id);
      return card && card.revision >= revision ? card : null;
    },
    learn(card) {
      const before = known.get(card.card);
      if (!before || before.revision <= card.revision) known.set(card.card, card);
    },
  };
}
