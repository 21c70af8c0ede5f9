/** Sends files: made when they are sent, and kept nowhere. */
import { InputFile } from "grammy";
import { callSignal } from "./api.ts";
import type { Hands } from "./pictures.ts";
import type { File, Sending, TableWords } from "./sending.ts";
import type { CardLine, ScanLine, Sources } from "./sources.ts";
import { type Cell, writeCsv } from "./write_csv.ts";

/** Answers the id of the message. */
export async function sendFile(
  { api, sources }: Hands,
  { chat, file, name, html }: Sending & { does: "send" },
  signal: AbortSignal,
): Promise<number[]> {
  const message = await api.raw.sendDocument({
    chat_id: chat,
    document: new InputFile(await bytesOf(sources, file), name),
    caption: html,
    parse_mode: "HTML",
    disable_content_type_detection: true,
  }, callSignal(signal));
  return [message.message_id];
}

async function bytesOf(sources: Sources, file: File): Promise<Uint8Array> {
  if ("labels" in file) return await sources.drawLabels(file.labels);
  const { table, maker, words } = file;
  return table === "cards"
    ? await writeCsv(words.heading, rowsOf(sources.cardLines(maker), (it) => cardRow(it, words)))
    : await writeCsv(words.heading, rowsOf(sources.scanLines(maker), (it) => scanRow(it, words)));
}

async function* rowsOf<Line>(
  pages: AsyncIterable<readonly Line[]>,
  rowOf: (line: Line) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const lines of pages) yield lines.map(rowOf);
}

function cardRow(card: CardLine, { active, withdrawn }: TableWords): Cell[] {
  return [
    ...[card.number, card.name, card.description, card.edition, card.editions, card.code],
    ...[card.issued, card.corrected, card.active ? active : withdrawn, card.reason],
    ...[card.checks, card.people, card.first],
  ];
}

function scanRow(scan: ScanLine, { active, withdrawn }: TableWords): Cell[] {
  const standing = scan.active ? active : withdrawn;
  return [scan.card, scan.name, scan.number, scan.people, scan.at, standing];
}
