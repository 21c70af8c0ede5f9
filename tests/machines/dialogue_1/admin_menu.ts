// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** The maker's menu; for everybody else, a plain refusal. */
import { dialogueSetup } from "./dialogue_setup.ts";
import type { Button } from "./effects.ts";
import type { Heard, Hearing } from "./input.ts";

const ownersRow: readonly Button[] = [{ label: "makers", action: { do: "makers" } }];

const sayMenu = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "AdminOpened") return;
  const buttons: (readonly Button[])[] = [
    [{ label: "issue", action: { do: "issue" } }],
    [
      { label: "list", action: { do: "list" } },
      { label: "stats", action: { do: "stats" } },
    ],
    ...event.owner ? [ownersRow] : [],
  ];
  enqueue({ type: "say", params: { text: "admin_menu", buttons } });
});

export const adminMenuOn = {
  // Heard no more, but told by old logs.
  AdminOpened: { actions: sayMenu },
  MenuOpened: { actions: { type: "showMenu", params: {} } },
  AdminRefused: { actions: { type: "say", params: { text: "admin_refused" } } },
  CardListOpened: { actions: { type: "showList", params: { page: 0 } } },
} as const;

export function hearAdminMenu({ input, admin }: Hearing): Heard {
  if (input.kind !== "command" || input.name !== "admin") return undefined;
  return { type: admin ? "MenuOpened" : "AdminRefused" };
}
