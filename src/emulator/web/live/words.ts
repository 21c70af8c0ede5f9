/** The page's words in the language of whoever sits before it. */
import { en } from "./words_en.ts";
import { ru, type Words } from "./words_ru.ts";

const LANGUAGES: Readonly<Record<string, Words>> = { ru, en };

/** The person's first language that the page speaks; Russian when it speaks none. */
export function speak(languages: readonly string[]): { words: Words; locale: string } {
  for (const locale of languages) {
    const words = LANGUAGES[locale.toLowerCase().split("-", 1)[0] ?? ""];
    if (words) return { words, locale };
  }
  return { words: ru, locale: "ru" };
}

/** The page is opened by one person, whose languages the browser tells. */
export const { words, locale } = speak(navigator.languages);
