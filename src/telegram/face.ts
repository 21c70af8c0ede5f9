/** What every view of a card has in common: escaped words, photos, maker, links. */
import { groupCode } from "../../events/code.ts";
import { cutText } from "../base/clean_text.ts";
import { escapeHtml } from "../base/escape_html.ts";
import type { Keyboard, Picture, Sending } from "./sending.ts";
import type { Names, ShownCard, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** So that the longest verdict still fits a caption of 1024. */
const MAKER_MAX = 40;

/** Number, name, description, edition and the time of the last correction, ready for HTML. */
export const faceOf = (stage: Stage, card: ShownCard) => ({
  number: card.number,
  name: escapeHtml(card.name),
  description: escapeHtml(card.description),
  edition: editionOf(card),
  corrected: card.corrected_at === null ? null : stage.clock(card.corrected_at),
});

/** Which of a batch's cards it is; null for one of no batch. */
export const editionOf = ({ edition, editions }: Pick<ShownCard, "edition" | "editions">) =>
  edition === null || editions === null ? null : { edition, editions };

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

export const photosOf = ({ original, packaged }: ShownCard): Picture[] =>
  [original, packaged].filter((sha256) => sha256 !== null).map((sha256) => ({ sha256 }));

/** The maker's name, ready for HTML; null where it is not kept any more. */
export async function makerOf(stage: Stage, card: ShownCard): Promise<string | null> {
  const name = await makerName(stage, card.maker);
  return name ? escapeHtml(name) : null;
}

/** The same, plain. */
export async function makerName(stage: Stage, maker: string): Promise<string | null> {
  const names = await stage.sources.namesOf(maker);
  return names && cutText(fullName(names), MAKER_MAX) || null;
}

function fullName({ first_name, last_name, username }: Names): string {
  // Direction marks of their own would break out of the isolation that names are shown in.
  const name = [first_name, last_name].filter(Boolean).join(" ").replace(/[\u2066-\u2069]/g, "");
  return name.replace(/\s+/gu, " ").trim() || (username === null ? "" : `@${username}`);
}

/** What the QR of a card says. */
export const linkOf = (stage: Stage, { code }: ShownCard): string =>
  `https://t.me/${stage.username}?start=v_${code}`;

/** The QR picture of a card for its maker, with the code in its caption. */
export function qrOf(stage: Stage, viewer: Viewer, card: ShownCard): Sending & { does: "show" } {
  return {
    does: "show",
    chat: viewer.chat,
    pictures: [{ qr: linkOf(stage, card) }],
    html: stage.catalogue.captions.qr({ code: groupCode(card.code) }),
    keyboard: [],
  };
}

/** Buttons that show a card to others: inline, where the bot may, and by a link. */
export function shareRows(stage: Stage, card: ShownCard): Keyboard {
  const { labels } = stage.catalogue;
  const link = { text: labels.share_link, url: shareUrl(stage, card) };
  const inline = { text: labels.share, switch_inline_query: String(card.number) };
  return stage.inline ? [[inline], [link]] : [[link]];
}

/** Where anybody opens a card by its number. */
export const openUrl = ({ username }: Pick<Stage, "username">, number: number): string =>
  `https://t.me/${username}?start=c_${number}`;

/** Where a person picks a chat to share a card in: by its number, never by its code. */
function shareUrl(stage: Stage, { number, name }: ShownCard): string {
  const url = encodeURIComponent(openUrl(stage, number));
  const text = encodeURIComponent(stage.catalogue.captions.share({ number, name }));
  return `https://t.me/share/url?url=${url}&text=${text}`;
}
