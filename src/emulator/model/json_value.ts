/** What a value of unknown make is. */

/** An object that is neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A whole number, or the text of one. */
export function integerOf(value: unknown): number | undefined {
  if (typeof value === "string" && /^-?\d{1,15}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** Deeper than any message or dump; what walks through values calls itself once for each level. */
const depth_max = 100;

/** The value that a text says in JSON. Throws a `SyntaxError` also where it is too deep. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, depth_max)) {
    throw new SyntaxError(`Cannot read more than ${depth_max} levels`);
  }
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
