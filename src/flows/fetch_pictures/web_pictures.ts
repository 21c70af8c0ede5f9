import type { Picture } from "../../telegram/bot_call.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import { words } from "./words.ts";

/** The pictures of a fact, as a message shows them; it says where one could not be sent. */
export function webPictures(
  { locale }: Pick<LanguageContext, "locale">,
  pictures: readonly { readonly sha256: string }[],
): Picture[] {
  const { captions } = words[locale];
  const left_out = captions.pictures_left_out();
  const refusal = { as_file: left_out, left_out, forbidden: captions.pictures_forbidden() };
  return pictures.map(({ sha256 }) => ({ sha256, web: true, refusal }));
}
