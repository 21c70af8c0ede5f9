/** What became of a card, for its maker: every change, and the checks of the last days. */
import { escapeHtml } from "../base/escape_html.ts";
import { withoutMarks } from "./render_list.ts";
import { ownCard } from "./render_own_card.ts";
import type { Sending } from "./sending.ts";
import type { ShownHistory, Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** As many as one message always holds. */
const CHANGES_MAX = 15;

/** A picture of the last days where there were checks, and all changes in words. */
export async function renderHistory(stage: Stage, viewer: Viewer, id: string): Promise<Sending[]> {
  const card = await ownCard(stage, viewer, id);
  if (!card) return [];
  const { catalogue: { paper }, sources, clock } = stage;
  const { changes, days } = await sources.history(id);
  const { chat } = viewer;
  const { number } = card;
  const checks = days.reduce((sum, day) => sum + day.checks, 0);
  const picture: Sending = {
    does: "show",
    chat,
    pictures: [{ days }],
    html: paper.days({ number, days: days.length, checks }),
    keyboard: [],
  };
  const lines = [
    paper.was_issued({ at: clock(card.issued_at) }),
    ...changes.length > CHANGES_MAX ? [paper.and_earlier()] : [],
    ...changes.slice(0, CHANGES_MAX).toReversed().map((change) => lineOf(stage, change)),
  ];
  const html = paper.history({ number, name: escapeHtml(card.name), lines });
  return [picture, { does: "say", chat, html, keyboard: [], slot: null }];
}

function lineOf(
  { catalogue: { paper }, clock }: Stage,
  { change, detail, at: at_ms }: ShownHistory["changes"][number],
): string {
  const at = clock(at_ms);
  switch (change) {
    case "corrected":
      return paper.was_corrected({ at, what: (detail ?? "").split(",") });
    case "withdrawn":
      return paper.was_withdrawn({
        at,
        reason: detail === null ? null : escapeHtml(withoutMarks(detail)),
      });
    case "restored":
      return paper.was_restored({ at });
  }
}
