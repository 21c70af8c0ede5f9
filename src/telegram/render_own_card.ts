/** A card as its maker sees it: with the code. */
import { captionOf, faceOf, photosOf, qrOf } from "./face.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { button } from "./keyboard.ts";
import { type Keyboard, type Sending, Unrenderable } from "./sending.ts";
import type { ShownCard, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** The finished card and its QR. */
export async function renderIssued(
  stage: Stage,
  viewer: Viewer,
  id: string,
): Promise<Sending[]> {
  const card = await ownCard(stage, viewer, id);
  if (!card) return [];
  const { catalogue } = stage;
  return showing(stage, viewer, card, catalogue.captions.issued(faceOf(stage, card)), [
    [
      button(catalogue, "issue", { do: "issue" }),
      button(catalogue, "labels", { do: "labels", number: card.number }),
    ],
    [button(catalogue, "list", { do: "list" })],
  ]);
}

/** The card with its counts, its QR, and the way to withdraw it or bring it back. */
export async function renderOwnCard(
  stage: Stage,
  viewer: Viewer,
  id: string,
): Promise<Sending[]> {
  const card = await ownCard(stage, viewer, id);
  if (!card) return [];
  const { catalogue } = stage;
  const { number, active, checks, people } = card;
  const reason = card.reason === null ? null : escapeHtml(card.reason);
  const face = { ...faceOf(stage, card), active, reason, checks, people };
  const html = captionOf(catalogue.captions.own, face, card.description);
  const ofBatch = button(catalogue, "batch_labels", { do: "batch_labels", number });
  return showing(stage, viewer, card, html, [
    [
      active
        ? button(catalogue, "withdraw", { do: "withdraw", number })
        : button(catalogue, "restore", { do: "restore", number }),
      button(catalogue, "correct", { do: "correct", number }),
    ],
    [
      button(catalogue, "labels", { do: "labels", number }),
      button(catalogue, "history", { do: "history", number }),
    ],
    ...card.batch === null ? [] : [[ofBatch]],
    [button(catalogue, "list", { do: "list" })],
  ]);
}

/** What is shown to its maker alone, for as long as they are one; null for anybody else. */
export async function ownCard(stage: Stage, viewer: Viewer, id: string): Promise<ShownCard | null> {
  const card = await stage.sources.card(id);
  if (!card) throw new Unrenderable(`Cannot show card ${id}: there is none`);
  if (card.maker !== viewer.person) return null;
  return (await stage.sources.rights(viewer.stream)).admin ? card : null;
}

function showing(
  stage: Stage,
  viewer: Viewer,
  card: ShownCard,
  html: string,
  keyboard: Keyboard,
): Sending[] {
  return [
    { does: "show", chat: viewer.chat, pictures: photosOf(card), html, keyboard: [] },
    { ...qrOf(stage, viewer, card), keyboard },
  ];
}
