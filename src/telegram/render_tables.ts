/** A maker's cards and the checks of them, as files for spreadsheets. */
import type { Sending } from "./sending.ts";
import type { Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** Two files, for a maker only. */
export async function renderTables(
  { catalogue: { paper, tables }, sources }: Stage,
  viewer: Viewer,
): Promise<Sending[]> {
  if (!(await sources.rights(viewer.stream)).admin) return [];
  const { chat, person: maker } = viewer;
  const { active, withdrawn } = tables;
  const words = (heading: readonly string[]) => ({ heading, active, withdrawn });
  return [
    {
      does: "send",
      chat,
      file: { table: "cards", maker, words: words(tables.cards) },
      name: "cards.csv",
      html: paper.cards_table(),
    },
    {
      does: "send",
      chat,
      file: { table: "scans", maker, words: words(tables.scans) },
      name: "checks.csv",
      html: paper.scans_table(),
    },
  ];
}
