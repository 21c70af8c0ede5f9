/** Facts of the language in which the bot speaks to a person. */
import { z } from "zod";
import { fact } from "./fact.ts";

/** A language that the bot speaks. */
export const Language = z.enum(["ru", "en"]);
export type Language = z.infer<typeof Language>;

/** They asked in which languages the bot speaks. */
export const LanguageAsked = fact("LanguageAsked", {});

/** They chose the language in which the bot speaks to them, wherever they meet. */
export const LanguageChosen = fact("LanguageChosen", { language: Language });
