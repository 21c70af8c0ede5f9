/**
 * What a link means to this messenger: `start` opens our bot with a payload, `share` offers a text
 * to pass on (with the payload of the first start link in it), `web` leaves for the browser.
 */
export type Link =
  | { kind: "start"; payload: string }
  | { kind: "share"; text: string; payload: string | null }
  | { kind: "web"; url: string };

const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);
const PROTOCOLS = ["http:", "https:", "tg:", "mailto:", "tel:"];

/**
 * Reads a link as a message or a button carries it; `username` is our bot's, without @. Null when
 * it is not a link that a messenger would open.
 */
export function readLink(text: string, username: string): Link | null {
  const url = parse(text.trim());
  if (!url) return null;
  const payload = startPayload(url, username);
  if (payload !== null) return { kind: "start", payload };
  const shares = TELEGRAM.has(url.hostname) && /^\/share(\/url)?\/?$/.test(url.pathname) ||
    url.protocol === "tg:" && ["msg_url", "msg"].includes(url.hostname);
  if (!shares) return { kind: "web", url: url.href };
  const parts = [url.searchParams.get("url"), url.searchParams.get("text")];
  const shared = parts.filter((part) => part).join("\n");
  return { kind: "share", text: shared, payload: firstPayload(shared, username) };
}

/** The address in full; null when it is not one to open. */
export function linkAddress(text: string): string | null {
  return parse(text.trim())?.href ?? null;
}

function parse(text: string): URL | null {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  return url && PROTOCOLS.includes(url.protocol) ? url : null;
}

/** The payload, empty when the link has none; null when it is not ours. */
function startPayload(url: URL, username: string): string | null {
  const name = TELEGRAM.has(url.hostname)
    ? url.pathname.slice(1)
    : url.protocol === "tg:" && url.hostname === "resolve"
    ? url.searchParams.get("domain")
    : null;
  if (name?.replace(/\/$/, "").toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** The payload of the first link to our bot in the text. */
function firstPayload(text: string, username: string): string | null {
  for (const [word] of text.matchAll(/(?:https?:\/\/|tg:\/\/|t\.me\/)[^\s<>"]+/gi)) {
    const url = parse(word);
    const payload = url && startPayload(url, username);
    if (payload !== null) return payload;
  }
  return null;
}
