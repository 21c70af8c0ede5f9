/** States, effects and values in few words, for people. */
import type { Json } from "../../base/json.ts";
import type { StateValue } from "xstate";

/** "flow.issuing.name checking.ready": the innermost states; regions without states are left out. */
export function describeState(value: StateValue): string {
  return leavesOf(value).join(" ") || "(one state)";
}

function leavesOf(value: StateValue): string[] {
  if (typeof value === "string") return [value];
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : leavesOf(inner).map((leaf) => `${key}.${leaf}`)
  );
}

/** 'say {"text":"ask_name","slot":"wizard"}' */
export function describeEffect(effect: Json): string {
  if (typeof effect !== "object" || effect === null || !("type" in effect)) return oneLine(effect);
  const { type, params } = effect;
  return params === undefined || oneLine(params) === "{}"
    ? `${type}`
    : `${type} ${oneLine(withoutSeals(params))}`;
}

/** A value on one line; nothing where there is none. */
export function oneLine(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** A time in ms as people read it, in UTC, with milliseconds. */
export function describeTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? String(at) : date.toISOString().replace("T", " ");
}

/** "1 fact", "1,200 facts". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** As `seal` makes them: what it needs beside the text alone takes 38 characters. */
const SEALED = /^s1\.[\w-]{38,}$/;

/** Data with "(sealed)" for all that is sealed, which is long and says nothing. */
export function withoutSeals(data: Json): Json {
  if (typeof data === "string") return SEALED.test(data) ? "(sealed)" : data;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(withoutSeals);
  return Object.fromEntries(
    Object.entries(data).map(([name, inner]) => [name, withoutSeals(inner)]),
  );
}
