/** A batch as its maker sees it: how far it has come, and what came of it. */
import type { Card } from "../issue_card/cards.ts";
import { issueBatch, showBatch, showProgress } from "../../../machines/flows/issue_batch.ts";
import { listCards } from "../../../machines/flows/own_cards.ts";
import { printBatchLabels } from "../../../machines/flows/print_labels.ts";
import { button } from "../../telegram/keyboard.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { BotCall } from "../../telegram/bot_call.ts";
import type { RenderContext } from "../../telegram/render_context.ts";
import type { RenderKit } from "../flow_parts.ts";
import { captionFieldsOf, captionOf } from "../issue_card/card_caption.ts";
import { openCards } from "../issue_card/read_model.ts";
import { ownPhotosOf } from "../own_cards/own_card.ts";
import { words } from "./words.ts";

/** The slot of the one message that tells how far the batch has come. */
const SLOT = "batch";

export function renderers({ read }: RenderKit): readonly Renderer[] {
  const cards = read(openCards);
  return [
    rendering(showProgress)(renderProgress),
    rendering(showBatch)(async (context, { batch }) => {
      const own = (await cards.ofBatch(batch)).filter(({ maker }) =>
        maker === context.viewer.person
      );
      return renderBatch(context, own);
    }),
  ];
}

/** Says it at the beginning, and changes that message from then on; at the end, for the last time. */
async function renderProgress(
  context: RenderContext,
  progress: { done: number; of: number },
): Promise<BotCall[]> {
  const html = words[context.locale].captions.progress(progress);
  // What a batch before this one has left in the slot stays as it is.
  const said = progress.done === 0 ? undefined : (await context.slot(SLOT)).at(-1);
  if (!said) return [{ does: "say", chat: context.viewer.chat, html, keyboard: [], slot: SLOT }];
  const { chat, message } = said;
  const release = progress.done === progress.of;
  return [{ does: "edit", chat, message, html, slot: SLOT, release }];
}

/** The photos with all numbers of the batch, and the way to its labels. */
function renderBatch(context: RenderContext, cards: readonly Card[]): BotCall[] {
  const [first] = cards;
  if (!first) return [];
  const { chat } = context.viewer;
  const { captions } = words[context.locale];
  const { name, description } = captionFieldsOf(context, first);
  const batch = { name, description, editions: cards.length, numbers: rangesOf(cards) };
  const html = captionOf(captions.batch, batch, first.description);
  const { number } = first;
  const keyboard = [
    [button(context, "batch_labels", printBatchLabels.action({ number }))],
    [
      button(context, "another_batch", issueBatch.action({})),
      button(context, "list", listCards.action({})),
    ],
  ];
  const pictures = ownPhotosOf(context, first);
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
