/** What a test needs of Deno, and how it says so where that is not given. */

/** Why a test cannot run for lack of permissions, as "needs --allow-net"; "" when it can. */
export function needs(...permissions: Deno.PermissionDescriptor[]): string {
  const names = new Set(permissions.filter((one) => !permitted(one)).map(({ name }) => name));
  return names.size === 0 ? "" : `needs ${[...names].map((name) => `--allow-${name}`).join(" ")}`;
}

function permitted(permission: Deno.PermissionDescriptor): boolean {
  const { state } = Deno.permissions.querySync(permission);
  if (state !== "denied" || permission.name !== "env") return state === "granted";
  try {
    // Variables that are to be ignored count as denied, but can be read as missing ones.
    Deno.env.get(permission.variable ?? "PGAPPNAME");
    return true;
  } catch {
    return false;
  }
}

/** `name` with the reason why it is ignored, and `ignore`, for Deno.test. */
export function unless(reason: string, name: string): { name: string; ignore: boolean } {
  return { name: reason === "" ? name : `${name} (ignored: ${reason})`, ignore: reason !== "" };
}
