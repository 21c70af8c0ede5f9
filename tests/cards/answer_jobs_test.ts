import { assertEquals, assertRejects } from "@std/assert";
import { type JobSources, openJobs } from "../../src/cards/answer_jobs.ts";
import { drawQr } from "../../src/cards/qr.ts";
import type { KeptPhoto } from "../../src/store/photos.ts";
import { CODE, file, MISTYPED } from "../machines/samples.ts";
import { testPixels } from "./test_pixels.ts";

const callId = "4:0";
const job = { callId, file: file("at-telegram") };
const linkTo = (code: string) => `https://t.me/amanita_bot?start=v_${code}`;

/** Jobs over a Telegram that has this file, and what was kept. */
function given(bytes: Awaited<ReturnType<JobSources["download"]>>) {
  const kept: KeptPhoto[] = [];
  const asked: string[] = [];
  const jobs = openJobs({
    download(file_id) {
      asked.push(file_id);
      return Promise.resolve(bytes);
    },
    keep: (photo) => Promise.resolve(void kept.push(photo)),
  });
  return { jobs, kept, asked };
}

/** A picture of nothing. */
async function paint(width: number, height: number): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const background = { r: 200, g: 30, b: 30 };
  return await sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
}

/** Two QR codes beside each other. */
async function beside(left: string, right: string): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const [one, two] = [await drawQr(left), await drawQr(right)];
  const { width = 0, height = 0 } = await sharp(one).metadata();
  return await sharp(one).extend({ right: width, background: "#ffffff" })
    .composite([{ input: await sharp(two).resize(width, height).toBuffer(), left: width, top: 0 }])
    .png().toBuffer();
}

testPixels("photo is refitted, kept and named by the sha256 of what was kept", async () => {
  const { jobs, kept, asked } = given(await paint(300, 200));
  const answer = await jobs.checkPhoto(job);
  assertEquals(asked, ["at-telegram"]);
  assertEquals(kept.map(({ type, width, height }) => ({ type, width, height })), [
    { type: "image/jpeg", width: 300, height: 200 },
  ]);
  assertEquals(answer, { type: "PhotoKept", callId, sha256: kept[0]?.sha256 ?? "" });
});

testPixels("photo that cannot be used is refused with its reason, and not kept", async () => {
  const refusals = [
    [new TextEncoder().encode("<html>"), "not_an_image"],
    [await paint(900, 30), "too_narrow"],
    [(await paint(300, 200)).slice(0, 60), "broken"],
    [{ refused: "too_big" }, "too_big"],
    [{ refused: "unavailable" }, "unavailable"],
  ] as const;
  for (const [bytes, reason] of refusals) {
    const { jobs, kept } = given(bytes);
    assertEquals(await jobs.checkPhoto(job), { type: "PhotoRefused", callId, reason });
    assertEquals(kept, []);
  }
});

testPixels("code of a card is read from a picture of its QR", async () => {
  const { jobs } = given(await drawQr(linkTo(CODE)));
  assertEquals(await jobs.readCode(job), { type: "CodeRead", callId, code: CODE });
});

testPixels("of several QRs on a picture, the card's counts, wherever it stands", async () => {
  for (const other of ["https://example.org/menu", linkTo(MISTYPED)]) {
    for (const links of [[other, linkTo(CODE)], [linkTo(CODE), other]] as const) {
      const { jobs } = given(await beside(...links));
      assertEquals(await jobs.readCode(job), { type: "CodeRead", callId, code: CODE });
    }
  }
});

testPixels("picture without a card's code is refused with the reason", async () => {
  const refusals = [
    [await paint(300, 200), "no_code"],
    [await drawQr("https://example.org/menu"), "foreign"],
    [await drawQr(linkTo(MISTYPED)), "mistyped"],
    [new TextEncoder().encode("%PDF-1.7"), "not_an_image"],
    [new Uint8Array(20 * 1024 * 1024 + 1), "too_big"],
    [(await paint(300, 200)).slice(0, 60), "no_code"],
    [{ refused: "too_big" }, "too_big"],
    [{ refused: "unavailable" }, "unavailable"],
  ] as const;
  for (const [bytes, reason] of refusals) {
    const answer = await given(bytes).jobs.readCode(job);
    assertEquals(answer, { type: "CodeUnreadable", callId, reason });
  }
});

Deno.test("job whose download fails is left to another try", async () => {
  const fails = () => Promise.reject(new Error("503"));
  const jobs = openJobs({ download: fails, keep: fails });
  await assertRejects(() => jobs.checkPhoto(job), Error, "503");
  await assertRejects(() => jobs.readCode(job), Error, "503");
});

testPixels("photo that cannot be kept is left to another try", async () => {
  const bytes = await paint(300, 200);
  const jobs = openJobs({
    download: () => Promise.resolve(bytes),
    keep: () => Promise.reject(new Error("no database")),
  });
  await assertRejects(() => jobs.checkPhoto(job), Error, "no database");
});
