/** An exported log proved without a database: what a file holds, and what it cannot. */
import type { Charts } from "../../../machines/flow/chart.ts";
import { openStateHasher } from "../fold/state_hasher.ts";
import type { LogFile } from "../log/read_log_file.ts";
import { beforeFirst, checkRow, describePlace, type Link } from "./check_row.ts";
import { collectFaults } from "./found.ts";

/** What a file's facts came to, and how many of them name a photo that was kept. */
export interface FileReport {
  facts: number;
  streams: number;
  photos: number;
  faults: readonly string[];
  fault_count: number;
}

/** Checks links, schemas and charts, and the positions of a complete log. */
export async function verifyFile(
  { header: { complete, pos: head }, pages }: LogFile,
  { charts, onFact }: { charts: Charts; onFact?: (facts: number) => void },
): Promise<FileReport> {
  const hashOf = openStateHasher();
  const found = collectFaults();
  // A bit for each position: a million take a hundred kilobytes.
  const seen = new Uint8Array(complete ? (Math.min(head, POSITIONS_MAX) >> 3) + 1 : 0);
  const counted = { facts: 0, streams: 0, photos: 0 };
  let link: Link = beforeFirst("");
  for await (const rows of pages) {
    for (const row of rows) {
      if (row.stream !== link.stream) {
        link = beforeFirst(row.stream);
        counted.streams++;
      }
      const { fault, link: next } = checkRow(charts, hashOf, link, row);
      if (fault !== null) found.add({ pos: row.pos, sentence: `${describePlace(row)}: ${fault}` });
      link = next;
      counted.facts++;
      if (row.type === "PhotoKept") counted.photos++;
      const [at, bit] = [row.pos >> 3, 1 << (row.pos & 7)];
      if (complete && ((seen[at] ?? 255) & bit) !== 0) {
        found.add({
          pos: row.pos,
          sentence: `${describePlace(row)}: its position is another's, or behind the end`,
        });
      } else if (complete) seen[at] = (seen[at] ?? 0) | bit;
    }
    onFact?.(counted.facts);
  }
  if (complete && counted.facts !== head) {
    const sentence = `the log: ${counted.facts} facts, and the newest at position ${head}`;
    found.add({ pos: head, sentence });
  }
  return { ...counted, ...found.report() };
}

/** As many as bits are counted for. */
const POSITIONS_MAX = 2 ** 30;
