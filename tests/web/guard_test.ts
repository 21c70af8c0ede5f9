import { type GuardedOptions, type GuardedServer, serveGuarded } from "@amanita/guard";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { RawConnection, statusOf } from "./raw_http.ts";

const PATIENCE_MS = 400;
const BODY_MAX = 1_000_000;

/** A server that answers how much it was sent, and a stream to `/events`. */
async function withServer(
  visit: (server: GuardedServer, dropped: string[]) => Promise<void>,
  options: Partial<GuardedOptions> = {},
): Promise<void> {
  const dropped: string[] = [];
  const server = await serveGuarded({
    hostname: "127.0.0.1",
    port: 0,
    bodyMax: () => BODY_MAX,
    limits: { patience_ms: PATIENCE_MS },
    onDrop: (sentence) => void dropped.push(sentence),
    handle,
    ...options,
  });
  try {
    await visit(server, dropped);
  } finally {
    await server.close();
  }
}

async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/large") return new Response(new Uint8Array(64 * 1024 * 1024));
  if (pathname !== "/events") return new Response(`${(await request.bytes()).length} bytes`);
  const chunk = new Uint8Array(64 * 1024).fill(10);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  return new Response(endless, { headers: { "content-type": "text/event-stream" } });
}

Deno.test("server answers to its own names only, however they are written", () =>
  withServer(async ({ port }) => {
    const own = [
      ...[`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `localhost.:${port}`],
      ...[`[::1]:${port}`, `127.0.0.2:${port}`],
    ];
    for (const host of own) {
      assertEquals(await statusOf(port, "GET / HTTP/1.1", `Host: ${host}`), 200, host);
    }
    const strange = [
      ...["evil.example", `evil.example:${port}`, "localhost", "127.0.0.1:1", `0.0.0.0:${port}`],
      ...[`127.0.0.1.evil.example:${port}`, `localhost.evil.example:${port}`, "[::1]", "::1"],
      ...[`127.0.0.1:${port}@evil.example`, `evil.example#127.0.0.1:${port}`, `[::2]:${port}`],
      ...["a b<>/?", `127.0.0.1:${port}/x`, `192.168.0.1:${port}`, `ⓛocalhost:${port}`],
    ];
    for (const host of strange) {
      assertEquals(await statusOf(port, "GET / HTTP/1.1", `Host: ${host}`), 403, host);
    }
  }));

Deno.test("server that is called by no name, or by two, does not answer", () =>
  withServer(async ({ port }) => {
    const host = `Host: 127.0.0.1:${port}`;
    assertEquals(await statusOf(port, "GET / HTTP/1.1"), 400);
    assertEquals(await statusOf(port, "GET / HTTP/1.0"), 400);
    assertEquals(await statusOf(port, "GET / HTTP/1.1", "Host:"), 400);
    assertEquals(await statusOf(port, "GET / HTTP/1.1", host, "Host: evil.example"), 400);
    const absolute = (name: string) => `GET http://${name}/ HTTP/1.1`;
    assertEquals(await statusOf(port, absolute("evil.example"), host), 403);
    assertEquals(await statusOf(port, absolute(`127.0.0.1:${port}`), "Host: evil.example"), 403);
    assertEquals(await statusOf(port, absolute(`127.0.0.1:${port}`), host), 200);
    for (const first of ["OPTIONS * HTTP/1.1", "GET /%zz HTTP/1.1", "GET /%ff HTTP/1.1"]) {
      assertEquals(await statusOf(port, first, host), 400, first);
    }
    assertEquals(await statusOf(port, "TRACE / HTTP/1.1", host), 405);
  }));

Deno.test("pages of other addresses may lead here, and do nothing else", () =>
  withServer(async ({ port }) => {
    const ask = (method: string, ...lines: string[]) =>
      statusOf(port, `${method} / HTTP/1.1`, `Host: localhost:${port}`, ...lines);
    const site = (name: string) => `Sec-Fetch-Site: ${name}`;
    const visit = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    const framed = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"];
    assertEquals(await ask("POST", `Origin: http://localhost:${port}`, site("same-origin")), 200);
    assertEquals(await ask("GET", site("none"), ...visit), 200);
    assertEquals(await ask("GET", site("cross-site"), ...visit), 200);
    assertEquals(await ask("POST", site("cross-site"), ...visit), 403);
    assertEquals(await ask("GET", site("cross-site"), ...framed), 403);
    assertEquals(await ask("GET", site("same-site")), 403);
    const origins = ["null", "http://evil.example", `http://127.0.0.1:${port}`, "http://localhost"];
    for (const origin of origins) assertEquals(await ask("POST", `Origin: ${origin}`), 403, origin);
  }));

Deno.test("server that others can reach lets in who brings the secret", () =>
  withServer(async ({ port, secret, root }) => {
    assert(secret !== null && secret.length >= 32);
    const ask = (path: string, ...lines: string[]) =>
      statusOf(port, `GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...lines);
    assertEquals(await ask("/"), 401);
    assertEquals(await ask("/?secret=guessed"), 401);
    assertEquals(await ask("/", `Cookie: amanita_${port}=guessed`), 401);
    assertEquals(await ask("/", `Authorization: Bearer ${secret}x`), 401);
    assertEquals(await ask("/", `Authorization: Bearer ${secret}`), 200);
    assertEquals(await ask("/own/"), 200);
    const welcome = await fetch(`${root}/?secret=${secret}&a=1`, { redirect: "manual" });
    await welcome.body?.cancel();
    assertEquals([welcome.status, welcome.headers.get("location")], [303, "/?a=1"]);
    const [cookie = ""] = (welcome.headers.get("set-cookie") ?? "").split(";");
    assertEquals(await ask("/", `Cookie: a=b; ${cookie}`), 200);
    assertMatch(welcome.headers.get("set-cookie") ?? "", /HttpOnly; SameSite=Lax$/);
    const name = (host: string) =>
      statusOf(port, "GET / HTTP/1.1", `Host: ${host}`, `Cookie: ${cookie}`);
    // A port may be mapped; a number cannot be made to stand for another machine, a name can.
    assertEquals(await name("10.0.0.1:80"), 200);
    assertEquals(await name(`evil.example:${port}`), 403);
  }, { hostname: "0.0.0.0", hasOwnSecret: (path) => path.startsWith("/own/") }));

Deno.test("body is taken up to its limit, whatever its length is said to be", () =>
  withServer(async ({ port }) => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    using fitting = await RawConnection.open(port);
    await fitting.send(`${head}Content-Length: ${BODY_MAX}\r\n\r\n`);
    await fitting.send(new Uint8Array(BODY_MAX));
    assertMatch((await fitting.until(/bytes/)).text, /1000000 bytes$/);
    using announced = await RawConnection.open(port);
    await announced.send(`${head}Content-Length: 2000000000\r\n\r\n`);
    assertEquals((await announced.until(/too large|Too Large/)).status, 413);
    using expecting = await RawConnection.open(port);
    await expecting.send(`${head}Content-Length: 2000000000\r\nExpect: 100-continue\r\n\r\n`);
    assertEquals((await expecting.until(/Too Large/)).status, 413);
    using chunked = await RawConnection.open(port);
    await chunked.send(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    let sent = 0;
    while (sent < 2_000_000_000 && await chunked.send(chunk)) sent += chunk.length;
    assertEquals((await chunked.untilEnd()).status, 413);
    assert(sent < 1_000_000_000, `${sent} bytes went in`);
  }));

Deno.test("bodies that wait together have a limit too", () =>
  withServer(async ({ port }) => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 900000\r\n\r\n`;
    using first = await RawConnection.open(port);
    await first.send(head);
    await first.send(new Uint8Array(800_000));
    using second = await RawConnection.open(port);
    await second.send(head);
    await second.send(new Uint8Array(800_000));
    const statuses = (await Promise.all([first.untilEnd(), second.untilEnd()]))
      .map(({ status }) => status);
    assertEquals(statuses.sort(), [408, 503]);
    using third = await RawConnection.open(port);
    await third.send(head);
    await third.send(new Uint8Array(900_000));
    assertEquals((await third.until(/bytes/)).status, 200);
  }, { limits: { patience_ms: PATIENCE_MS, waiting_bytes: 1_000_000 } }));

Deno.test("half a request is closed, and one that drips as well", () =>
  withServer(async ({ port }) => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    const halves = ["", "POST / HT", head, `${head}Content-Length: 9\r\n\r\n1234`];
    const begun = performance.now();
    await Promise.all(halves.map(async (half) => {
      using connection = await RawConnection.open(port);
      await connection.send(half);
      const { status, ended } = await connection.untilEnd();
      assertEquals([status, ended], [408, true], half);
    }));
    for (const start of [head, `${head}Content-Length: 9000\r\n\r\n`]) {
      using connection = await RawConnection.open(port);
      await connection.send(start);
      const ended = connection.untilEnd();
      let over = false;
      ended.finally(() => over = true);
      while (!over && performance.now() - begun < 10_000) {
        await connection.send(start === head ? "a" : "1");
        await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS / 10));
      }
      assertEquals((await ended).status, 408);
    }
  }));

Deno.test("who does not read is dropped, and it is told", () =>
  withServer(async ({ port }, dropped) => {
    const host = `Host: 127.0.0.1:${port}`;
    for (const path of ["/events", "/large"]) {
      using connection = await RawConnection.open(port);
      await connection.send(`GET ${path} HTTP/1.1\r\n${host}\r\n\r\n`);
      const deadline = performance.now() + 10_000;
      while (!dropped.some((it) => it.includes(path)) && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assertEquals(dropped.filter((it) => it.includes(path)).length, 1, path);
    }
  }));

Deno.test("who reads is answered to the end, however much it is", () =>
  withServer(async ({ port }) => {
    using reading = await RawConnection.open(port);
    const host = `Host: 127.0.0.1:${port}`;
    await reading.send(`GET /large HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`);
    assert((await reading.untilEnd()).text.length > 64 * 1024 * 1024);
  }, { limits: {} }));

Deno.test("failure of a handler is told, and the server goes on", () =>
  withServer(async ({ root }) => {
    const failed = await fetch(root);
    assertEquals([failed.status, (await failed.json()).error_code], [500, 500]);
    await (await fetch(root)).body?.cancel();
  }, { handle: () => Promise.reject(new Error("wrong")) }));
