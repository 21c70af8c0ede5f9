import { sendTables } from "../../../machines/flows/export_cards.ts";
import { type Renderer, rendering } from "../../telegram/renderer.ts";
import type { RenderKit } from "../flow_parts.ts";
import { openTables } from "./tables.ts";
import { words } from "./words.ts";
import { writeTable } from "./write_table.ts";

/** A maker's cards and the checks of them, as two files for spreadsheets. */
export function renderers({ read, time_zone }: RenderKit): readonly Renderer[] {
  const tables = read(openTables);
  return [
    rendering(sendTables)(async ({ locale, rights, viewer: { chat, person: maker } }) => {
      if (!(await rights()).admin) return [];
      const { captions, tables: { active, withdrawn, times, ...headings } } = words[locale];
      const zoned = (heading: string) =>
        times.includes(heading) ? `${heading} (${time_zone})` : heading;
      const file = (table: "cards" | "scans") => {
        const told = {
          table,
          maker,
          words: { heading: headings[table].map(zoned), active, withdrawn },
        };
        return {
          told,
          make: (signal?: AbortSignal) =>
            writeTable(
              { words: told.words, time_zone },
              tables[table](maker),
              signal && { signal },
            ),
        };
      };
      return [
        {
          ...{ does: "send", chat, file: file("cards"), name: "cards.xlsx" },
          html: captions.cards_table(),
          refused: captions.cards_table_refused(),
        },
        {
          ...{ does: "send", chat, file: file("scans"), name: "checks.xlsx" },
          html: captions.scans_table(),
          refused: captions.scans_table_refused(),
        },
      ];
    }),
  ];
}
