/**
 * The origin of the bench's pictures, a process of its own: plain, over TLS, and over TLS behind
 * a proxy that makes the way 20 ms longer. Says its ports in one line of JSON, and ends when its
 * standard input does.
 */
import { delay } from "@std/async";
import { createServer } from "node:https";
import { jpeg, png } from "../pictures/picture_bytes.ts";
import { LOCALHOST_CERT, LOCALHOST_KEY } from "./localhost_cert.ts";

/** Where the origin listens. */
export interface Ports {
  plain: number;
  tls: number;
  delayed: number;
}

const ONE_WAY_MS = 10;
const FIRST_WINDOW = 10 * 1460;
/** From then on the window is wider than the way is long. */
const ROUNDS_MAX = 3;
const bodies = new Map<number, Uint8Array<ArrayBuffer>>();
let wide: Uint8Array<ArrayBuffer> | undefined;

/** `/{id}?size=&delay_ms=`: a JPEG; `/wide/{id}`: one that Telegram would not take. */
async function answer({ url }: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  const delay_ms = Number(searchParams.get("delay_ms"));
  if (delay_ms > 0) await delay(delay_ms);
  return new Response(pathname.startsWith("/wide/") ? bodyWide() : bodyOf(searchParams));
}

function bodyOf(parameters: URLSearchParams): Uint8Array<ArrayBuffer> {
  const size = Number(parameters.get("size"));
  const body = bodies.get(size) ?? jpeg(size);
  bodies.set(size, body);
  return body;
}

function bodyWide(): Uint8Array<ArrayBuffer> {
  wide ??= png(6_000, 5_000, { noise: false });
  return wide;
}

/** Node's server, as Deno's holds back the end of what it sends over TLS for 40 ms. */
async function serveTls(): Promise<number> {
  const server = createServer(
    { cert: LOCALHOST_CERT, key: LOCALHOST_KEY, noDelay: true },
    (request, response) => {
      const { searchParams } = new URL(request.url ?? "", "https://localhost");
      const body = bodyOf(searchParams);
      response.writeHead(200, { "content-length": String(body.length) }).end(body);
    },
  );
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", () => resolve());
  await promise;
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/**
 * A way of 20 ms there and back to `port`. What the loopback gives away is taken here as on any
 * such way: the handshake of TCP, and its slow start, which lets a new connection send no more
 * than ten packets before it has heard from the other side, and then twice as many each time.
 */
function openDelayed(port: number): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accept = async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      client.setNoDelay();
      server.setNoDelay();
      const handshake = delay(2 * ONE_WAY_MS);
      let answered_rounds = 0;
      let sent = 0;
      const there = carry(client, server, handshake, () => {
        answered_rounds = roundsFor(sent);
        return ONE_WAY_MS;
      });
      const back = carry(server, client, handshake, (bytes) => {
        sent += bytes;
        return ONE_WAY_MS * (1 + 2 * (roundsFor(sent) - answered_rounds));
      });
      Promise.allSettled([there, back]);
    }
  };
  accept().catch(() => {});
  return listener.addr.port;
}

const roundsFor = (bytes: number) =>
  Math.min(ROUNDS_MAX, Math.floor(Math.log2(1 + bytes / FIRST_WINDOW)));

/** Writes in order what was read, each piece so many ms after it came. */
async function carry(
  from: Deno.Conn,
  to: Deno.Conn,
  start: Promise<unknown>,
  delayOf: (bytes: number) => number,
): Promise<void> {
  let last = start;
  for await (const bytes of from.readable) {
    const due = start.then(() => delay(delayOf(bytes.length)));
    last = Promise.all([last, due]).then(() => writeAll(to, bytes));
    last.catch(() => {});
  }
  await last;
  await to.closeWrite();
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await to.write(bytes.subarray(done));
}

/** Starts the origin in a process of its own. */
export async function startOrigin(): Promise<Ports & { stop(): Promise<void> }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=bench", import.meta.filename ?? ""],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const ports: Ports = JSON.parse((await reader.read()).value ?? "");
  return {
    ...ports,
    async stop() {
      await reader.cancel();
      await child.stdin.close();
      await child.status;
    },
  };
}

if (import.meta.main) {
  const silent = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const plain = Deno.serve(silent, answer).addr.port;
  const tls = await serveTls();
  const ports: Ports = { plain, tls, delayed: openDelayed(tls) };
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(ports)}\n`));
  await Deno.stdin.readable.pipeTo(new WritableStream());
  Deno.exit(0);
}
