/** What is sealed in a row of the log, and with whose key. */
import type { FactDefinition } from "../../../events/fact.ts";
import { facts } from "../../../events/facts.ts";
import { sealedFields } from "../../../events/sensitive.ts";
import { readDialogueStream } from "../../../events/stream.ts";
import { isToken } from "../../base/sealed_words.ts";
import type { EventRow } from "../../store/event_row.ts";

/** A sealed field that is filled in. */
export interface SealedValue {
  field: string;
  person: string;
  token: string;
  /** Knowing its content gives a right. */
  secret: boolean;
}

/** Only what names its person: nothing else could be opened. */
export function sealedIn(
  { type, stream, data }: Pick<EventRow, "type" | "stream" | "data">,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): SealedValue[] {
  const definition = definitions.get(type);
  if (!definition) return [];
  return sealedFields(definition.schema).flatMap(
    ({ field, for: whose, secret = false, once_plain }) => {
      const person = whose === "self" ? readDialogueStream(stream)?.person : data[whose];
      const token = data[field];
      if (typeof person !== "string" || typeof token !== "string") return [];
      if (once_plain && !isToken(token)) return [];
      return [{ field, person, token, secret }];
    },
  );
}
