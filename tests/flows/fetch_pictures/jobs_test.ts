import { assertEquals, assertFalse, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { fetchPictures } from "../../../machines/flows/fetch_pictures.ts";
import { jobs } from "../../../src/flows/fetch_pictures/jobs.ts";
import type { JobKit } from "../../../src/flows/flow_parts.ts";
import type { PicturesOptions } from "../../../src/pictures/limits.ts";
import { until } from "../../bot/until.ts";
import { picturesTest, type Room, served } from "../../pictures/given_pictures.ts";
import { jpeg, png } from "../../pictures/picture_bytes.ts";
import { answeringAll } from "../../../src/runtime/answerer.ts";

const callId = "4:0";
const never: Pick<JobKit, "download" | "keepPhoto"> = {
  download: () => Promise.reject(new Error("Nothing is downloaded")),
  keepPhoto: () => Promise.reject(new Error("Nothing is kept")),
};

/** The job over real pictures; the product's URLs are those of these paths. */
async function given(
  room: Room,
  paths: readonly string[],
  { patience_ms = 60_000, ...options }: Partial<PicturesOptions> & { patience_ms?: number } = {},
) {
  const pictures = await room.open({ retry: { base_ms: 1, cap_ms: 1 }, ...options });
  const work = answeringAll(jobs({
    ...never,
    fetchPicture: (url) => pictures.getWithin(url, patience_ms),
    pictureUrls: (product, indexes) =>
      Promise.resolve(
        new Map(
          product === "umbrella"
            ? indexes.flatMap((i) =>
              paths[i] === undefined ? [] : [[i, room.at(paths[i])] as const]
            )
            : [],
        ),
      ),
  }));
  const ask = (
    indexes = [...paths.keys()],
    { product = "umbrella", signal = new AbortController().signal } = {},
  ) =>
    work({ type: fetchPictures.type, params: { callId, product, pictures: indexes } }, { signal });
  return { pictures, ask };
}

/** Where pictures are fresh for a few milliseconds. */
const outOfDate = ({ path }: { path: string }) =>
  until("its time is over", () => Date.now() > (Deno.statSync(path).mtime?.getTime() ?? 0) + 10);

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

picturesTest("pictures are told by their sha256 and type, and never by their URL", async (room) => {
  room.server.on("/a?key=secret", { body: jpeg(1_000, 1) });
  room.server.on("/b?key=secret", { body: png(20, 10) });
  const { ask } = await given(room, ["/a?key=secret", "/b?key=secret"]);
  const fact = await ask([1, 0]);
  assertEquals(fact, {
    ...{ type: "PictureFetched", callId, product: "umbrella" },
    pictures: [
      { index: 1, sha256: sha256(png(20, 10)), type: "png" },
      { index: 0, sha256: sha256(jpeg(1_000, 1)), type: "jpg" },
    ],
    missing: [],
  });
  assertFalse(/secret|http/.test(JSON.stringify(fact)));
});

picturesTest("pictures of an origin that is down are told as stale", async (room) => {
  for (const path of ["/a", "/b"]) room.server.on(path, { body: jpeg(1_000, path.length) });
  const { ask, pictures } = await given(room, ["/a", "/b"], { ttl_ms: 1 });
  await outOfDate(served(await pictures.get(room.at("/a"))));
  room.server.on("/a", { status: 503 });
  const digest = sha256(jpeg(1_000, 2));
  assertEquals(await ask(), {
    ...{ type: "PictureServedStale", callId, product: "umbrella" },
    pictures: [
      { index: 0, sha256: digest, type: "jpg", stale: true },
      { index: 1, sha256: digest, type: "jpg" },
    ],
    missing: [],
  });
});

picturesTest("pictures that are not to be had are told with their reasons", async (room) => {
  room.server.on("/page", { body: "<html>" });
  room.server.on("/down", { status: 500 });
  room.server.on("/large", { body: jpeg(), headers: { "content-length": "99000000" } });
  const { ask } = await given(room, ["/nothing", "/page", "/down", "/large"]);
  assertEquals(await ask([0, 1, 2, 3, 7]), {
    ...{ type: "PictureFailed", callId, product: "umbrella", reason: "not_there" },
    missing: [
      { index: 0, reason: "not_there" },
      { index: 1, reason: "not_a_picture" },
      { index: 2, reason: "unreachable" },
      { index: 3, reason: "too_large" },
      { index: 7, reason: "unknown" },
    ],
  });
  const unknown = await ask([0], { product: "nobody's" });
  assertEquals([unknown.type, "reason" in unknown && unknown.reason], ["PictureFailed", "unknown"]);
});

picturesTest("address inside is forbidden, and not asked", async (room) => {
  room.server.on("/a", { body: jpeg() });
  const { ask } = await given(room, ["/a"], { allow_hosts: [] });
  const fact = await ask();
  assertEquals("reason" in fact && fact.reason, "forbidden");
  assertEquals(room.server.connections(), 0);
});

picturesTest("late picture is left out, and comes to the cache all the same", async (room) => {
  const { promise, resolve: arrive } = Promise.withResolvers<void>();
  room.server.on("/soon", { body: jpeg(1_000, 1) });
  room.server.on("/late", { body: jpeg(1_000, 2), after_that: promise });
  const { ask, pictures } = await given(room, ["/soon", "/late"], { patience_ms: 300 });
  const fact = await ask();
  assertEquals(fact.type, "PictureFetched");
  assertEquals("missing" in fact && fact.missing, [{ index: 1, reason: "late" }]);
  arrive();
  await until("it has come", () => pictures.readings().now.pictures === 2);
  assertEquals(served(await pictures.get(room.at("/late"))).from, "fresh");
  const again = await ask();
  assertEquals("pictures" in again && again.pictures.length, 2);
  assertEquals(room.server.asked.length, 2);
});

picturesTest("late picture that was here before is shown as it was", async (room) => {
  room.server.on("/late", { body: jpeg() });
  const { ask, pictures } = await given(room, ["/late"], { ttl_ms: 1, patience_ms: 100 });
  await outOfDate(served(await pictures.get(room.at("/late"))));
  room.server.on("/late", { delay_ms: Infinity });
  assertEquals((await ask()).type, "PictureServedStale");
});

picturesTest(
  "job that the end of the process breaks off ends at once, and is left to the next",
  async (room) => {
    const { promise, resolve: arrive } = Promise.withResolvers<void>();
    room.server.on("/a", { body: jpeg(), after_that: promise });
    const { ask } = await given(room, ["/a"]);
    const ending = new AbortController();
    const asked = ask([0], { signal: ending.signal });
    await until("it is asked for", () => room.server.asked.length === 1);
    ending.abort(new Error("The process is ending"));
    await assertRejects(() => asked, Error, "The process is ending");
    await assertRejects(() => ask([0], { signal: ending.signal }), Error, "The process is ending");
    arrive();
  },
);

Deno.test("picture is waited for 8 s at the most", async () => {
  const waited: number[] = [];
  const work = answeringAll(jobs({
    ...never,
    fetchPicture(_, patience_ms) {
      waited.push(patience_ms);
      return Promise.resolve({ is: "refused", reason: "late", sentence: "It is late." });
    },
    pictureUrls: () => Promise.resolve(new Map([[0, "http://a/"], [3, "http://b/"]])),
  }));
  const params = { callId, product: "umbrella", pictures: [0, 3] };
  await work({ type: fetchPictures.type, params }, { signal: new AbortController().signal });
  assertEquals(waited, [8_000, 8_000]);
});

Deno.test("job whose reader fails is left to another try", async () => {
  const work = answeringAll(jobs({
    ...never,
    fetchPicture: () => Promise.reject(new Error("Nothing is fetched")),
    pictureUrls: () => Promise.reject(new Error("no database")),
  }));
  const params = { callId, product: "umbrella", pictures: [0] };
  const { signal } = new AbortController();
  await assertRejects(
    () => work({ type: "fetchPictures", params }, { signal }),
    Error,
    "no database",
  );
});
