/** Pictures from the web on their way out: read from their files, and left out where they are gone. */
import { assert, assertEquals } from "@std/assert";
import { webPictures } from "../../src/flows/fetch_pictures/web_pictures.ts";
import { openApi } from "../../src/telegram/api.ts";
import { openSender } from "../../src/telegram/send.ts";
import type { FileBytes, PhotoFiles } from "../../src/telegram/sources.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { keepLog, stream } from "./given_sender.ts";

/** A sender of one message with these pictures, of which `files` has some. */
function given(
  { emulator, anna }: EmulatorFixture,
  wanted: readonly string[],
  locale: "ru" | "en",
) {
  const files = new Map<string, Uint8Array>();
  const ids = new Map<string, string>();
  const open = { now: 0, most: 0 };
  const fileOf = (bytes: Uint8Array): FileBytes => {
    open.most = Math.max(open.most, ++open.now);
    return {
      async *chunks() {
        for (let at = 0; at < bytes.length; at += 100) yield bytes.slice(at, at + 100);
      },
      [Symbol.dispose]: () => void open.now--,
    };
  };
  const photos: PhotoFiles = {
    photo: (sha256) => {
      const bytes = files.get(sha256);
      return Promise.resolve(bytes === undefined ? null : fileOf(bytes));
    },
    fileId: (sha256) => Promise.resolve(ids.get(sha256) ?? null),
    keepFileId: (sha256, id) => Promise.resolve(void ids.set(sha256, id)),
    dropFileId: (sha256) => Promise.resolve(void ids.delete(sha256)),
  };
  const { send } = openSender({
    api: openApi({ token: emulator.token, root: emulator.root }),
    photos,
    places: {
      groups: { moved: () => Promise.resolve() },
      privateChatOf: () => Promise.resolve(anna.id),
    },
    log: keepLog().log,
    render: () => {
      const pictures = webPictures({ locale }, wanted.map((sha256) => ({ sha256 })));
      const show = {
        does: "show",
        chat: anna.id,
        pictures,
        html: "Umbrella",
        keyboard: [],
      } as const;
      return Promise.resolve({ is: "calls", calls: [show] });
    },
  });
  let tasks = 0;
  const payload = { effect: { type: "showGallery", params: {} }, fact: "" };
  return {
    files,
    open,
    send: () =>
      send(
        { effect: `task:${++tasks}`, stream, payload, attempts: 0 },
        new AbortController().signal,
      ),
    seen: () =>
      anna.messages().filter(({ from }) => from?.is_bot)
        .map(({ photo, text, caption }) => [photo ? "photo" : "words", text ?? caption ?? ""]),
  };
}

emulatorTest("pictures go up from their files, which are closed then", async (fixture) => {
  const { files, open, send, seen } = given(fixture, ["a", "b"], "en");
  for (const [i, name] of ["a", "b"].entries()) files.set(name, await plainPicture(60 + i, 40));
  await send();
  assertEquals(seen(), [["photo", "Umbrella"], ["photo", ""]]);
  assertEquals(open, { now: 0, most: 2 });
  await send();
  assertEquals(open.most, 2);
}, "ffi");

emulatorTest("files of an upload that is refused are closed as well", async (fixture) => {
  const { files, open, send } = given(fixture, ["a", "b"], "en");
  for (const name of ["a", "b"]) files.set(name, await plainPicture(60, 40));
  fixture.emulator.fault({ method: "sendMediaGroup", times: 1, kind: "status", status: 500 });
  assertEquals([(await send()).is, open.now], ["retry", 0]);
}, "ffi");

emulatorTest("picture that has gone is left out, in words", async (fixture) => {
  const { files, send, seen } = given(fixture, ["a", "gone"], "en");
  files.set("a", await plainPicture(60, 40));
  const outcome = await send();
  assertEquals(seen(), [
    ["photo", "Umbrella"],
    ["words", "⚠️ Pictures that could not be sent are left out."],
  ]);
  assert(outcome.is === "done");
  const { left_out } = outcome.answer as { left_out: unknown };
  assertEquals(left_out, [
    { of: ["a", "gone"], why: "nowhere to be had", instead: "pictures" },
  ]);
}, "ffi");

emulatorTest("pictures that have all gone leave the words", async (fixture) => {
  const { send, seen } = given(fixture, ["gone", "too"], "ru");
  await send();
  assertEquals(seen(), [
    ["words", "Umbrella"],
    ["words", "⚠️ Изображения, которые не удалось отправить, не показаны."],
  ]);
}, "ffi");

emulatorTest("chat that takes no pictures is told so once", async (fixture) => {
  const { files, send, seen } = given(fixture, ["a", "b"], "ru");
  for (const name of ["a", "b"]) files.set(name, await plainPicture(60, 40));
  const description = "CHAT_SEND_PHOTOS_FORBIDDEN";
  fixture.emulator.fault({
    method: "sendMediaGroup",
    times: 1,
    kind: "status",
    status: 403,
    description,
  });
  await send();
  assertEquals(seen(), [
    ["words", "Umbrella"],
    ["words", "⚠️ В этом чате изображения запрещены, поэтому они не показаны."],
  ]);
}, "ffi");
