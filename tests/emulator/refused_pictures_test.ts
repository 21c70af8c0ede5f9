/** Refusals of pictures on demand: in any words, of one file, or by what a group permits. */
import { PersonError } from "@amanita/emulator";
import { InputFile, InputMediaBuilder } from "grammy";
import { assertEquals, assertRejects } from "@std/assert";
import { ask } from "./ask_control.ts";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

const hex = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
const png = (bytes: Uint8Array) => new InputFile(bytes, "picture.png");

emulatorTest("a fault refuses in the words that it was given", async (given) => {
  const { api, anna, emulator } = given;
  const picture = await plainPicture(30, 20);
  const fault = { method: "sendPhoto", times: 1, kind: "status", status: 400 } as const;
  for (const description of ["Bad Request: PHOTO_EXT_INVALID", "PHOTO_EXT_INVALID"]) {
    emulator.fault({ ...fault, description });
    const sent = api.sendPhoto(anna.id, png(picture));
    await assertRefused(sent, "Bad Request: PHOTO_EXT_INVALID");
  }
  const forbidden = { status: 403, description: "CHAT_SEND_PHOTOS_FORBIDDEN" };
  assertEquals((await ask(given, "faults", { ...fault, ...forbidden })).status, 200);
  const sent = api.sendPhoto(anna.id, png(picture));
  await assertRefused(sent, "Forbidden: CHAT_SEND_PHOTOS_FORBIDDEN", 403);
  emulator.fault({ ...fault, status: 413 });
  await assertRefused(api.sendPhoto(anna.id, png(picture)), "Request Entity Too Large", 413);
});

emulatorTest("a fault of one file lets all others pass", async ({ api, anna, emulator }) => {
  const [bad, good] = [await plainPicture(30, 20), await plainPicture(20, 30)];
  const { photo } = await api.sendPhoto(anna.id, png(bad));
  const known = photo.at(-1)?.file_id ?? "";
  emulator.fault({
    ...{ method: "*", times: 4, kind: "status", status: 400 },
    ...{ description: "IMAGE_PROCESS_FAILED", file: await hex(bad) },
  });
  await api.sendPhoto(anna.id, png(good));
  await assertRefused(api.sendPhoto(anna.id, png(bad)), "Bad Request: IMAGE_PROCESS_FAILED");
  await assertRefused(api.sendPhoto(anna.id, known), "Bad Request: IMAGE_PROCESS_FAILED");
  const album = [good, bad].map((it) => InputMediaBuilder.photo(png(it)));
  await assertRefused(
    api.sendMediaGroup(anna.id, album),
    'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
  );
  await assertRefused(api.sendDocument(anna.id, png(bad)), "Bad Request: IMAGE_PROCESS_FAILED");
  await api.sendPhoto(anna.id, png(bad));
  emulator.fault({ method: "sendPhoto", times: 1, kind: "status", status: 400, file: known });
  await assertRefused(api.sendPhoto(anna.id, known), "Bad Request");
});

emulatorTest("a group forbids photos or files to its members and to the bot", async (given) => {
  const { api, anna, boris, emulator } = given;
  const members = [boris.id];
  const id = await anna.create({ kind: "group", title: "Г", bot: "member", members });
  const picture = await plainPicture(30, 20);
  await anna.in(id).permit({ can_send_photos: false });
  const noPhotos = "Bad Request: not enough rights to send photos to the chat";
  await assertRefused(api.sendPhoto(id, png(picture)), noPhotos);
  const album = [picture, picture].map((it) => InputMediaBuilder.photo(png(it)));
  await assertRefused(api.sendMediaGroup(id, album), noPhotos);
  await api.sendMessage(id, "words");
  await api.sendDocument(id, png(picture));
  await assertRejects(() => boris.in(id).photo(picture), PersonError, "Cannot send photos");
  const body = { chat: id, can_send_documents: false };
  assertEquals((await ask(given, `people/${anna.id}/permit`, body)).status, 200);
  const noFiles = "Bad Request: not enough rights to send documents to the chat";
  await assertRefused(api.sendDocument(id, png(picture)), noFiles);
  const { permissions } = await api.getChat(id);
  assertEquals(
    [permissions?.can_send_photos, permissions?.can_send_documents, permissions?.can_send_videos],
    [false, false, true],
  );
  assertEquals((await ask(given, `people/${boris.id}/permit`, body)).status, 400);
  const larger = await anna.in(id).migrate();
  await assertRefused(api.sendPhoto(larger, png(picture)), noPhotos);
  await anna.in(larger).promote(emulator.bot.id);
  await api.sendPhoto(larger, png(picture));
  await anna.in(larger).photo(picture);
});
