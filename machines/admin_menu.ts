/** The maker's menu; for everybody else, a plain refusal. */
import type { Heard, Hearing } from "./input.ts";

export const adminMenuOn = {
  AdminOpened: {
    actions: {
      type: "say",
      params: {
        text: "admin_menu",
        buttons: [
          [{ label: "issue", action: { do: "issue" } }],
          [
            { label: "list", action: { do: "list" } },
            { label: "stats", action: { do: "stats" } },
          ],
        ],
      },
    },
  },
  AdminRefused: { actions: { type: "say", params: { text: "admin_refused" } } },
  CardListOpened: { actions: { type: "showList", params: { page: 0 } } },
} as const;

export function hearAdminMenu({ input, admin }: Hearing): Heard {
  if (input.kind !== "command" || input.name !== "admin") return undefined;
  return { type: admin ? "AdminOpened" : "AdminRefused" };
}
