/**
 * A server that looks at every request before anything else does: by what name it is called, which
 * page is behind it, whether it brings the secret that an address beyond this machine asks for,
 * how much it sends and how long it takes. What is answered is read in time, or dropped.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { bracketed, isLoopback, isWildcard, readCalled } from "./host_names.ts";
import { checkRequest } from "./check_request.ts";
import { listening } from "./listening.ts";
import { type BodyTrouble, readBody, Room } from "./read_body.ts";
import { refusal } from "./refusal.ts";
import { newSecret } from "./secret.ts";
import { refuseSender, writeAnswer } from "./write_answer.ts";

/** How a server is guarded. */
export interface GuardedOptions {
  hostname: string;
  /** 0 is any free one. */
  port: number;
  handle(request: Request): Response | Promise<Response>;
  /** How many bytes a request to this path may send. */
  bodyMax(pathname: string): number;
  /**
   * What everybody must bring who comes in. Unless given, one is made where others than this
   * machine can come; null where nothing is worth one.
   */
  secret?: string | null;
  /** Paths that carry a secret of their own. */
  hasOwnSecret?(pathname: string): boolean;
  /** Where every address is listened on, there is no name to hold a caller to; true lets all in. */
  any_name?: boolean;
  /** Told of readers who were dropped. */
  onDrop?(sentence: string): void;
  limits?: Partial<Limits>;
}

/** How long and how much, at most. */
export interface Limits {
  /** For headers to be whole, for the next bytes of a body, and for a reader to read. */
  patience_ms: number;
  /** Of all bodies together. */
  waiting_bytes: number;
}

/** A server that listens. */
export interface GuardedServer {
  /** `http://127.0.0.1:8080`, by which this machine reaches it. */
  readonly root: string;
  readonly hostname: string;
  readonly port: number;
  readonly secret: string | null;
  /** Takes no more, waits for what is being answered, and breaks off what takes too long. */
  close(): Promise<void>;
}

const LIMITS: Limits = { patience_ms: 10_000, waiting_bytes: 512 * 1024 * 1024 };
const CLOSE_MS = 5_000;
/** Longer than what clients keep an idle connection for, so that none is closed under a request. */
const IDLE_MS = 120_000;
/** A long text in a query string, each letter as nine characters. */
const HEADERS_MAX = 128 * 1024;
/** How often half requests are looked for, as parts of the patience. */
const LOOKS = 10;

/** Listens. Throws Deno's own errors when it cannot. */
export async function serveGuarded(options: GuardedOptions): Promise<GuardedServer> {
  const limits = { ...LIMITS, ...options.limits };
  const { hostname } = options;
  const server = createServer({
    headersTimeout: limits.patience_ms,
    // Of bodies `readBody` says how slow they may be.
    requestTimeout: 0,
    connectionsCheckingInterval: limits.patience_ms / LOOKS,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: HEADERS_MAX,
    // Asked for by ourselves, in a sentence.
    requireHostHeader: false,
  });
  const port = await listening(server, hostname, options.port);
  const secret = options.secret !== undefined
    ? options.secret
    : isLoopback(hostname)
    ? null
    : newSecret();
  const listens = { name: readCalled(bracketed(hostname))?.name ?? hostname, port };
  const room = new Room(limits.waiting_bytes);
  const work = new Set<Promise<void>>();
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const done = answer({ ...options, limits, listens, secret, room }, request, response)
      .finally(() => work.delete(done));
    work.add(done);
  };
  server.on("request", take).on("checkContinue", take);
  const reached = isWildcard(hostname) ? hostname.includes(":") ? "::1" : "127.0.0.1" : hostname;
  return {
    root: `http://${bracketed(reached)}:${port}`,
    hostname,
    port,
    secret,
    close: () => closing(server, work),
  };
}

/** What a request is held against. */
export interface Guarding extends Omit<GuardedOptions, "secret" | "limits"> {
  limits: Limits;
  listens: { name: string; port: number };
  secret: string | null;
  room: Room;
}

async function answer(
  guarding: Guarding,
  request: IncomingMessage,
  to: ServerResponse,
): Promise<void> {
  const { limits: { patience_ms }, room, onDrop } = guarding;
  const checked = checkRequest(guarding, request);
  if (checked instanceof Response) return await refuseSender(checked, request, to);
  const { url, method, headers } = checked;
  const max = guarding.bodyMax(url.pathname);
  const expects = request.headers.expect !== undefined;
  if (expects && Number(request.headers["content-length"] ?? 0) <= max) to.writeContinue();
  const body = await readBody(request, { max, patience_ms, room });
  if (body === "gone") return void to.destroy();
  if (typeof body === "string") {
    // Who sends nothing has nothing to finish first.
    const linger_ms = body === "too slow" ? 0 : undefined;
    return await refuseSender(troubled(body, max, patience_ms), request, to, linger_ms);
  }
  const gone = new AbortController();
  to.once("close", () => to.writableFinished || gone.abort());
  try {
    const has_body = method !== "GET" && method !== "HEAD" && body.length > 0;
    const response = await guarding.handle(
      new Request(url, { method, headers, signal: gone.signal, ...has_body && { body } }),
    );
    const reading = await writeAnswer(shielded(response), to, patience_ms);
    if (reading === "unread" && !gone.signal.aborted) {
      onDrop?.(`Dropped who did not read ${url.pathname} for ${patience_ms / 1_000} s`);
    }
  } catch (error) {
    // What went wrong is nobody else's business.
    const why = isLoopback(guarding.hostname) ? `: ${error}` : "";
    await writeAnswer(refusal(500, `Internal Server Error${why}`), to, patience_ms);
  } finally {
    room.give(body.length);
  }
}

/** No page of another address may make this answer a part of itself. */
function shielded(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("cross-origin-resource-policy", "same-origin");
  if (!headers.has("x-content-type-options")) headers.set("x-content-type-options", "nosniff");
  return new Response(response.body, { status: response.status, headers });
}

function troubled(trouble: BodyTrouble, max: number, patience_ms: number): Response {
  switch (trouble) {
    case "too large":
      return refusal(413, `Request Entity Too Large: at most ${max} bytes may be sent here`);
    case "too slow":
      return refusal(408, `Request Timeout: nothing came for ${patience_ms / 1_000} s`);
    default:
      return refusal(503, "Service Unavailable: too much is being sent at once; send it again");
  }
}

async function closing(server: Server, work: ReadonlySet<Promise<void>>): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, CLOSE_MS));
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
  server.closeAllConnections();
  await closed;
}
