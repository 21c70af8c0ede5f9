/** States, effects and values in few words, for people. */
import type { StateValue } from "xstate";
import type { Json } from "../store/event_row.ts";

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
    : `${type} ${oneLine(params)}`;
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

/** A fact's data with "(sealed)" for sealed names, which are long and say nothing. */
export function withoutSeals(data: Json): Json {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return data;
  const fields = data as { readonly [key: string]: Json };
  const { names } = fields;
  return typeof names === "string" && names.startsWith("s1.")
    ? { ...fields, names: "(sealed)" }
    : data;
}
