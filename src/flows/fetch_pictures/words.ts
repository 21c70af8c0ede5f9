import { en } from "./texts_en.ts";
import { ru } from "./texts_ru.ts";

/** What it says, by language. */
export const words = { ru, en };
