import type { Catalogue, Command } from "../locales/catalogue.ts";

/** A maker's menu of commands: their own, then everybody's. */
export function makersCommands({ commands }: Catalogue): readonly Command[] {
  return [...commands.makers, ...commands.everybody];
}
