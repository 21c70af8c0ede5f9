/** A batch as its maker sees it: how far it has come, and what came of it. */
import { captionOf, faceOf, photosOf } from "./face.ts";
import { button } from "./keyboard.ts";
import type { Sending } from "./sending.ts";
import type { ShownCard, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** The slot of the one message that tells how far the batch has come. */
const SLOT = "batch";

/** Says it at the beginning, and changes that message from then on; at the end, for the last time. */
export async function renderProgress(
  { sources, catalogue }: Stage,
  viewer: Viewer,
  stream: string,
  progress: { done: number; of: number },
): Promise<Sending[]> {
  const html = catalogue.captions.progress(progress);
  // What a batch before this one has left in the slot stays as it is.
  const said = progress.done === 0 ? undefined : (await sources.slot(stream, SLOT)).at(-1);
  if (!said) return [{ does: "say", chat: viewer.chat, html, keyboard: [], slot: SLOT }];
  const { chat, message } = said;
  const release = progress.done === progress.of;
  return [{ does: "edit", chat, message, html, slot: SLOT, release }];
}

/** The photos with all numbers of the batch, and the way to its labels. */
export async function renderBatch(stage: Stage, viewer: Viewer, id: string): Promise<Sending[]> {
  const { sources, catalogue } = stage;
  const cards = (await sources.ofBatch(id)).filter(({ maker }) => maker === viewer.person);
  const [first] = cards;
  if (!first) return [];
  const { chat } = viewer;
  const { name, description } = faceOf(stage, first);
  const batch = { name, description, editions: cards.length, numbers: rangesOf(cards) };
  const html = captionOf(catalogue.captions.batch, batch, first.description);
  const { number } = first;
  const keyboard = [
    [button(catalogue, "batch_labels", { do: "batch_labels", number })],
    [button(catalogue, "batch", { do: "batch" }), button(catalogue, "list", { do: "list" })],
  ];
  const pictures = photosOf(first);
  if (pictures.length === 1) return [{ does: "show", chat, pictures, html, keyboard }];
  const hint = catalogue.captions.batch_controls();
  return [
    { does: "show", chat, pictures, html, keyboard: [] },
    { does: "say", chat, html: hint, keyboard, slot: null },
  ];
}

/** "12–35": others may have issued cards in between. */
function rangesOf(cards: readonly ShownCard[]): { from: number; upto: number }[] {
  const ranges: { from: number; upto: number }[] = [];
  for (const { number } of cards) {
    const last = ranges.at(-1);
    if (last && last.upto + 1 === number) last.upto = number;
    else ranges.push({ from: number, upto: number });
  }
  return ranges;
}
