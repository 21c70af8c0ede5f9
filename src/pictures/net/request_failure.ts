/** What went wrong on the way, as a reason and a sentence. */
import type { Refusal, RefusalReason } from "../../../machines/picture.ts";
import { BlockedAddress } from "./blocked_address.ts";
import { refuse } from "./refuse.ts";
import { BadlyPacked } from "./unpack.ts";

const REASONS: Readonly<Record<string, readonly [RefusalReason, string]>> = {
  ECONNREFUSED: ["broken_off", "the host takes no connections"],
  ECONNRESET: ["broken_off", "the connection was reset"],
  EPIPE: ["broken_off", "the connection was reset"],
  UND_ERR_SOCKET: ["broken_off", "the connection ended too early"],
  UND_ERR_CLOSED: ["closed", "fetching has ended"],
  UND_ERR_DESTROYED: ["closed", "fetching has ended"],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ["broken_off", "it is not as long as announced"],
  ETIMEDOUT: ["timeout", "the host does not answer"],
  UND_ERR_CONNECT_TIMEOUT: ["timeout", "the host does not answer"],
  UND_ERR_HEADERS_TIMEOUT: ["timeout", "the host does not answer"],
  UND_ERR_BODY_TIMEOUT: ["timeout", "the picture stopped coming"],
  EHOSTUNREACH: ["unreachable", "there is no way to the host"],
  ENETUNREACH: ["unreachable", "there is no way to the host"],
  ENOTFOUND: ["unresolved", "there is no such host"],
  EAI_NODATA: ["unresolved", "there is no such host"],
  EAI_NONAME: ["unresolved", "there is no such host"],
  EAI_AGAIN: ["unresolved", "the host's name cannot be looked up now"],
  ESERVFAIL: ["unresolved", "the host's name cannot be looked up now"],
};

/** A request that ended with an error; null for one that says nothing of the origin. */
export function failureOf(error: unknown, url: URL): Refusal | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof BlockedAddress) return refuse("blocked_address", error.message);
  if (error instanceof BadlyPacked) {
    return refuse("broken_off", fetchFailure(url, "what it is packed in is damaged"));
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const known = REASONS[code];
  if (known) return refuse(known[0], fetchFailure(url, known[1]));
  // Several addresses were tried in vain: the first tells as much as all.
  if (error instanceof AggregateError && error.errors.length > 0) {
    return failureOf(error.errors[0], url);
  }
  if (code.startsWith("HPE_")) {
    return refuse("broken_off", fetchFailure(url, "the answer is no HTTP"));
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) || /certificate/i.test(error.message)) {
    return refuse("untrusted", fetchFailure(url, "its certificate is not to be trusted"));
  }
  if (error.name === "NotCapable") {
    return refuse("unreachable", fetchFailure(url, "this process may not connect there"));
  }
  return error.cause === undefined ? null : failureOf(error.cause, url);
}

/** An answer that is no picture, by its status; `retry_after` as the header has it. */
export function statusRefusal(
  status: number,
  retry_after: string | undefined,
  url: URL,
): Refusal {
  const again_ms = retryAfterMs(retry_after);
  const words = fetchFailure(url, `the host answers ${status}`);
  if (status === 408 || status === 429) return refuse("busy", words, again_ms);
  if (status >= 500) return refuse("server_error", words, again_ms);
  return refuse("not_found", words);
}

/** Where it failed; the query stays out, as it may be a signature. */
export function fetchFailure(url: URL, why: string): string {
  return `Cannot fetch ${url.origin}${url.pathname.slice(0, 120)}: ${why}.`;
}

/** Retry-After in seconds or as a date, from now. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const wait_ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait_ms) ? Math.max(0, wait_ms) : undefined;
}
