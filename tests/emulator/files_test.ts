import { PersonError } from "@amanita/emulator";
import { InputFile, InputMediaBuilder } from "grammy";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { assertRefused, type EmulatorFixture, emulatorTest } from "./given_emulator.ts";
import { plainPicture, qrPicture } from "./picture_of.ts";

async function download({ emulator, api }: EmulatorFixture, file_id: string): Promise<Uint8Array> {
  const { file_path } = await api.getFile(file_id);
  const response = await fetch(`${emulator.root}/file/bot${emulator.token}/${file_path}`);
  assertEquals(response.status, 200);
  return await response.bytes();
}

emulatorTest("a person's document keeps its bytes, type and name", async (given) => {
  const bytes = crypto.getRandomValues(new Uint8Array(5000));
  const about = { file_name: "карта №1; a.png", mime_type: "image/png" };
  const { document } = await given.anna.document(bytes, about);
  assertEquals([document?.file_name, document?.mime_type, document?.file_size], [
    "карта №1; a.png",
    "image/png",
    5000,
  ]);
  assertEquals(await download(given, document?.file_id ?? ""), bytes);
});

emulatorTest("a person's photo comes in sizes, as JPEG of at most 1280 pixels", async (given) => {
  const { anna } = given;
  const { photo = [] } = await anna.photo(await plainPicture(2560, 1280), { caption: "sea" });
  assertEquals(photo.map(({ width, height }) => [width, height]), [[90, 45], [320, 160], [
    1280,
    640,
  ]]);
  const jpeg = await download(given, photo.at(-1)?.file_id ?? "");
  assertEquals([...jpeg.slice(0, 3)], [0xff, 0xd8, 0xff]);
  assertEquals(jpeg.length, photo.at(-1)?.file_size);
  assertEquals(new Set(photo.map(({ file_unique_id }) => file_unique_id)).size, 3);
  assert(photo.every(({ file_id }) => /^AgAC[\w-]{60,}$/.test(file_id)));
}, "ffi");

emulatorTest("a person's phone makes any picture small enough", async ({ anna }) => {
  const { photo } = await anna.photo(await plainPicture(6000, 6000));
  assertEquals(photo?.at(-1)?.width, 1280);
  await assertRejects(
    () => anna.photo(new Uint8Array(9)),
    PersonError,
    "Cannot send this as a photo",
  );
}, "ffi");

emulatorTest("a small photo is not blown up", async ({ anna }) => {
  const { photo } = await anna.photo(await plainPicture(60, 40));
  assertEquals(photo?.map(({ width, height }) => [width, height]), [[60, 40]]);
}, "ffi");

emulatorTest("a photo that was taken sideways stands upright", async ({ anna }) => {
  const { default: sharp } = await import("sharp");
  const sideways = await sharp(await plainPicture(60, 40)).jpeg()
    .withMetadata({ orientation: 6 }).toBuffer();
  const { photo } = await anna.photo(new Uint8Array(sideways));
  assertEquals(photo?.map(({ width, height }) => [width, height]), [[40, 60]]);
}, "ffi");

emulatorTest("people's albums share one group and come as messages", async ({ anna, api }) => {
  const picture = await plainPicture(60, 40);
  const messages = await anna.album([picture, picture, picture], { caption: "all" });
  const updates = await api.getUpdates();
  assertEquals(updates.map<unknown>(({ message }) => message), messages);
  const groups = new Set(messages.map(({ media_group_id }) => media_group_id));
  assertEquals([messages.length, groups.size, groups.has(undefined)], [3, 1, false]);
  assertEquals(messages.map(({ caption }) => caption), ["all", undefined, undefined]);
}, "ffi");

emulatorTest("a bot's upload can be sent again by any of its file_ids", async (given) => {
  const { api, anna } = given;
  const upload = new InputFile(await plainPicture(800, 600), "card.png");
  const { photo } = await api.sendPhoto(anna.id, upload, { caption: "one" });
  assertEquals(photo.map(({ width }) => width), [90, 320, 800]);
  const again = await api.sendPhoto(anna.id, photo[0]?.file_id ?? "");
  assertEquals([again.photo, again.caption], [photo, undefined]);
  const album = await api.sendMediaGroup(anna.id, [
    InputMediaBuilder.photo(photo[2]?.file_id ?? "", { caption: "<b>a</b>", parse_mode: "HTML" }),
    InputMediaBuilder.photo(upload),
  ]);
  assertEquals(album.map(({ caption }) => caption), ["a", undefined]);
  const [first, second] = anna.messages().slice(-2);
  assertEquals(first?.photo, photo);
  assert(first?.media_group_id !== undefined);
  assertEquals(first.media_group_id, second?.media_group_id);
}, "ffi");

emulatorTest("a person's photo can be sent by its file_id", async ({ api, anna }) => {
  const { photo = [] } = await anna.photo(await plainPicture(60, 40));
  const sent = await api.sendPhoto(anna.id, photo[0]?.file_id ?? "");
  assertEquals(sent.photo, photo);
}, "ffi");

emulatorTest("forgotten files are refused, and new ones are not", async (given) => {
  const { api, anna, emulator } = given;
  const upload = new InputFile(await plainPicture(60, 40), "card.png");
  const { photo } = await api.sendPhoto(anna.id, upload);
  const file_id = photo[0]?.file_id ?? "";
  emulator.forgetFiles();
  await assertRefused(
    api.sendPhoto(anna.id, file_id),
    "Bad Request: wrong file identifier/HTTP URL specified",
  );
  await assertRefused(
    api.getFile(file_id),
    "Bad Request: wrong file_id or the file is temporarily unavailable",
  );
  const again = await api.sendPhoto(anna.id, upload);
  await api.sendPhoto(anna.id, again.photo[0]?.file_id ?? "");
  // People still see what they saw.
  assert(anna.file(file_id).length > 0);
}, "ffi");

emulatorTest("files over 20 MB cannot be downloaded", async ({ api, anna }) => {
  const about = { file_name: "a.bin", mime_type: "application/octet-stream" };
  const { document } = await anna.document(new Uint8Array(20 * 1024 * 1024 + 1), about);
  await assertRefused(api.getFile(document?.file_id ?? ""), "Bad Request: file is too big");
});

emulatorTest("a download needs the token and a path that exists", async ({ emulator }) => {
  const statusOf = async (path: string) => {
    const response = await fetch(`${emulator.root}/file/bot${path}`);
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await statusOf(`${emulator.token}/photos/file_99.jpg`), 404);
  assertEquals(await statusOf("1:AA/photos/file_0.jpg"), 401);
});

emulatorTest("a QR code stays readable in the sizes that Telegram keeps", async (given) => {
  const { api, anna, boris, emulator } = given;
  const link = `https://t.me/${emulator.bot.username}?start=v_ABCD-1234`;
  const { photo } = await api.sendPhoto(anna.id, new InputFile(await qrPicture(link), "qr.png"));
  const scanned = await boris.scan(photo.at(-1)?.file_id ?? "");
  assertEquals(scanned.text, "/start v_ABCD-1234");
  const { document } = await api.sendDocument(
    anna.id,
    new InputFile(await qrPicture(link), "qr.png"),
  );
  assertEquals((await boris.scan(document.file_id)).text, "/start v_ABCD-1234");
}, "ffi");

emulatorTest("sixty people scan one code at once", async ({ api, anna, emulator }) => {
  const link = `https://t.me/${emulator.bot.username}?start=v_1`;
  const { photo } = await api.sendPhoto(anna.id, new InputFile(await qrPicture(link), "qr.png"));
  const file_id = photo.at(-1)?.file_id ?? "";
  const crowd = Array.from(
    { length: 60 },
    (_, i) => emulator.addPerson({ first_name: `Гость ${i}` }),
  );
  await Promise.all(crowd.map((person) => person.scan(file_id)));
  assertEquals((await api.getUpdates()).length, 60);
}, "ffi");

emulatorTest("photos of an album are files of their own, each with its path", async (given) => {
  const sides = Array.from({ length: 10 }, (_, i) => 20 + i);
  const pictures = await Promise.all(sides.map((side) => plainPicture(side, 20)));
  const album = await given.anna.album(pictures);
  const ids = album.map(({ photo }) => photo?.at(-1)?.file_id ?? "");
  const paths = await Promise.all(
    ids.map(async (id) => (await given.api.getFile(id)).file_path ?? ""),
  );
  assertEquals(new Set(paths).size, 10);
  for (const id of ids) assertEquals(await download(given, id), given.anna.file(id));
}, "ffi");
