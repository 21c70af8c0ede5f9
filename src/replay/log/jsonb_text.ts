/**
 * JSON as Postgres writes its jsonb: shorter keys first, a space behind each comma and colon. Where
 * two such texts are the same, so are the values, and nobody needs to read them.
 */
export function jsonbText(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    let text = `[${jsonbText(value[0])}`;
    for (let i = 1; i < value.length; i++) text += `, ${jsonbText(value[i])}`;
    return `${text}]`;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields);
  if (keys.length > 1) keys.sort(byLength);
  let text = "";
  for (const key of keys) {
    const inner = fields[key];
    if (inner === undefined) continue;
    text += `${text === "" ? "" : ", "}${JSON.stringify(key)}: ${jsonbText(inner)}`;
  }
  return `{${text}}`;
}

function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
