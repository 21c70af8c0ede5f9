/** How it goes, for makers. */
import { escapeHtml } from "../base/escape_html.ts";
import { withoutMarks } from "./render_list.ts";
import type { Sending } from "./sending.ts";
import type { Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

export async function renderStats(stage: Stage, viewer: Viewer): Promise<Sending[]> {
  const { admin, owner } = await stage.sources.rights(viewer.stream);
  if (!admin) return [];
  const { captions } = stage.catalogue;
  // Makers see only their own cards.
  const stats = await stage.sources.stats(owner ? null : viewer.person);
  const top = stats.top.map((card) =>
    captions.stats_line({ ...card, name: escapeHtml(withoutMarks(card.name)) })
  );
  const html = captions.stats({ ...stats, top });
  return [{ does: "say", chat: viewer.chat, html, keyboard: [], slot: null }];
}
