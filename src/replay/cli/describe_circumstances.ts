/** What was decided outside the chart, in a sentence. */
import type { Circumstances, Envelope } from "../../../events/envelope.ts";
import type { CircumstancesThen } from "../walk/chat.ts";

const languages = new Intl.DisplayNames("en", { type: "language" });

/** "as a maker, in English" */
export function describeCircumstances({ rights, locale }: Circumstances): string {
  const as = rights.owner ? "as an owner" : rights.admin ? "as a maker" : "as anybody";
  return `${as}, in ${languages.of(locale) ?? locale}`;
}

/** What an envelope says; that it is not known, where a fact was written before there were any. */
export function describeEnvelope(envelope: Envelope | null): string {
  if (envelope === null) return "Rights, language and place of then are not known.";
  const { group, thread, reply } = envelope.place ?? {};
  const places = [
    ...group === undefined ? [] : [`in group ${group}`],
    ...thread === undefined ? [] : [`in topic ${thread}`],
    ...reply === undefined ? [] : [`answering message ${reply}`],
  ];
  return [describeCircumstances(envelope), ...places].join(", ");
}

/** The sentence for what is only guessed; null where it is known. */
export function describeGuess(circumstances: CircumstancesThen): string | null {
  if (circumstances.known) return null;
  return "Which rights and language they had is not known, as this was written before that was " +
    `kept. By what is known today it is shown ${describeCircumstances(circumstances)}.`;
}
