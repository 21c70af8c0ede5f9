/** The connections: one agent for all requests, made once, ended once. */
import { Agent } from "undici";
import { type ConnectorOptions, openConnector } from "./connector.ts";

export interface PoolOptions extends Omit<ConnectorOptions, "connect_timeout_ms"> {
  connections_per_host: number;
  keep_alive_ms: number;
  connect_timeout_ms: number;
  /** Between the request and the head of its answer. */
  headers_timeout_ms: number;
  /** Between two pieces of a picture. */
  body_timeout_ms: number;
}

/** undici's own retry, dns and cache stay out: each breaks a promise that is made here. */
export function openPool(options: PoolOptions): Agent {
  return new Agent({
    connect: openConnector(options),
    connections: options.connections_per_host,
    keepAliveTimeout: options.keep_alive_ms,
    keepAliveMaxTimeout: options.keep_alive_ms,
    headersTimeout: options.headers_timeout_ms,
    bodyTimeout: options.body_timeout_ms,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 16 * 1024,
  });
}
