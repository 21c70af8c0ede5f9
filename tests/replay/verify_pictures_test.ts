/** Ids of files for pictures from the web: facts tell of them, and nothing is kept of their bytes. */
import { assertEquals, assertMatch } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";
import { openLog } from "../../src/store/log.ts";
import { databaseTest } from "../database.ts";
import { anyCharts, write } from "../store/pen.ts";

for (const type of ["PictureFetched", "PictureServedStale"]) {
  databaseTest(`verify knows a picture of which ${type} tells`, async ({ sql }) => {
    const sha256 = "b".repeat(64);
    const faults = async () =>
      (await verifyLog(sql, { charts: anyCharts, projections: [], migrations })).faults
        .filter((it) => it.startsWith("photo_files"));
    await sql`insert into photo_files (bot, sha256, file_id) values (7, ${sha256}, 'AgAD-web')`;
    assertMatch((await faults())[0] ?? "", /for b+: nobody knows of such a photo/);
    const pictures = [{ index: 0, sha256, type: "jpg" }];
    const data = { callId: "1:0", product: "umbrella", pictures, missing: [] };
    await write(openLog(sql, [], v4()), dialogueStream(v4()), { type, data });
    assertEquals(await faults(), []);
  });
}
