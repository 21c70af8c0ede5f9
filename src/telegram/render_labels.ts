/** Labels to print, for the maker alone: they carry the codes. */
import { groupCode } from "../../events/code.ts";
import { editionOf, linkOf } from "./face.ts";
import { ownCard } from "./render_own_card.ts";
import type { Sending } from "./sending.ts";
import type { ShownCard, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** One file with the labels of one card, or of the batch that it is of. */
export async function renderLabels(
  stage: Stage,
  viewer: Viewer,
  { card: id, of }: { card: string; of: "card" | "batch" },
): Promise<Sending[]> {
  const card = await ownCard(stage, viewer, id);
  if (!card) return [];
  const cards = of === "batch" && card.batch !== null
    ? await stage.sources.ofBatch(card.batch)
    : [card];
  const { paper } = stage.catalogue;
  const labelOf = (it: ShownCard) => ({
    link: linkOf(stage, it),
    code: groupCode(it.code),
    title: paper.label_title({ number: it.number, edition: editionOf(it) }),
    name: it.name,
  });
  return [{
    does: "send",
    chat: viewer.chat,
    file: { labels: cards.map(labelOf) },
    name: `labels-${card.number}.pdf`,
    html: paper.labels({ count: cards.length }),
  }];
}
