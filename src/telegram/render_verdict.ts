/** A card as everybody may see it: after a check, or by its number. Never with the code. */
import { captionOf, faceOf, makerOf, photosOf, shareRows } from "./face.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { type Sending, Unrenderable } from "./sending.ts";
import type { Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** What the check `fact` found; all numbers are those of that check. */
export async function renderVerdict(
  stage: Stage,
  viewer: Viewer,
  id: string,
  fact: string,
): Promise<Sending[]> {
  const { sources, catalogue: { captions } } = stage;
  const [card, scan] = await Promise.all([sources.card(id), sources.scan(fact)]);
  if (!card) throw new Unrenderable(`Cannot show card ${id}: there is none`);
  if (!scan) throw new Unrenderable(`Cannot tell a verdict: ${fact} is no check that is known`);
  const pictures = photosOf(card);
  const { chat } = viewer;
  const check = { check: scan.number, people: scan.people, first_at: stage.clock(scan.first_at) };
  const known = { ...faceOf(stage, card), ...check, maker: await makerOf(stage, card) };
  if (!scan.active) {
    const reason = scan.reason === null ? null : escapeHtml(scan.reason);
    const html = captions.withdrawn({ ...known, reason });
    return [{ does: "show", chat, pictures, html, keyboard: [] }];
  }
  const html = captionOf(captions.genuine, known, card.description);
  const keyboard = shareRows(stage, card);
  if (pictures.length === 1) return [{ does: "show", chat, pictures, html, keyboard }];
  return [
    { does: "show", chat, pictures, html, keyboard: [] },
    { does: "say", chat, html: captions.controls(), keyboard, slot: null },
  ];
}

/** A look at the card with this public number, which counts as no check. */
export async function renderShared(
  stage: Stage,
  viewer: Viewer,
  number: number,
): Promise<Sending[]> {
  const { sources, catalogue: { captions } } = stage;
  const { chat } = viewer;
  const card = await sources.cardByNumber(number);
  if (!card) {
    const html = captions.shared_missing({ number });
    return [{ does: "say", chat, html, keyboard: [], slot: null }];
  }
  const maker = await makerOf(stage, card);
  const face = { ...faceOf(stage, card), maker, active: card.active };
  const html = captionOf(captions.shared, face, card.description);
  return [{ does: "show", chat, pictures: photosOf(card), html, keyboard: [] }];
}
