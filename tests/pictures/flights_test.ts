import { assert, assertEquals } from "@std/assert";
import { type Answer } from "./fault_server.ts";
import { landed, picturesTest, refused } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
    assertEquals(landed(await pictures.get(room.at("/cat"))).size, jpeg(5_000).length);
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
    landed(await pictures.get(room.at(path)));
    return performance.now() - begin_ms;
  };
  const [one_ms, ever_ms] = await Promise.all([tookFor("/one"), tookFor("/ever")]);
  assert(one_ms >= 990 && one_ms < 1_900, `${one_ms} ms`);
  assert(ever_ms >= 1_190 && ever_ms < 2_500, `${ever_ms} ms`);
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
  assertEquals(await pictures.read(landed(await pictures.get(room.at("/cat")))), b);
});

picturesTest("silent host, silent head and dripping body end by their limits", async (room) => {
  room.server.on("/head", { delay_ms: 4_000 });
  room.server.on("/body", { body: jpeg(90_000), after: 40_000, then: "hang" });
  const pictures = await room.open({ headers_timeout_ms: 300, body_timeout_ms: 300 });
  const begin_ms = performance.now();
  const [head, body] = await Promise.all(
    ["/head", "/body"].map(async (path) => refused(await pictures.get(room.at(path)))),
  );
  assertEquals([head?.reason, body?.reason], ["timeout", "timeout"]);
  assert(performance.now() - begin_ms < 8_000);
});

picturesTest("hundred people cause one request", async (room) => {
  room.server.on("/cat", { body: jpeg(5_000), delay_ms: 50 });
  const pictures = await room.open();
  const landings = await Promise.all(
    Array.from({ length: 100 }, () => pictures.get(room.at("/cat"))),
  );
  assertEquals(new Set(landings.map((landing) => landed(landing).path)).size, 1);
  assertEquals(room.server.asked.length, 1);
  assertEquals(pictures.readings().counters.coalesced, 99);
});

picturesTest("one person who gives up leaves the others waiting", async (room) => {
  room.server.on("/cat", { body: jpeg(5_000), delay_ms: 100 });
  const pictures = await room.open();
  const impatient = new AbortController();
  const given = pictures.get(room.at("/cat"), { signal: impatient.signal });
  const patient = pictures.get(room.at("/cat"), { signal: new AbortController().signal });
  await wait(20);
  impatient.abort();
  assertEquals(refused(await given).reason, "abandoned");
  assertEquals(landed(await patient).from, "fetched");
});

picturesTest("flight ends when nobody waits, and the next one begins anew", async (room) => {
  room.server.on("/cat", first({ body: jpeg(90_000), after: 40_000, then: "hang" }));
  const pictures = await room.open();
  const impatient = new AbortController();
  const given = pictures.get(room.at("/cat"), { signal: impatient.signal });
  while (room.server.asked.length === 0) await wait(5);
  await wait(30);
  impatient.abort();
  assertEquals(refused(await given).reason, "abandoned");
  assertEquals(landed(await pictures.get(room.at("/cat"))).from, "fetched");
  while (pictures.readings().now.inside !== 0) await wait(5);
});

picturesTest("no more than so many are asked of a host, and of all", async (room) => {
  let now = 0;
  let most = 0;
  for (let i = 0; i < 60; i++) {
    room.server.on(`/${i}`, () => {
      most = Math.max(most, ++now);
      setTimeout(() => now--, 29);
      return { body: jpeg(), delay_ms: 30 };
    });
  }
  const pictures = await room.open({ connections_per_host: 5 });
  await Promise.all(Array.from({ length: 60 }, (_, i) => pictures.get(room.at(`/${i}`))));
  assert(most > 1 && most <= 5, `${most} at once`);
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
  assertEquals(refused(await pictures.get(room.at("/0"))).reason, "closed");
});

picturesTest("line that is full, and a wait that is long, are refusals", async (room) => {
  for (const path of ["/a", "/b", "/c"]) room.server.on(path, { body: jpeg(), delay_ms: 300 });
  const pictures = await room.open({ total: 1, waiting: 1, waiting_ms: 60 });
  const asked = ["/a", "/b", "/c"].map((path) => pictures.get(room.at(path)));
  const [a, b, c] = await Promise.all(asked);
  assertEquals(a?.is, "picture");
  assertEquals([b, c].map((landing) => landing?.is === "refused" && landing.reason), [
    "queue_late",
    "queue_full",
  ]);
});

picturesTest("closing answers whoever waits", async (room) => {
  room.server.on("/cat", { body: jpeg(90_000), after: 40_000, then: "hang" });
  const pictures = await room.open();
  const given = pictures.get(room.at("/cat"));
  while (room.server.asked.length === 0) await wait(5);
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
  while (second.readings().counters.warmed === 0) await wait(5);
  await second.close();
  assertEquals(room.server.asked.map(({ path }) => path), ["/popular"]);
  const third = await room.open({ ttl_ms: 400, ttl_factor_max: 1, house_ms: 50 });
  for (let i = 0; i < 40; i++) {
    await wait(25);
    await third.get(room.at("/popular"));
  }
  const { counters } = third.readings();
  assert(counters.warmed >= 2, `${counters.warmed} warmed`);
  assert(counters.hit >= 36, `${counters.hit} hits of 40`);
});
