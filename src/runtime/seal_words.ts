import type { Fact } from "../../events/facts.ts";

/**
 * The fact as it may stand in the log: words that somebody typed for nobody but themselves are
 * sealed with their key. What a maker writes on a card is the card's, and stays as it is.
 */
export async function sealWords(
  fact: Fact,
  seal: (text: string) => Promise<string>,
): Promise<Fact> {
  return fact.type === "CardsSearched" ? { ...fact, query: await seal(fact.query) } : fact;
}
