/// <reference lib="dom" />
/** The web chat in a true browser: pictures, albums, files and voice. */
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { plainPicture, qrPicture } from "./picture_of.ts";
import { button, carrying, drop, field, testPage } from "./web_chat_room.ts";

const three = () =>
  Promise.all(["one", "two", "three"].map(async (name) => ({
    name: `${name}.png`,
    bytes: await qrPicture(name),
  })));

testPage("web chat sends several dropped pictures as one album with one caption", (bot) => {
  bot.on("message:photo", (ctx) => ctx.reply(`${ctx.message.media_group_id ? "альбом" : "фото"}`));
}, async ({ emulator, anna }) => {
  await drop(anna, await three());
  await anna.getByLabel("Подпись").fill("Со всех сторон");
  await button(anna, "Отправить альбомом").click();
  await anna.locator(".album .photo").nth(2).waitFor();
  await anna.getByText("альбом").nth(2).waitFor();
  assertEquals(await anna.locator(".album").count(), 1);
  assertEquals(await anna.locator(".own .words").allTextContents(), ["Со всех сторон"]);
  const [person] = emulator.people();
  const sent = emulator.person(person?.id ?? 0).messages().filter(({ photo }) => photo);
  assertEquals(new Set(sent.map(({ media_group_id }) => media_group_id)).size, 1);
});

testPage("web chat shows an album picture by picture over the whole window", (bot) => {
  bot.on("message:photo", () => undefined);
}, async ({ page, anna }) => {
  await drop(anna, await three());
  await button(anna, "Отправить альбомом").click();
  await anna.getByRole("button", { name: "Открыть фото" }).nth(1).click();
  const viewer = page.getByRole("dialog", { name: "Просмотр фото" });
  await viewer.getByText("2 из 3").waitFor();
  await page.keyboard.press("ArrowRight");
  await viewer.getByText("3 из 3").waitFor();
  await button(viewer, "Следующее").click();
  await viewer.getByText("1 из 3").waitFor();
  await page.keyboard.press("ArrowLeft");
  await viewer.getByText("3 из 3").waitFor();
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
});

testPage("web chat sends a pasted picture as it is when asked to", (bot) => {
  bot.on("message:document", (ctx) => ctx.reply(`Файл ${ctx.message.document.file_name}`));
}, async ({ page, anna }) => {
  const clipboardData = await carrying(page, [{
    name: "sea.png",
    bytes: await plainPicture(60, 40),
  }]);
  await field(anna).evaluate((place, data) => {
    place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, clipboardData);
  await button(anna, "Как файл").click();
  await anna.getByText("Файл sea.png").waitFor();
  assertEquals(await anna.locator(".own a[download='sea.png']").count(), 1);
});

testPage("web chat records a voice note and plays it", (bot) => {
  bot.on("message:voice", (ctx) => {
    const { duration, mime_type } = ctx.message.voice;
    return ctx.reply(`Слышу ${mime_type}, ${duration} с`);
  });
}, async ({ anna }) => {
  await button(anna, "Записать голосовое").click();
  await anna.getByRole("timer").getByText("0:01").waitFor();
  await button(anna, "Отправить голосовое").click();
  await anna.getByText(/Слышу audio\/ogg, \d+ с/).waitFor();
  await button(anna, "Слушать").click();
  await button(anna, "Остановить").waitFor();
  const duration = await anna.locator("audio").evaluate(async ({ src }: HTMLAudioElement) => {
    const bytes = await (await fetch(src)).arrayBuffer();
    return (await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes)).duration;
  });
  assert(duration > 0.5 && duration < 60, `it plays ${duration} s`);
});

testPage("web chat sends a sound file as a voice note, a picture never", (bot) => {
  bot.on("message:voice", (ctx) => ctx.reply(`Голос ${ctx.message.voice.mime_type}`));
}, async ({ anna }) => {
  const picker = anna.locator("input[type=file]");
  const buffer = Buffer.from("OggS, as good as");
  await picker.setInputFiles([{ name: "hum.ogg", mimeType: "audio/ogg", buffer }]);
  await button(anna, "Отправить голосовым").click();
  await anna.getByText("Голос audio/ogg").waitFor();
  const picture = Buffer.from(await plainPicture(30, 30));
  await picker.setInputFiles([{ name: "red.png", mimeType: "image/png", buffer: picture }]);
  await button(anna, "Отправить как фото").waitFor();
  assertEquals(await button(anna, "Отправить голосовым").count(), 0);
});
