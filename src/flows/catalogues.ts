/** All that the bot says by keys, in every language. */
import { type Catalogue, UnknownWords, type Values } from "../locales/catalogue.ts";
import { en } from "../locales/en.ts";
import type { Locale } from "../locales/locales.ts";
import { type Catalogue as Words, ru } from "../locales/ru.ts";

export const catalogues: Readonly<Record<Locale, Catalogue>> = {
  ru: catalogueOf(ru),
  en: catalogueOf(en),
};

function catalogueOf({ texts, notes, labels, commands, ...words }: Words): Catalogue {
  const command = (name: keyof typeof commands) => ({ command: name, description: commands[name] });
  return {
    text(key, values) {
      if (!Object.hasOwn(texts, key)) {
        throw new UnknownWords(`Cannot say ${key}: the catalogue has no such text`);
      }
      const text: (values: never) => string = texts[key as keyof typeof texts];
      return text(values as Values as never);
    },
    note(key) {
      if (Object.hasOwn(notes, key)) return notes[key as keyof typeof notes];
      throw new UnknownWords(`Cannot answer a tap with ${key}: the catalogue has no such note`);
    },
    label(key) {
      if (Object.hasOwn(labels, key)) return labels[key as keyof typeof labels];
      throw new UnknownWords(`Cannot label a button ${key}: the catalogue has no such label`);
    },
    commands: {
      everybody: [command("start"), command("help"), command("language"), command("cancel")],
      makers: [command("admin"), command("batch")],
    },
    description: words.description,
    short_description: words.short_description,
    clock: words.clock,
  };
}
