import { assertEquals, assertRejects } from "@std/assert";
import { ifThere } from "../../src/base/if_there.ts";

Deno.test("file that is not there is null, and one that cannot be read is an error", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/file`, "text");
    assertEquals(await ifThere(Deno.readTextFile(`${folder}/file`)), "text");
    assertEquals(await ifThere(Deno.readTextFile(`${folder}/none`)), null);
    await assertRejects(() => ifThere(Deno.readTextFile(folder)));
    await assertRejects(() => ifThere(Deno.stat(`${folder}/file/inside`)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
