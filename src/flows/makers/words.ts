import type { makersFlow } from "../../../machines/flows/makers.ts";
import type { WordsOf } from "../../locales/flow_words.ts";
import type { Locale } from "../../locales/locales.ts";
import { en } from "./texts_en.ts";
import { ru } from "./texts_ru.ts";

export const words = { ru, en } satisfies Readonly<Record<Locale, WordsOf<typeof makersFlow>>>;
