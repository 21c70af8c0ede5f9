/**
 * The origin of the bench's pictures, a process of its own: plain, over TLS, and over TLS behind
 * a proxy that makes the way 20 ms longer. Says its ports in one line of JSON, and ends when its
 * standard input does.
 */
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
const bodies = new Map<number, Uint8Array<ArrayBuffer>>();
let wide: Uint8Array<ArrayBuffer> | undefined;

/** `/{id}?size=&delay_ms=`: a JPEG; `/wide/{id}`: one that Telegram would not take. */
async function answer({ url }: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(url);
  const delay_ms = Number(searchParams.get("delay_ms"));
  if (delay_ms > 0) await new Promise((resolve) => setTimeout(resolve, delay_ms));
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

/** Passes bytes on to `port`, each piece a little later than it came. */
function delay(port: number): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const carry = async (from: Deno.Conn, to: Deno.Conn) => {
    let last = Promise.resolve<unknown>(undefined);
    for await (const bytes of from.readable) {
      const due = new Promise((resolve) => setTimeout(resolve, ONE_WAY_MS));
      last = Promise.all([last, due]).then(() => writeAll(to, bytes));
      last.catch(() => {});
    }
    await last;
    await to.closeWrite();
  };
  const accept = async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port });
      client.setNoDelay();
      server.setNoDelay();
      Promise.allSettled([carry(client, server), carry(server, client)]);
    }
  };
  accept().catch(() => {});
  return listener.addr.port;
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
  const ports: Ports = { plain, tls, delayed: delay(tls) };
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(ports)}\n`));
  await Deno.stdin.readable.pipeTo(new WritableStream());
  Deno.exit(0);
}
