/**
 * A picture server that does whatever real ones do on a bad day, on a socket, so that it can lie
 * about lengths, break off, reset, drip and go on for ever. It counts connections and requests.
 */
import { delay } from "@std/async";
import { createServer, type Socket } from "node:net";

export interface Asked {
  path: string;
  headers: ReadonlyMap<string, string>;
}

/** What to answer; `content-length` is the body's unless a header says otherwise. */
export interface Answer {
  /** "1.1" unless given. */
  http?: "1.0" | "1.1";
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  /** `Infinity`: it never answers. */
  delay_ms?: number;
  /** Answers when this has resolved. */
  after_that?: Promise<unknown>;
  /** After so many bytes of the body: */
  after?: number;
  then?: "reset" | "close" | "hang" | "for_ever";
}

export interface FaultServer extends AsyncDisposable {
  /** `http://127.0.0.1:…` */
  origin: string;
  port: number;
  asked: Asked[];
  /** How many connections there ever were. */
  connections(): number;
  /** Resolves when every connection has ended; rejects when that takes longer than 30 s. */
  left(): Promise<void>;
  /** What a path answers from now on; a function may count. */
  on(path: string, answer: Answer | ((asked: Asked) => Answer)): void;
  /** Takes no connections any more, and drops those that are. */
  close(): Promise<void>;
}

/** Listens on a free port of `hostname`. */
export async function startFaultServer(hostname = "127.0.0.1"): Promise<FaultServer> {
  const answers = new Map<string, (asked: Asked) => Answer>();
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString();
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const request = readRequest(text.slice(0, end));
        text = text.slice(end + 4);
        asked.push(request);
        const answer = answers.get(request.path)?.(request) ?? { status: 404 };
        answerInTime(answer, () => reply(socket, answer));
      }
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, hostname, () => listening.resolve());
  await listening.promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
    return promise;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    connections: () => connections,
    async left() {
      for (let turn = 0; sockets.size > 0; turn++) {
        if (turn > 3_000) throw new Error(`${sockets.size} connections are still open`);
        await delay(10);
      }
    },
    on: (path, answer) =>
      void answers.set(path, typeof answer === "function" ? answer : () => answer),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function answerInTime({ delay_ms = 0, after_that }: Answer, work: () => void): void {
  if (after_that) after_that.then(work);
  else if (delay_ms === 0) work();
  else if (delay_ms < Infinity) setTimeout(work, delay_ms);
}

function readRequest(head: string): Asked {
  const [line = "", ...rest] = head.split("\r\n");
  const headers = rest.map((header): [string, string] => {
    const [name = "", ...value] = header.split(":");
    return [name.toLowerCase(), value.join(":").trim()];
  });
  return { path: line.split(" ")[1] ?? "", headers: new Map(headers) };
}

function reply(socket: Socket, answer: Answer): void {
  const { http = "1.1", status = 200, headers = {}, then } = answer;
  const body = typeof answer.body === "string"
    ? new TextEncoder().encode(answer.body)
    : answer.body ?? new Uint8Array(0);
  const all = { "content-length": String(body.length), ...headers };
  const lines = Object.entries(all).filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/${http} ${status} X\r\n${lines.join("")}\r\n`);
  const part = body.subarray(0, answer.after ?? body.length);
  socket.write(part, () => {
    // Time for what was sent to arrive: a reset overtakes it.
    if (then === "reset") setTimeout(() => socket.resetAndDestroy(), 30);
    if (then === "close") socket.end();
    if (then === "for_ever") pourOn(socket);
  });
}

function pourOn(socket: Socket): void {
  const zeros = new Uint8Array(64 * 1024);
  const more = () => {
    if (!socket.destroyed) socket.write(zeros, more);
  };
  more();
}
