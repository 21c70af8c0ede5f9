/** JSON that a database takes: no line of a log brings down who reads it. */

/** Deeper than any fact. */
const DEPTH_MAX = 100;

/** What a line says, or in a few words why no fact can. */
export function readJson(line: string): { value: unknown } | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { value: null };
  }
  const fault = unfitIn(value);
  return fault === null ? { value } : { fault };
}

/** Without recursion, since what is looked for is what recursion does not survive. */
function unfitIn(value: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next; (next = open.pop());) {
    const { value, depth } = next;
    if (typeof value === "string") {
      if (!value.isWellFormed()) return "holds half of a character";
      if (value.includes("\0")) return "holds a NUL";
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth === DEPTH_MAX) return "is nested deeper than any fact";
    const parts = Array.isArray(value) ? value : Object.entries(value).flat();
    for (const part of parts) open.push({ value: part, depth: depth + 1 });
  }
  return null;
}
