/** What every view of a card has in common: escaped words, photos, maker. */
import { cutText, shortenText } from "../../base/clean_text.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import type { Picture } from "../../telegram/bot_call.ts";
import type { Names } from "../../base/names.ts";
import type { LanguageContext } from "../../telegram/render_context.ts";
import type { Card } from "./cards.ts";

/** So that the longest verdict still fits a caption of 1024. */
const MAKER_MAX = 40;

/** Number, name, description, edition and the time of the last correction, ready for HTML. */
export const captionFieldsOf = ({ clock }: Pick<LanguageContext, "clock">, card: Card) => ({
  number: card.number,
  name: escapeHtml(card.name),
  description: escapeHtml(card.description),
  edition: editionOf(card),
  corrected: card.corrected_at === null ? null : clock(card.corrected_at),
});

/** Which of a batch's cards it is; null for one of no batch. */
export const editionOf = ({ edition, editions }: Pick<Card, "edition" | "editions">) =>
  edition === null || editions === null ? null : { edition, editions };

/** A line's names stand between direction marks, and bring none of their own. */
export const withoutDirectionMarks = (name: string): string => name.replace(/[\u2066-\u2069]/g, "");

/** Longest caption, in UTF-16 units without the markup. */
const CAPTION_MAX = 1024;

/** A caption in which the description is cut as far as it must be, where all else is long too. */
export function captionOf<Face extends { description: string }>(
  write: (face: Face) => string,
  face: Face,
  description: string,
): string {
  const html = write(face);
  const excess = shownLength(html) - CAPTION_MAX;
  if (excess <= 0) return html;
  const cut = cutText(description, Math.max(0, description.length - excess - 1));
  return write({ ...face, description: `${escapeHtml(cut)}…` });
}

const shownLength = (html: string): number =>
  html.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "&").length;

export const photosOf = ({ original, packaged }: Card): Picture[] =>
  [original, packaged].filter((sha256) => sha256 !== null).map((sha256) => ({ sha256 }));

/** The maker's name, ready for HTML; null where it is not kept any more. */
export async function makerOf(
  context: Pick<LanguageContext, "namesOf">,
  { maker }: Pick<Card, "maker">,
): Promise<string | null> {
  const name = await makerName(context, maker);
  return name ? escapeHtml(name) : null;
}

/** The same, plain. */
export async function makerName(
  { namesOf }: Pick<LanguageContext, "namesOf">,
  maker: string,
): Promise<string | null> {
  const names = await namesOf(maker);
  return names && shortenText(fullName(names), MAKER_MAX) || null;
}

function fullName({ first_name, last_name, username }: Names): string {
  // Direction marks of their own would break out of the isolation that names are shown in.
  const name = withoutDirectionMarks([first_name, last_name].filter(Boolean).join(" "));
  return name.replace(/\s+/gu, " ").trim() || (username === null ? "" : `@${username}`);
}

/** What the QR of a card says. */
export const linkOf = ({ username }: Pick<LanguageContext, "username">, { code }: Card): string =>
  `https://t.me/${username}?start=v_${code}`;
