/** Whether a page of another address is behind a request. */
import { type Called, readCalled } from "./host_names.ts";

/**
 * A page of another site, open in the same browser, must not act here. It may lead here, though:
 * a link that fills the whole tab shows this server's own page.
 */
export function isOfForeignPage(method: string, headers: Headers, called: Called): boolean {
  const origin = headers.get("origin");
  if (origin !== null && !isSame(origin, called)) return true;
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return false;
  const is_visit = headers.get("sec-fetch-mode") === "navigate" &&
    headers.get("sec-fetch-dest") === "document";
  return !(is_visit && (method === "GET" || method === "HEAD"));
}

/** The scheme is left to whoever puts TLS before this server. */
function isSame(origin: string, called: Called): boolean {
  const [, scheme, authority = ""] = /^(https?):\/\/([^/]*)$/.exec(origin) ?? [];
  const of = readCalled(authority);
  if (of === null) return false;
  const port = scheme === "https" && !/:\d+$/.test(authority) ? 443 : of.port;
  return of.name === called.name && (port === called.port || scheme === "https" && port === 443);
}
