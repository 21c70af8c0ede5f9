import { assertEquals, assertRejects } from "@std/assert";
import { checkPhoto } from "../../../machines/flows/check_photo.ts";
import { jobs } from "../../../src/flows/check_photo/jobs.ts";
import { testPixels } from "../../cards/test_pixels.ts";
import { callId, givenJobs, paint } from "../given_jobs.ts";

testPixels("photo is refitted, kept and named by the sha256 of what was kept", async () => {
  const { work, kept, asked } = givenJobs(jobs, await paint(300, 200));
  const answer = await work(checkPhoto);
  assertEquals(asked, ["at-telegram"]);
  assertEquals(kept.map(({ type, width, height }) => ({ type, width, height })), [
    { type: "image/jpeg", width: 300, height: 200 },
  ]);
  assertEquals(answer, { type: "PhotoKept", callId, sha256: kept[0]?.sha256 ?? "" });
});

testPixels("photo that cannot be used is refused with its reason, and not kept", async () => {
  const refusals = [
    [new TextEncoder().encode("<html>"), "not_an_image"],
    [new TextEncoder().encode("\0\0\0\x18ftypheic"), "heic"],
    [await paint(900, 30), "too_narrow"],
    [(await paint(300, 200)).slice(0, 60), "broken"],
    [{ refused: "too_big" }, "too_big"],
    [{ refused: "unavailable" }, "unavailable"],
  ] as const;
  for (const [bytes, reason] of refusals) {
    const { work, kept } = givenJobs(jobs, bytes);
    assertEquals(await work(checkPhoto), { type: "PhotoRefused", callId, reason });
    assertEquals(kept, []);
  }
});

Deno.test("check of a photo whose download fails is left to another try", async () => {
  const download = () => Promise.reject(new Error("503"));
  const { work } = givenJobs(jobs, new Uint8Array(), { download });
  await assertRejects(() => work(checkPhoto), Error, "503");
});

testPixels("photo that cannot be kept is left to another try", async () => {
  const keepPhoto = () => Promise.reject(new Error("no database"));
  const { work } = givenJobs(jobs, await paint(300, 200), { keepPhoto });
  await assertRejects(() => work(checkPhoto), Error, "no database");
});
