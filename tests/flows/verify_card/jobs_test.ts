import { assertEquals, assertRejects } from "@std/assert";
import { readCode } from "../../../machines/flows/verify_card.ts";
import { drawQr } from "../../../src/cards/qr.ts";
import { jobs } from "../../../src/flows/verify_card/jobs.ts";
import { testPixels } from "../../cards/test_pixels.ts";
import { CODE, MISTYPED } from "../../machines/samples.ts";
import { callId, givenJobs, paint } from "../given_jobs.ts";

const linkTo = (code: string) => `https://t.me/amanita_bot?start=v_${code}`;

/** Two QR codes beside each other. */
async function beside(left: string, right: string): Promise<Uint8Array> {
  const { sharp } = await import("../../../src/cards/pixels.ts");
  const [one, two] = [await drawQr(left), await drawQr(right)];
  const { width = 0, height = 0 } = await sharp(one).metadata();
  return await sharp(one).extend({ right: width, background: "#ffffff" })
    .composite([{ input: await sharp(two).resize(width, height).toBuffer(), left: width, top: 0 }])
    .png().toBuffer();
}

testPixels("code of a card is read from a picture of its QR", async () => {
  const { work } = givenJobs(jobs, await drawQr(linkTo(CODE)));
  assertEquals(await work(readCode), { type: "CodeRead", callId, code: CODE });
});

testPixels("of several QRs on a picture, the card's counts, wherever it stands", async () => {
  for (const other of ["https://example.org/menu", linkTo(MISTYPED)]) {
    for (const links of [[other, linkTo(CODE)], [linkTo(CODE), other]] as const) {
      const { work } = givenJobs(jobs, await beside(...links));
      assertEquals(await work(readCode), { type: "CodeRead", callId, code: CODE });
    }
  }
});

testPixels("picture without a card's code is refused with the reason", async () => {
  const refusals = [
    [await paint(300, 200), "no_code"],
    [await drawQr("https://example.org/menu"), "foreign"],
    [await drawQr(linkTo(MISTYPED)), "mistyped"],
    [new TextEncoder().encode("%PDF-1.7"), "not_an_image"],
    [new TextEncoder().encode("\0\0\0\x18ftypheic"), "heic"],
    [new Uint8Array(20 * 1024 * 1024 + 1), "too_big"],
    [(await paint(300, 200)).slice(0, 60), "no_code"],
    [{ refused: "too_big" }, "too_big"],
    [{ refused: "unavailable" }, "unavailable"],
  ] as const;
  for (const [bytes, reason] of refusals) {
    const answer = await givenJobs(jobs, bytes).work(readCode);
    // What could not be had is nobody's miss.
    const miss = reason === "unavailable" ? {} : { missed: true } as const;
    assertEquals(answer, { type: "CodeUnreadable", callId, ...miss, reason });
  }
});

Deno.test("reading of a picture whose download fails is left to another try", async () => {
  const download = () => Promise.reject(new Error("503"));
  const { work } = givenJobs(jobs, new Uint8Array(), { download });
  await assertRejects(() => work(readCode), Error, "503");
});
