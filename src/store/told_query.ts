import { logOf } from "../base/log.ts";

/** Of a statement; longer ones are cut. */
const LENGTH_MAX = 120;

/**
 * Has how long a query of postgres.js took told at `trace`: its text without the values in it. What
 * is a part of another query is answered by nobody, and told by nobody.
 */
export function tellQuery(query: unknown): void {
  const lines = logOf("store");
  if (!(query instanceof Promise) || !lines.isEnabledFor("trace")) return;
  const begun = performance.now();
  for (const end of ["resolve", "reject"] as const) {
    const settle: unknown = Reflect.get(query, end);
    if (typeof settle !== "function") continue;
    Reflect.set(query, end, (value: unknown) => {
      const statement = textOf(query);
      const ms = Math.round(performance.now() - begun);
      lines.trace("Statement {end} after {ms} ms: {statement}", {
        ...{ statement, ms, end: end === "resolve" ? "answered" : "failed" },
      });
      return settle(value);
    });
  }
}

function textOf(query: object): string {
  const strings: unknown = Reflect.get(query, "strings");
  const text = Array.isArray(strings) ? strings.join("?") : "";
  return text.replaceAll(/\s+/g, " ").trim().slice(0, LENGTH_MAX);
}
