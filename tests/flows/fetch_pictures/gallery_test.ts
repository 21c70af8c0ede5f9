/** From a word of a person's to an album in their chat: all of it real but the flow, and small. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Emulator, type PersonHandle, startEmulator } from "@amanita/emulator";
import { fetchPictures } from "../../../machines/flows/fetch_pictures.ts";
import { readParams } from "../../../machines/flow/effect.ts";
import { photoFilesOf } from "../../../src/app/message_sources.ts";
import { jobs } from "../../../src/flows/fetch_pictures/jobs.ts";
import { answeringAll } from "../../../src/runtime/answerer.ts";
import { openPhotos } from "../../../src/store/photos.ts";
import { openApi } from "../../../src/telegram/api.ts";
import { openSender } from "../../../src/telegram/send.ts";
import { worldNeeds } from "../../bot/bot_world.ts";
import { type FreshDatabase, freshDatabase } from "../../database.ts";
import { command } from "../../machines/samples.ts";
import type { FaultServer } from "../../pictures/fault_server.ts";
import { jpeg } from "../../pictures/picture_bytes.ts";
import { permissions, picturesTest } from "../../pictures/given_pictures.ts";
import { dialogue, update } from "../../runtime/given_engine.ts";
import { givenBot, undone } from "../../runtime/given_bot.ts";
import { galleryCharts, renderGallery, showGallery } from "./gallery_flow.ts";

interface Gallery {
  anna: PersonHandle;
  emulator: Emulator;
  server: FaultServer;
  sql: FreshDatabase["sql"];
  stream: string;
  /** Anna asks, and what comes of it is there. */
  asks(): Promise<void>;
  /** What Anna sees of the bot: the kind of each message and its words. */
  seen(): (readonly [string, string])[];
  /** Uploads and sends by name so far, by the number of pictures in each. */
  uploads(): number[];
}

const PATHS = [0, 1, 2].map((i) => `/${i}?key=secret`);

function galleryTest(name: string, body: (given: Gallery) => Promise<void>): void {
  picturesTest(name, async ({ server, open }) => {
    await using all = new AsyncDisposableStack();
    const { sql } = all.use(await freshDatabase());
    const emulator = await startEmulator({ people: [{ first_name: "Анна" }] });
    all.defer(() => emulator.close());
    const anna = emulator.person(emulator.people()[0]?.id ?? 0);
    await anna.start();
    PATHS.forEach((path, i) => server.on(path, { body: jpeg(100_000, i) }));
    const pictures = await open({ retry: { base_ms: 1, cap_ms: 1 } });
    const sender = openSender({
      api: openApi({ token: emulator.token, root: emulator.root }),
      photos: photoFilesOf(openPhotos(sql), pictures, emulator.bot.id),
      places: {
        groups: { moved: () => Promise.resolve() },
        privateChatOf: () => Promise.resolve(anna.id),
      },
      render: ({ params }) => {
        const read = readParams(showGallery, params);
        if ("wrong" in read) throw new Error(read.wrong);
        return Promise.resolve({ is: "calls", calls: renderGallery(anna.id, read.params) });
      },
    });
    const work = answeringAll(jobs({
      fetchPicture: pictures.getWithin,
      pictureUrls: (_, indexes) =>
        Promise.resolve(new Map(indexes.map((i) => [i, `${server.origin}${PATHS[i]}`]))),
      download: () => Promise.reject(new Error("Nothing is downloaded")),
      keepPhoto: () => Promise.reject(new Error("Nothing is kept")),
    }));
    const bot = all.use(givenBot(sql, {
      charts: galleryCharts,
      isPatient: ({ type }) => type === fetchPictures.type,
      work: (effect, _task, signal) => work(effect, { signal }),
      send: (_words, task, signal) => sender.send(task, signal),
    }));
    const stream = dialogue();
    await body({
      ...{ anna, emulator, server, sql, stream },
      async asks() {
        await bot.engine.handle(update(stream, command("umbrella")));
        await bot.delivery.idle();
        assertEquals([bot.troubles, await undone(sql)], [[], []]);
      },
      seen: () =>
        anna.messages().filter(({ from }) => from?.is_bot).map((
          { photo, document, text, caption },
        ) => [photo ? "photo" : document ? "file" : "words", text ?? caption ?? ""] as const),
      uploads: () =>
        emulator.calls().filter(({ method }) => /^send(?:Photo|MediaGroup|Document)$/.test(method))
          .map(({ params }) => JSON.stringify(params).split("attach://").length - 1),
    });
    assertEquals(emulator.violations(), []);
  }, permissions || worldNeeds());
}

galleryTest("pictures of a product are an album, and go up once", async (given) => {
  await given.asks();
  assertEquals(given.seen(), [["photo", "umbrella"], ["photo", ""], ["photo", ""]]);
  await given.asks();
  assertEquals(given.uploads(), [3, 0]);
  assertEquals(given.server.asked.length, 3);
  const rows = await given.sql`select * from photo_files`;
  assertEquals(rows.map(({ bot }) => Number(bot)), Array(3).fill(given.emulator.bot.id));
});

galleryTest("log, outbox and calls never hold a URL", async (given) => {
  await given.asks();
  const events = await given.sql`select data, effects from events`;
  const tasks = await given.sql`select payload, answer from outbox`;
  const told = JSON.stringify([events, tasks, given.emulator.calls()]);
  assert(told.includes("umbrella"));
  assertFalse(told.includes("secret") || told.includes(String(given.server.port)), told);
});

galleryTest("pictures that cannot be had leave the rest", async (given) => {
  given.server.on(PATHS[1] ?? "", { status: 404 });
  await given.asks();
  assertEquals(given.seen(), [["photo", "umbrella"], ["photo", ""]]);
  const [fact] = await given.sql`select data from events where type = 'PictureFetched'`;
  assertEquals(fact?.data.missing, [{ index: 1, reason: "not_there" }]);
});

galleryTest("product none of whose pictures is there is words alone", async (given) => {
  for (const path of PATHS) given.server.on(path, { status: 404 });
  await given.asks();
  assertEquals(given.seen(), [["words", "umbrella\n⚠️ Не удалось загрузить изображения"]]);
});

for (const description of ["IMAGE_PROCESS_FAILED", "wrong type of media", "PHOTO_INVALID"]) {
  galleryTest(`picture refused with ${description} is left out, in words`, async (given) => {
    const refusal = { kind: "status", status: 400, description } as const;
    given.emulator.fault({ ...refusal, method: "sendMediaGroup", times: 1 });
    given.emulator.fault({ ...refusal, method: "sendPhoto", times: 1 });
    await given.asks();
    // Each by itself, as Telegram did not say which it was; none of them as a file.
    assertEquals(given.seen(), [
      ["photo", "umbrella"],
      ["photo", ""],
      ["words", "⚠️ Изображения, которые не удалось отправить, не показаны."],
    ]);
  });
}

galleryTest(
  "file_id that Telegram does not know any more is followed by the bytes",
  async (given) => {
    await given.asks();
    const description = "wrong file identifier/HTTP URL specified";
    given.emulator.fault({
      method: "sendMediaGroup",
      times: 1,
      kind: "status",
      status: 400,
      description,
    });
    await given.asks();
    assertEquals(given.uploads(), [3, 0, 3]);
    assertEquals(given.seen().map(([kind]) => kind), Array(6).fill("photo"));
  },
);
