import { readQr } from "@amanita/emulator";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLessOrEqual,
  assertStringIncludes,
} from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { groupCode } from "../../events/code.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTestOnEach } from "./bot_world.ts";
import {
  allWords,
  beginIssue,
  finished,
  issueByChat,
  pictureOf,
  shownText,
  words,
} from "./issue_by_chat.ts";
import { noisyPicture } from "./pictures.ts";

const { text, label } = catalogues.ru;
const name = "Зимнее море";
const description = "Холст, масло";

botTestOnEach("card with a photo alone is shown with its number, photo and QR", async (world) => {
  const { number, shown } = await issueByChat(world, { name, description });
  assertEquals(number, 1);
  const [photo, qr] = shown;
  assertEquals(shown.length, 2);
  assertStringIncludes(photo?.caption ?? "", `№\u00a01\n${name}\n\n${description}`);
  assertEquals(photo?.media_group_id, undefined);
  assertEquals(qr?.reply_markup?.inline_keyboard.flat().map(({ text }) => text), [
    label("issue"),
    label("labels"),
    label("share"),
    label("share_link"),
    label("list"),
  ]);
  const [row] = await world.sql`select name, description, packaged, active from cards`;
  assertEquals({ ...row }, { name, description, packaged: null, active: true });
});

botTestOnEach("photo may come as a file", async (world) => {
  const { maker } = world;
  await beginIssue(world);
  const png = await plainPicture(80, 60);
  const file = { file_name: "sea.png", mime_type: "image/png" };
  const [asked] = await world.answers(maker, () => maker.document(png, file));
  assertEquals(asked && words(asked), shownText(text("ask_name", {})));
});

botTestOnEach("album is both photos, and both are shown as one", async (world) => {
  const { shown } = await issueByChat(world, { packaged: true });
  const [one, other, qr] = shown;
  assertEquals(shown.length, 3);
  assert(one?.media_group_id !== undefined);
  assertEquals(one.media_group_id, other?.media_group_id);
  assertStringIncludes(one.caption ?? "", name);
  assertEquals(qr?.media_group_id, undefined);
});

const album = { media_group_id: "one album" };
type Step = "while the first is checked" | "at the name" | "at the description" | "at the package";
const steps: readonly Step[] = [
  "while the first is checked",
  "at the name",
  "at the description",
  "at the package",
];
for (const step of steps) {
  botTestOnEach(`album's second photo is the packaged one, arriving ${step}`, async (world) => {
    const { maker, emulator, sql } = world;
    const [first, second] = [await plainPicture(60, 40), await plainPicture(40, 60)];
    const packaged = () => maker.photo(second, album);
    await beginIssue(world);
    if (step === "while the first is checked") {
      emulator.fault({ method: "getFile", times: 1, kind: "delay", delay_ms: 150 });
      await maker.photo(first, album);
      await packaged();
    } else {
      await maker.photo(first, album);
    }
    await world.settled();
    if (step === "at the name") await packaged();
    await maker.say(name);
    await world.settled();
    if (step === "at the description") await packaged();
    const { shown } = step === "at the package"
      ? await (async () => {
        await maker.say(description);
        await world.settled();
        return await finished(world, maker, packaged);
      })()
      : await finished(world, maker, () => maker.say(description));
    assertEquals(shown.length, 3);
    const [row] = await sql<{ wide: boolean; tall: boolean }[]>`
      select o.width > o.height as wide, p.width < p.height as tall from cards c
      join photos o on o.sha256 = c.original join photos p on p.sha256 = c.packaged`;
    assertEquals({ ...row }, { wide: true, tall: true });
  });
}

botTestOnEach("third photo of an album is not taken, and says so", async (world) => {
  const { maker } = world;
  await beginIssue(world);
  const pictures = await Promise.all([60, 61, 62].map((side) => plainPicture(side, 40)));
  const said = allWords(await world.answers(maker, () => maker.album(pictures)));
  assertStringIncludes(said, "Двух фотографий достаточно");
  await maker.say(name);
  const { shown } = await finished(world, maker, () => maker.say(description));
  assertEquals(shown.length, 3);
});

botTestOnEach("packaged photo may be sent at its step", async (world) => {
  const { maker } = world;
  const picture = await plainPicture(60, 40);
  await beginIssue(world);
  await maker.photo(picture);
  await maker.say(name);
  await maker.say(description);
  await world.settled();
  const { shown } = await finished(world, maker, () => maker.photo(picture));
  assertEquals(shown.length, 3);
});

botTestOnEach(
  "QR picture in the chat says exactly the link, and its caption the code",
  async (world) => {
    const { maker, emulator } = world;
    const { code, shown } = await issueByChat(world);
    const qr = shown.at(-1);
    const link = `https://t.me/${emulator.bot.username}?start=v_${code}`;
    assertEquals(await readQr(pictureOf(maker, qr)), link);
    assertEquals(qr?.caption?.split("\n")[0], groupCode(code));
    assert(/^([0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{4}$/.test(groupCode(code)));
  },
);

botTestOnEach("pictures go up once, and again where Telegram has forgotten them", async (world) => {
  const { maker, emulator } = world;
  const { shown } = await issueByChat(world, { packaged: true });
  await world.answers(maker, () => world.tap(maker, label("list")));
  const look = async () => {
    const before = emulator.calls().at(-1)?.n ?? 0;
    const seen = await world.answers(maker, () => world.tap(maker, "№\u00a01"));
    const sent = emulator.calls().filter(({ n, method }) =>
      n > before && /^send(Photo|MediaGroup)$/.test(method)
    );
    const uploads = sent.filter(({ ok, params }) => ok && /attach:/.test(JSON.stringify(params)));
    return { seen: seen.filter(({ photo }) => photo).length, uploads: uploads.length };
  };
  assertEquals(await look(), { seen: shown.length, uploads: 0 });
  emulator.forgetFiles();
  assertEquals(await look(), { seen: shown.length, uploads: 2 });
  assertEquals(await look(), { seen: shown.length, uploads: 0 });
});

botTestOnEach("finished wizard leaves nothing of itself behind", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  const said = maker.messages().filter(({ from }) => from?.is_bot).map(words);
  assertEquals(said.filter((text) => /шаг|проверяю/i.test(text)), []);
  assertEquals(said.length, 3, said.join("\n"));
});

for (const what of ["large", "heavy"] as const) {
  botTestOnEach(`${what} photo is refitted before it is kept`, async (world) => {
    const { maker, sql } = world;
    await beginIssue(world);
    const draw = what === "large" ? plainPicture : noisyPicture;
    const bytes = await draw(3000, 2000);
    const file = { file_name: "sea.jpg", mime_type: "image/jpeg" };
    const [asked] = await world.answers(maker, () => maker.document(bytes, file));
    assertEquals(asked && words(asked), shownText(text("ask_name", {})));
    const [kept] = await sql<{ bytes: Uint8Array; width: number; height: number }[]>`
      select bytes, width, height from photos`;
    assert(kept);
    assertLessOrEqual(kept.bytes.length, 2 * 1024 * 1024);
    const { default: sharp } = await import("sharp");
    const { width, height, format } = await sharp(kept.bytes).metadata();
    assertEquals([width, height, format], [kept.width, kept.height, "jpeg"]);
    assertLessOrEqual(width, 2560);
    assertAlmostEquals(width / height, 1.5, 0.01);
  });
}
