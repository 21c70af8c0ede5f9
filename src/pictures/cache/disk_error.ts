/** Deno and Node name the disk's troubles in different ways. */

/** The disk has no room, or the owner's share of it is used up. */
export function isFull(error: unknown): boolean {
  return /^(?:ENOSPC|EDQUOT)$/.test(codeOf(error)) || /\(os error (?:28|122)\)/.test(String(error));
}

/** We may not write there, or the disk takes no writes. */
export function isDenied(error: unknown): boolean {
  return /^(?:EACCES|EPERM|EROFS)$/.test(codeOf(error)) ||
    error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable ||
    /\(os error 30\)/.test(String(error));
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
