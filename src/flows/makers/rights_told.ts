import type { Rights } from "../../../machines/flow/input_context.ts";

interface ToldRow {
  type: string;
  data: { readonly [field: string]: unknown };
}

const owner: Rights = { admin: true, owner: true };
const maker: Rights = { admin: true, owner: false };
const nobody: Rights = { admin: false, owner: false };

/** Facts that only some may bring about. */
const told: Readonly<Record<string, Rights>> = {
  MakersOpened: owner,
  MakerChosen: owner,
  MakerDismissed: owner,
  InvitationAsked: owner,
  MakerInvited: owner,
  OwnerRefused: maker,
  AdminRefused: nobody,
  DismissalLearned: nobody,
};

/** The newest of these facts of one dialogue that says what its person might do, and what that was. */
export function rightsToldIn<Row extends ToldRow>(
  facts: readonly Row[],
): { row: Row; rights: Rights } | null {
  for (const row of facts.toReversed()) {
    const rights = rightsOf(row);
    if (rights) return { row, rights };
  }
  return null;
}

function rightsOf({ type, data }: ToldRow): Rights | null {
  if (type !== "AdminOpened") return told[type] ?? null;
  return typeof data.owner === "boolean" ? { admin: true, owner: data.owner } : null;
}
