/** The menu of commands beside the text field. */
import type { BotCommand } from "grammy/types";
import type { Catalogue } from "../locales/ru.ts";
import type { Sending } from "./sending.ts";
import type { Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** What the viewer can do, in their own private chat; elsewhere there is nothing to show. */
export async function renderCommands(
  { catalogue, sources }: Stage,
  { chat, stream }: Viewer,
): Promise<Sending[]> {
  if (chat < 0) return [];
  const { admin } = await sources.rights(stream);
  const commands = admin ? makersCommands(catalogue) : everybodysCommands(catalogue);
  return [{ does: "commands", chat, commands }];
}

/** What everybody can do. */
export function everybodysCommands({ commands }: Catalogue): BotCommand[] {
  const { start, help, language, cancel } = commands;
  return [
    { command: "start", description: start },
    { command: "help", description: help },
    { command: "language", description: language },
    { command: "cancel", description: cancel },
  ];
}

/** What a maker can do. */
export function makersCommands(catalogue: Catalogue): BotCommand[] {
  const { admin, batch } = catalogue.commands;
  return [
    { command: "admin", description: admin },
    { command: "batch", description: batch },
    ...everybodysCommands(catalogue),
  ];
}
