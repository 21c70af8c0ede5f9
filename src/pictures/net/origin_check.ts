/** Whether an origin may be asked by somebody else on our behalf: a CDN that stands before it. */
import { isIP } from "node:net";
import type { AllowedHosts } from "./allowed_hosts.ts";
import { openDnsCache, type Resolve } from "./dns_cache.ts";
import { requirePublic } from "./require_public.ts";

export interface OriginCheckOptions {
  allowed: AllowedHosts;
  dns_ttl_ms: number;
  resolve?: Resolve;
}

/** Rejects as the connector does where an origin's name stands for an address that is not public. */
export type OriginCheck = (origin: URL) => Promise<void>;

export function openOriginCheck(options: OriginCheckOptions): OriginCheck {
  const lookup = openDnsCache(options).lookup(requirePublic);
  return (origin) => {
    const host = origin.hostname.replace(/^\[|\]$/g, "");
    // A literal was judged with its address.
    if (options.allowed.has(origin) || isIP(host) !== 0) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    lookup(host, { all: true }, (error) => error ? reject(error) : resolve());
    return promise;
  };
}
