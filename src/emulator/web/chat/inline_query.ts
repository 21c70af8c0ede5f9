/** What the bot answers to «@bot words» while they are being typed. */
import type { InlineQueryResult, InlineQueryResultsButton } from "grammy/types";
import { useEffect, useState } from "preact/hooks";
import type { Acts } from "../live/acts.ts";
import { control } from "../live/control.ts";
import type { PhoneState } from "../live/phone_state.ts";

/** A bot is asked once the typing rests for so long. */
const rest_ms = 300;

export interface InlineAnswers {
  query: string;
  /** Null until the bot has answered. */
  results: readonly InlineQueryResult[] | null;
  button?: InlineQueryResultsButton | undefined;
  inline_query_id: string;
}

/** The words after «@bot »; null when the text is no inline query. */
export function inlineWords(typed: string, username: string): string | null {
  const [, name, words = ""] = /^@(\w+)\s([\s\S]*)$/.exec(typed) ?? [];
  return name?.toLowerCase() === username.toLowerCase() ? words : null;
}

/** Asks again whenever the words change; null where nothing is asked. */
export function useInlineQuery(
  words: string | null,
  phone: PhoneState,
  acts: Acts,
): InlineAnswers | null {
  const [answers, setAnswers] = useState<InlineAnswers | null>(null);
  const id = answers?.inline_query_id;
  const isAnswered = id !== undefined && phone.answered.has(id);
  useEffect(() => {
    if (words === null) return setAnswers(null);
    let current = true;
    const timer = setTimeout(async () => {
      const inline_query_id = await acts.inline(words);
      if (!current || inline_query_id === null) return;
      setAnswers((before) => ({ query: words, results: before?.results ?? null, inline_query_id }));
    }, rest_ms);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words, phone.person.id]);
  useEffect(() => {
    if (!isAnswered || id === undefined) return;
    control.inlineAnswer(id).then(({ results, button }) =>
      setAnswers((now) => now?.inline_query_id === id ? { ...now, results, button } : now)
    ).catch(() => undefined);
  }, [id, isAnswered]);
  return words === null ? null : answers;
}
