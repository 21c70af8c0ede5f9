/** A batch as its maker sees it: how far it has come, and what came of it. */
import type { Card } from "../issue_card/cards.ts";
import { issueBatch, showBatch, showProgress } from "../../../machines/flows/issue_batch.ts";
import { listCards } from "../../../machines/flows/own_cards.ts";
import { printBatchLabels } from "../../../machines/flows/print_labels.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { Sending } from "../../telegram/sending.ts";
import type { Stage } from "../../telegram/stage.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionOf, faceOf, photosOf } from "../issue_card/face.ts";
import { openCards } from "../issue_card/read_model.ts";
import { words } from "./words.ts";

/** The slot of the one message that tells how far the batch has come. */
const SLOT = "batch";

export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(showProgress)(renderProgress),
    rendering(showBatch)(async (stage, { batch }) => {
      const own = (await cards.ofBatch(batch)).filter(({ maker }) => maker === stage.viewer.person);
      return renderBatch(stage, own);
    }),
  ];
}

/** Says it at the beginning, and changes that message from then on; at the end, for the last time. */
async function renderProgress(
  stage: Stage,
  progress: { done: number; of: number },
): Promise<Sending[]> {
  const html = words[stage.locale].captions.progress(progress);
  // What a batch before this one has left in the slot stays as it is.
  const said = progress.done === 0 ? undefined : (await stage.slot(SLOT)).at(-1);
  if (!said) return [{ does: "say", chat: stage.viewer.chat, html, keyboard: [], slot: SLOT }];
  const { chat, message } = said;
  const release = progress.done === progress.of;
  return [{ does: "edit", chat, message, html, slot: SLOT, release }];
}

/** The photos with all numbers of the batch, and the way to its labels. */
function renderBatch(stage: Stage, cards: readonly Card[]): Sending[] {
  const [first] = cards;
  if (!first) return [];
  const { chat } = stage.viewer;
  const { captions } = words[stage.locale];
  const { name, description } = faceOf(stage, first);
  const batch = { name, description, editions: cards.length, numbers: rangesOf(cards) };
  const html = captionOf(captions.batch, batch, first.description);
  const { number } = first;
  const keyboard = [
    [button(stage, "batch_labels", printBatchLabels.action({ number }))],
    [
      button(stage, "batch", issueBatch.action({})),
      button(stage, "list", listCards.action({})),
    ],
  ];
  const pictures = photosOf(first);
  if (pictures.length === 1) return [{ does: "show", chat, pictures, html, keyboard }];
  return [
    { does: "show", chat, pictures, html, keyboard: [] },
    { does: "say", chat, html: captions.batch_controls(), keyboard, slot: null },
  ];
}

/** "12–35": others may have issued cards in between. */
function rangesOf(cards: readonly Card[]): { from: number; upto: number }[] {
  const ranges: { from: number; upto: number }[] = [];
  for (const { number } of cards) {
    const last = ranges.at(-1);
    if (last && last.upto + 1 === number) last.upto = number;
    else ranges.push({ from: number, upto: number });
  }
  return ranges;
}
