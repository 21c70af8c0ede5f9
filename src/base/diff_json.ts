/** What is different between two values of JSON. */
import type { Json } from "./json.ts";

/** One place that differs; undefined where it is not there at all. */
export interface Change {
  /** "draft.original.is" */
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** The innermost places that differ, in the order of keys. */
export function diffJson(
  before: Json | undefined,
  after: Json | undefined,
  path = "",
): Change[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      diffJson(before[key], after[key], path === "" ? key : `${path}.${key}`)
    );
  }
  return sameJson(before, after) ? [] : [{ path, before, after }];
}

/** Whether two values say the same; a field that is undefined counts as none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  return sameFields(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function sameFields(a: Fields, b: Fields): boolean {
  let more = 0;
  for (const key in a) {
    const value = a[key];
    if (value === undefined) continue;
    more++;
    if (value !== b[key] && !sameJson(value, b[key])) return false;
  }
  for (const key in b) if (b[key] !== undefined) more--;
  return more === 0;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
