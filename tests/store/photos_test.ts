import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { openPhotos } from "../../src/store/photos.ts";
import { databaseTest } from "../database.ts";

const photo = (bytes: Uint8Array) => ({
  sha256: createHash("sha256").update(bytes).digest("hex"),
  bytes,
  type: "image/jpeg",
  width: 1200,
  height: 1600,
});

databaseTest("photo comes back byte for byte, also one of 2 MB", async ({ sql }) => {
  const photos = openPhotos(sql);
  const bytes = new Uint8Array(2 * 1024 * 1024).map((_, i) => (i * 31) ^ (i >> 8));
  const kept = photo(bytes);
  await photos.keep(kept);
  const read = await photos.read(kept.sha256);
  assertEquals(read?.length, bytes.length);
  assertEquals(read?.every((byte, i) => byte === bytes[i]), true);
  assertEquals(await photos.read("cd".repeat(32)), null);
});

databaseTest("same photo is kept once, by however many it is kept at once", async ({ sql }) => {
  const photos = openPhotos(sql);
  const bytes = new Uint8Array([1, 2, 3]);
  await Promise.all(Array.from({ length: 5 }, () => photos.keep(photo(bytes))));
  const [row] = await sql`select count(*)::int as n from photos`;
  assertEquals(row?.n, 1);
});

databaseTest(
  "each bot has its own file id of a photo, until Telegram refuses it",
  async ({ sql }) => {
    const photos = openPhotos(sql);
    assertEquals(await photos.fileId(1, "x"), null);
    await photos.keepFileId(1, "x", "one");
    await photos.keepFileId(2, "x", "two");
    await photos.keepFileId(1, "x", "newer");
    assertEquals(await photos.fileId(1, "x"), "newer");
    assertEquals(await photos.fileId(2, "x"), "two");
    await photos.dropFileId(1, "x");
    assertEquals(await photos.fileId(1, "x"), null);
    assertEquals(await photos.fileId(2, "x"), "two");
  },
);

databaseTest(
  "photo whose bytes are others is not shown, until it is kept again",
  async ({ sql }) => {
    const photos = openPhotos(sql);
    const kept = photo(new Uint8Array([1, 2, 3]));
    await photos.keep(kept);
    for (const damaged of [new Uint8Array([1, 2, 4]), new Uint8Array([1]), new Uint8Array()]) {
      await sql`update photos set bytes = ${damaged}`;
      assertEquals(await photos.read(kept.sha256), null);
    }
    await photos.keep(kept);
    assertEquals(new Uint8Array(await photos.read(kept.sha256) ?? []), kept.bytes);
  },
);
