import type { FactDefinition } from "../../events/fact.ts";
import { facts } from "../../events/facts.ts";
import { sealedFields } from "../../events/sensitive.ts";

/**
 * The fact as it may stand in the log: words that somebody typed for nobody but themselves are
 * sealed with their key. What a maker writes on a card is the card's, and stays as it is.
 */
export async function sealWords<HearResult extends { readonly type: string }>(
  fact: HearResult,
  seal: (text: string) => Promise<string>,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): Promise<HearResult> {
  const definition = definitions.get(fact.type);
  const heard = definition ? sealedFields(definition.schema).filter(({ when }) => when) : [];
  if (heard.length === 0) return fact;
  const words = new Map<string, unknown>(Object.entries(fact));
  for (const { field } of heard) {
    const text = words.get(field);
    if (typeof text === "string") words.set(field, await seal(text));
  }
  // A token takes the place of words: the same fields, the same kinds of values.
  return Object.fromEntries(words) as HearResult;
}
