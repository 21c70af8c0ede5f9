/** What may be asked for at all, before any name is looked up. */
import { isIP } from "node:net";
import type { Refusal } from "../../../machines/picture.ts";
import { TOKEN_PATTERN } from "../../base/log.ts";
import type { AllowedHosts } from "./allowed_hosts.ts";
import { rangeOf } from "./public_address.ts";
import { refuse } from "./refuse.ts";

const LENGTH_MAX = 2_048;
/** Without the memory that a pattern for all matches has. */
const TOKEN = new RegExp(TOKEN_PATTERN.source);

/**
 * The address as it will be asked for, without its fragment; relative to `base` where it is a
 * redirect's. Names are judged by the connector, which sees what they stand for.
 */
export function checkUrl(raw: string, allowed: AllowedHosts, base?: URL): URL | Refusal {
  // Telegram's file links carry the bot's token: no cache, sidecar or log may learn it.
  if (TOKEN.test(raw)) {
    return refuse("bad_url", "Cannot fetch an address that holds a bot's token.");
  }
  if (raw.length > LENGTH_MAX) {
    return refuse("bad_url", `Cannot fetch an address of ${raw.length} characters: at most 2048.`);
  }
  const url = URL.parse(raw, base);
  if (url === null) return refuse("bad_url", `Cannot fetch ${quote(raw)}: it is no address.`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refuse("bad_url", `Cannot fetch ${quote(raw)}: only http and https are fetched.`);
  }
  if (url.username !== "" || url.password !== "") {
    return refuse("bad_url", `Cannot fetch from ${url.host}: the address names a user.`);
  }
  url.hash = "";
  const address = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0 || allowed.has(url)) return url;
  const range = rangeOf(address);
  return range === "unicast" ? url : refuse("blocked_address", blockedLiteral(raw, address, range));
}

function blockedLiteral(raw: string, address: string, range: string): string {
  return `Cannot fetch ${quote(raw)}: ${address} is not public but ${range}; ` +
    "name it in IMAGE_ALLOW_HOSTS if it is meant.";
}

const quote = (raw: string) => JSON.stringify(raw.length > 120 ? `${raw.slice(0, 120)}…` : raw);
