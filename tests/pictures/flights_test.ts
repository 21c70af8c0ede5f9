import { assert, assertEquals } from "@std/assert";
import { until } from "../bot/until.ts";
import { type Answer } from "./fault_server.ts";
import { picturesTest, refused, type Room, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

/** Answers the first requests so, and all later ones with the picture. */
function first(...answers: Answer[]): () => Answer {
  let n = 0;
  return () => answers[n++] ?? { body: jpeg(5_000) };
}

const transient: Record<string, Answer[]> = {
  "503 twice": [{ status: 503 }, { status: 500 }],
  "408 and 429": [{ status: 408 }, { status: 429 }],
  "a reset before the answer": [{ headers: { "content-length": "99" }, after: 0, then: "reset" }],
  "a reset amid the picture": [{ body: jpeg(90_000), after: 40_000, then: "reset" }],
  "an end amid the picture": [{ body: jpeg(90_000), after: 40_000, then: "close" }],
};
for (const [what, answers] of Object.entries(transient)) {
  picturesTest(`${what} is tried again, the whole request`, async (room) => {
    room.server.on("/cat", first(...answers));
    const pictures = await room.open();
    assertEquals(served(await pictures.get(room.at("/cat"))).size, jpeg(5_000).length);
    assertEquals(room.server.asked.length, answers.length + 1);
    assert(room.server.asked.every(({ headers }) => !headers.has("range")));
    assertEquals(pictures.readings().counters.retried, answers.length);
  });
}

for (const status of [400, 401, 403, 404, 410]) {
  picturesTest(`${status} is not tried again, and remembered for a while`, async (room) => {
    room.server.on("/cat", { status });
    const pictures = await room.open();
    for (let i = 0; i < 3; i++) {
      assertEquals(refused(await pictures.get(room.at("/cat"))).reason, "not_found");
    }
    assertEquals(room.server.asked.length, 1);
  });
}

picturesTest("origin that never recovers is asked three times, then left alone", async (room) => {
  room.server.on("/cat", { status: 502 });
  const pictures = await room.open();
  for (let i = 0; i < 3; i++) {
    assertEquals(refused(await pictures.get(room.at("/cat"))).reason, "server_error");
  }
  assertEquals(room.server.asked.length, 3);
});

picturesTest("Retry-After is honoured up to a cap", async (room) => {
  room.server.on("/one", first({ status: 429, headers: { "retry-after": "1" } }));
  room.server.on("/ever", first({ status: 503, headers: { "retry-after": "86400" } }));
  const pictures = await room.open({ retry: { base_ms: 1, cap_ms: 1_200 } });
  const tookFor = async (path: string) => {
    const begin_ms = performance.now();
    served(await pictures.get(room.at(path)));
    return performance.now() - begin_ms;
  };
  // A busy machine may take longer, but no day.
  const [one_ms, ever_ms] = await Promise.all([tookFor("/one"), tookFor("/ever")]);
  assert(one_ms >= 990, `${one_ms} ms`);
  assert(ever_ms >= 1_190, `${ever_ms} ms`);
});

picturesTest("version that changes between two tries is never mixed", async (room) => {
  const a = jpeg(90_000, 1);
  const b = jpeg(90_000, 2);
  room.server.on(
    "/cat",
    (() => {
      let n = 0;
      return (): Answer =>
        n++ === 0
          ? { body: a, headers: { etag: 'W/"a"' }, after: 50_000, then: "reset" }
          : { body: b, headers: { etag: 'W/"b"' } };
    })(),
  );
  const pictures = await room.open();
  assertEquals(await pictures.read(served(await pictures.get(room.at("/cat")))), b);
});

picturesTest("silent host, silent head and dripping body end by their limits", async (room) => {
  room.server.on("/head", { delay_ms: Infinity });
  room.server.on("/body", { body: jpeg(90_000), after: 40_000, then: "hang" });
  const pictures = await room.open({
    ...{ connect_timeout_ms: 300, headers_timeout_ms: 300, body_timeout_ms: 300 },
    resolve: () => new Promise(() => {}),
  });
  const urls = ["http://silent.example/", room.at("/head"), room.at("/body")];
  const results = await Promise.all(urls.map((url) => pictures.get(url)));
  assertEquals(results.map((result) => refused(result).reason), [
    "timeout",
    "timeout",
    "timeout",
  ]);
  assertEquals(pictures.readings().counters.retried, 6);
});

picturesTest("hundred people cause one request", async (room) => {
  const pictures = await room.open();
  const coalesced = () => pictures.readings().counters.coalesced;
  room.server.on("/cat", () => ({
    body: jpeg(5_000),
    after_that: until("all others wait along", () => coalesced() >= 99),
  }));
  const results = await Promise.all(
    Array.from({ length: 100 }, () => pictures.get(room.at("/cat"))),
  );
  assertEquals(new Set(results.map((result) => served(result).path)).size, 1);
  assertEquals(room.server.asked.length, 1);
  assertEquals(coalesced(), 99);
});

picturesTest("one person who gives up leaves the others waiting", async (room) => {
  const left = Promise.withResolvers<void>();
  room.server.on("/cat", { body: jpeg(5_000), after_that: left.promise });
  const pictures = await room.open();
  const impatient = new AbortController();
  const given = pictures.get(room.at("/cat"), { signal: impatient.signal });
  const patient = pictures.get(room.at("/cat"), { signal: new AbortController().signal });
  await until("the picture is asked for", () => room.server.asked.length === 1);
  impatient.abort();
  assertEquals(refused(await given).reason, "abandoned");
  left.resolve();
  assertEquals(served(await patient).from, "fetched");
});

picturesTest("flight ends when nobody waits, and the next one begins anew", async (room) => {
  room.server.on("/cat", first({ body: jpeg(90_000), after: 40_000, then: "hang" }));
  const pictures = await room.open();
  const impatient = new AbortController();
  const given = pictures.get(room.at("/cat"), { signal: impatient.signal });
  await until("the picture is asked for", () => room.server.asked.length === 1);
  impatient.abort();
  assertEquals(refused(await given).reason, "abandoned");
  assertEquals(served(await pictures.get(room.at("/cat"))).from, "fetched");
  await until("no request is in flight", () => pictures.readings().now.inside === 0);
});

picturesTest("no more than so many are asked of a host, and of all", async (room) => {
  const gates = Array.from({ length: 60 }, () => Promise.withResolvers<void>());
  for (const [i, { promise }] of gates.entries()) {
    room.server.on(`/${i}`, { body: jpeg(), after_that: promise });
  }
  const pictures = await room.open({ connections_per_host: 5 });
  const all = gates.map((_, i) => pictures.get(room.at(`/${i}`)));
  const { asked } = room.server;
  for (let done = 0; done < 60; done++) {
    // Requests that have not arrived stand in line: none is on its way to a sixth place.
    await until("all places are taken", () => asked.length === Math.min(60, done + 5));
    assertEquals(pictures.readings().now.waiting, 60 - asked.length);
    const path = asked[done]?.path.slice(1);
    gates[Number(path)]?.resolve();
    await all[Number(path)];
  }
  assertEquals(room.server.connections(), 5);
});

picturesTest("connections are used again, and closed at the end", async (room) => {
  const pictures = await room.open();
  for (let i = 0; i < 20; i++) {
    room.server.on(`/${i}`, i % 2 ? { status: 404 } : { body: jpeg() });
    await pictures.get(room.at(`/${i}`));
  }
  assert(room.server.connections() <= 2, `${room.server.connections()} connections`);
  await pictures.close();
  await room.server.left();
  assertEquals(refused(await pictures.get(room.at("/0"))).reason, "closed");
});

picturesTest("line that is full, and a wait that is long, are refusals", async (room) => {
  const waited = Promise.withResolvers<void>();
  room.server.on("/a", { body: jpeg(), after_that: waited.promise });
  const pictures = await room.open({ total: 1, waiting: 1, waiting_ms: 60 });
  const [a, b, c] = ["/a", "/b", "/c"].map((path) => pictures.get(room.at(path)));
  assert(a && b && c);
  assertEquals(refused(await c).reason, "queue_full");
  assertEquals(refused(await b).reason, "queue_late");
  waited.resolve();
  assertEquals((await a).is, "picture");
});

picturesTest("closing answers whoever waits", async (room) => {
  room.server.on("/cat", { body: jpeg(90_000), after: 40_000, then: "hang" });
  const pictures = await room.open();
  const given = pictures.get(room.at("/cat"));
  await until("the picture is asked for", () => room.server.asked.length === 1);
  await pictures.close();
  assertEquals(refused(await given).reason, "closed");
  const left = [...Deno.readDirSync(room.folder)].map(({ name }) => name);
  assertEquals(left.filter((name) => name.startsWith("tmp-")), []);
});

picturesTest("popular pictures are warmed at the start and before they expire", async (room) => {
  for (const path of ["/popular", "/rare"]) room.server.on(path, { body: jpeg() });
  const first = await room.open();
  for (let i = 0; i < 5; i++) await first.get(room.at("/popular"));
  await first.get(room.at("/rare"));
  await first.close();
  for (const { name } of Deno.readDirSync(room.folder)) {
    if (/jpg|[0-9a-f]{32}/.test(name)) await Deno.remove(`${room.folder}/${name}`);
  }
  room.server.asked.length = 0;
  const second = await room.open();
  await until("the popular one is warmed", () => second.readings().counters.warmed === 1);
  await second.close();
  assertEquals(room.server.asked.map(({ path }) => path), ["/popular"]);
  const third = await room.open({ ttl_ms: 1_000_000, ttl_factor_max: 1, maintenance_ms: 10 });
  const { from, path } = served(await third.get(room.at("/popular")));
  assertEquals(from, "fresh");
  // It has 50 s left: less than the tenth of its time in which it is refreshed.
  const then = new Date(Date.now() - 950_000);
  await Deno.utime(path, then, then);
  await until("the popular one is refreshed", () => third.readings().counters.warmed === 1);
  assertEquals(room.server.asked.map(({ path }) => path), ["/popular", "/popular"]);
  assertEquals(served(await third.get(room.at("/popular"))).from, "fresh");
  assertEquals(third.readings().counters.hit, 2);
});

/** `/moved` of one host leads to another, which is busy until `over`. */
async function busyElsewhere(room: Room) {
  const [inside = "", outside = ""] = ["inside.example", "outside.example"]
    .map((host) => `http://${host}:${room.server.port}`);
  const { promise, resolve: over } = Promise.withResolvers<void>();
  room.server.on("/slow", { body: jpeg(), after_that: promise });
  room.server.on("/moved", { status: 302, headers: { location: `${outside}/new` } });
  for (const path of ["/new", "/next"]) room.server.on(path, { body: jpeg() });
  const pictures = await room.open({
    allow_hosts: ["inside.example", "outside.example"],
    connections_per_host: 1,
    resolve: () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]),
  });
  const leaving = new AbortController();
  const slow = pictures.get(`${outside}/slow`);
  const moved = pictures.get(`${inside}/moved`, { signal: leaving.signal });
  await until("the redirected one waits", () => pictures.readings().now.waiting === 1);
  return { pictures, slow, moved, leaving, over, inside };
}

picturesTest("picture that is redirected elsewhere waits for the other host", async (room) => {
  const { pictures, slow, moved, over, inside } = await busyElsewhere(room);
  // It holds no place of the host that it came from.
  assertEquals(served(await pictures.get(`${inside}/next`)).from, "fetched");
  assertEquals(room.server.asked.some(({ path }) => path === "/new"), false);
  over();
  const results = [await slow, await moved].map((result) => served(result).from);
  assertEquals(results, ["fetched", "fetched"]);
  assertEquals(pictures.readings().now.inside, 0);
});

picturesTest("redirected picture that nobody waits for leaves the line", async (room) => {
  const { pictures, slow, moved, leaving, over } = await busyElsewhere(room);
  leaving.abort();
  assertEquals(refused(await moved).reason, "abandoned");
  await until("nobody waits", () => pictures.readings().now.waiting === 0);
  assertEquals(pictures.readings().now.inside, 1);
  over();
  served(await slow);
});
