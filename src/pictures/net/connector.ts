/**
 * The one way to the network. Whatever asks for a connection, a redirect's hop included, comes
 * through here, and the address itself is judged: the same answer of DNS that is connected to, a
 * literal that no lookup sees, and at last the peer.
 */
import { isIP } from "node:net";
import { buildConnector } from "undici";
import type { AllowedHosts } from "./allowed_hosts.ts";
import { BlockedAddress } from "./blocked_address.ts";
import { isPublic } from "./public_address.ts";
import { requirePublic } from "./require_public.ts";
import { openDnsCache, type Resolve } from "./dns_cache.ts";

export interface ConnectorOptions {
  allowed: AllowedHosts;
  connect_timeout_ms: number;
  /** How long an answer of DNS is believed. */
  dns_ttl_ms: number;
  /** Certificates to trust, in PEM; the system's unless given. */
  ca?: string;
  /** Asks DNS; the system's resolver unless given. */
  resolve?: Resolve;
}

export function openConnector(options: ConnectorOptions): buildConnector.connector {
  const { allowed, connect_timeout_ms, ca } = options;
  const dns = openDnsCache(options);
  const shared = {
    timeout: connect_timeout_ms,
    allowH2: false,
    ...ca !== undefined && { ca },
  };
  const checked = buildConnector({ ...shared, lookup: dns.lookup(requirePublic) });
  const excepted = buildConnector({ ...shared, lookup: dns.lookup(() => null) });
  return (to, done) => {
    if (allowed.has(to)) return excepted(to, done);
    const host = to.hostname.replace(/^\[|\]$/g, "");
    // net.connect looks up names only: a literal would pass unseen.
    const refused = isIP(host) === 0 ? null : requirePublic(host, [host]);
    if (refused) return done(refused, null);
    checked(to, (...[error, socket]) => {
      if (error) return done(error, null);
      const peer = socket.remoteAddress ?? "";
      if (isPublic(peer)) return done(null, socket);
      socket.destroy();
      done(requirePublic(host, [peer]) ?? new BlockedAddress(`Cannot connect to ${host}.`), null);
    });
  };
}
