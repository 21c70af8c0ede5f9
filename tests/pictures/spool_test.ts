import { assertEquals, assertNotEquals } from "@std/assert";
import { Spool } from "../../src/pictures/cache/spool.ts";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "read" }, { name: "write" });

Deno.test({
  ...unless(reason, "files that are written one after the other never share their memory"),
  async fn() {
    const folder = await Deno.makeTempDir();
    let files = 0;
    const tempStorage = {
      blocks: [],
      newPath: () => `${folder}/${files++}`,
      makeRoom: () => false,
      giveUp: () => {},
    };
    const bytes = (fill: number) => new Uint8Array(70_000).fill(fill);
    const first = new Spool(tempStorage);
    await first.write(bytes(1));
    const { path, size } = await first.finish();
    assertEquals([size, await Deno.readFile(path)], [70_000, bytes(1)]);
    // As when nobody waits any more just as it was done.
    await first.discard();
    const [one, two] = [new Spool(tempStorage), new Spool(tempStorage)];
    await one.write(bytes(2).subarray(0, 9));
    await two.write(bytes(3).subarray(0, 9));
    const [a, b] = [await one.finish(), await two.finish()];
    assertEquals(await Deno.readFile(a.path), bytes(2).subarray(0, 9));
    assertEquals(await Deno.readFile(b.path), bytes(3).subarray(0, 9));
    assertNotEquals(a.sha256, b.sha256);
    await Deno.remove(folder, { recursive: true });
  },
});
