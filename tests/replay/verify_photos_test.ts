import { assert, assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { charts } from "../../machines/charts.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openPhotos } from "../../src/store/photos.ts";
import { databaseTest } from "../database.ts";

const verify = (sql: Database["sql"]) => verifyLog(sql, { charts, projections });

databaseTest("verify names photos whose bytes are not those that were kept", async ({ sql }) => {
  const photos = openPhotos(sql);
  const names = [0, 1, 2].map((i) => new Uint8Array([i, i, i])).map((bytes) => ({
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  }));
  for (const photo of names) {
    await photos.keep({ ...photo, type: "image/png", width: 1, height: 1 });
  }
  assertEquals((await verify(sql)).photos, { photos: 3, damaged: [] });
  const [one = "", other = ""] = names.map(({ sha256 }) => sha256).toSorted();
  await sql`update photos set bytes = substr(bytes, 1, 1) where sha256 in (${one}, ${other})`;
  const { faults, fault_count, projections } = await verify(sql);
  assertEquals(
    faults,
    [one, other].map((name) => `photo ${name}: its bytes are not those that were kept`),
  );
  assertEquals(fault_count, 2);
  assert(projections?.every(({ differing }) => differing === 0), "the log is whole all the same");
});
