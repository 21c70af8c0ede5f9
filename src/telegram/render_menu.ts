/** What a maker can do, button by button. */
import { button } from "./keyboard.ts";
import type { Sending } from "./sending.ts";
import type { Viewer } from "./sources.ts";
import type { Stage } from "./stage.ts";

/** The maker's menu, with more in it for an owner; nothing for whoever is no maker. */
export async function renderMenu(
  { catalogue, sources }: Stage,
  viewer: Viewer,
): Promise<Sending[]> {
  const { admin, owner } = await sources.rights(viewer.stream);
  if (!admin) return [];
  const keyboard = [
    [button(catalogue, "issue", { do: "issue" })],
    [button(catalogue, "batch", { do: "batch" }), button(catalogue, "list", { do: "list" })],
    [
      button(catalogue, "stats", { do: "stats" }),
      ...owner ? [button(catalogue, "makers", { do: "makers" })] : [],
    ],
  ];
  const html = catalogue.texts.admin_menu();
  return [{ does: "say", chat: viewer.chat, html, keyboard, slot: null }];
}
