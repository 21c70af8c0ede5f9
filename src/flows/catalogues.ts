import { flowParts } from "./all_flows.ts";
import type { Catalogue } from "../locales/catalogue.ts";
import { foldCatalogue } from "../locales/fold_catalogue.ts";
import type { Locale } from "../locales/locales.ts";

const catalogueIn = (locale: Locale): Catalogue =>
  foldCatalogue(locale, flowParts.map(({ flow, words }) => ({ flow, words: words[locale] })));

/** What all flows say, in every language. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = {
  ru: catalogueIn("ru"),
  en: catalogueIn("en"),
};
