/** Looks at a request's first lines, before anything is read or routed. */
import type { IncomingMessage } from "node:http";
import { answersTo, bracketed, type Called, isWildcard, readCalled } from "./host_names.ts";
import { isOfForeignPage } from "./page_of.ts";
import { refusal } from "./refusal.ts";
import { carriesSecret, welcome } from "./secret.ts";

/** A request that may come in. */
export interface CheckedRequest {
  url: URL;
  method: string;
  headers: Headers;
}

interface Guarding {
  listens: Called;
  secret: string | null;
  any_name?: boolean;
  hasOwnSecret?(pathname: string): boolean;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The request, or what it is answered instead. */
export function checkRequest(
  guarding: Guarding,
  request: IncomingMessage,
): CheckedRequest | Response {
  const { method = "" } = request;
  if (!METHODS.includes(method)) return refusal(405, `Cannot ${method}: it is not known here`);
  const headers = headersOf(request);
  const asked = headers && askedOf(request, guarding);
  if (!headers || asked === null) return refusal(400, "Cannot read the request's first lines");
  if (asked instanceof Response) return asked;
  const { url, called } = asked;
  if (isOfForeignPage(method, headers, called)) {
    return refusal(403, "Cannot act for a page of another address");
  }
  return withoutSecret(guarding, method, url, headers) ?? { url, method, headers };
}

/** What somebody is answered who brings no secret where one is asked for. */
function withoutSecret(
  { secret, listens, hasOwnSecret }: Guarding,
  method: string,
  url: URL,
  headers: Headers,
): Response | null {
  if (secret === null || hasOwnSecret?.(url.pathname)) return null;
  const cookie = `amanita_${listens.port}`;
  if (method === "GET") {
    const way_on = welcome(url, secret, cookie);
    if (way_on !== null) return way_on;
  }
  if (carriesSecret(headers, secret, cookie)) return null;
  return refusal(
    401,
    "Cannot let anybody in without the secret: open the address as it was printed at the start, " +
      "or send the secret as Authorization: Bearer …",
  );
}

/** The name that is called and what is asked for; null where it cannot be read. */
function askedOf(
  request: IncomingMessage,
  guarding: Guarding,
): { url: URL; called: Called } | Response | null {
  const [, authority, path] = /^(?:http:\/\/([^/?#]*))?(\/.*)?$/.exec(request.url ?? "") ?? [];
  if (authority === undefined && path === undefined) return null;
  const hosts = hostsOf(request);
  if (guarding.any_name && isWildcard(guarding.listens.name)) {
    return askedUnder(guarding.listens, path);
  }
  const [host, ...more] = hosts;
  if (host === undefined || host === "" || more.length > 0) {
    return refusal(400, "Cannot tell by what name this server is called: expected one Host header");
  }
  const names = [host, ...authority === undefined ? [] : [authority]];
  const calls = names.map((name) => readCalled(name));
  const stray = calls.findIndex((call) => call === null || !answersTo(call, guarding.listens));
  const [called] = calls;
  if (stray >= 0 || !called) return refusal(403, strangeName(names[stray] ?? host, guarding));
  return askedUnder(called, path);
}

function askedUnder(called: Called, path = "/"): { url: URL; called: Called } | Response | null {
  const address = `http://${called.name}:${called.port}${path}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  try {
    decodeURIComponent(url.pathname);
  } catch {
    return refusal(400, "Cannot read the path: its percent-encoding is wrong");
  }
  return { url, called };
}

function strangeName(name: string, { listens }: Guarding): string {
  const own = `${bracketed(listens.name)}:${listens.port}`;
  return `Cannot answer to the name ${JSON.stringify(name.slice(0, 100))}: this is ${own}`;
}

const hostsOf = ({ rawHeaders }: IncomingMessage): string[] =>
  rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host");

function headersOf({ rawHeaders }: IncomingMessage): Headers | null {
  const headers = new Headers();
  try {
    for (let at = 0; at < rawHeaders.length; at += 2) {
      headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
    }
    return headers;
  } catch {
    return null;
  }
}
