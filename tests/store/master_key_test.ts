/** The key of all people's keys: given, or made once in a folder, whoever comes first. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { openMasterKey } from "../../src/store/master_key.ts";
import { seal, unseal } from "../../src/store/seal.ts";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "read" }, { name: "write" });

function folderTest(name: string, test: (folder: string) => Promise<void>): void {
  Deno.test({
    ...unless(reason, name),
    async fn() {
      const above = await Deno.makeTempDir();
      try {
        await test(`${above}/data`);
      } finally {
        await Deno.remove(above, { recursive: true });
      }
    },
  });
}

Deno.test("a key that is given is that key, and needs no folder", async () => {
  const given = "C".repeat(43) + "=";
  const one = await openMasterKey(given, "/nowhere");
  const same = await openMasterKey(given, "/nowhere");
  const other = await openMasterKey("D".repeat(43) + "=", "/nowhere");
  assertEquals(one.fingerprint, "7837bcfa9476");
  assertEquals(same.fingerprint, one.fingerprint);
  assertNotEquals(other.fingerprint, one.fingerprint);
  const token = await seal(one.key, "a name", "person");
  assertEquals(await unseal(same.key, token, "person"), "a name");
  assertEquals(await unseal(other.key, token, "person"), null);
});

folderTest("a key is made once, of 32 bytes, and for its owner's eyes only", async (folder) => {
  const made = await openMasterKey(null, folder);
  assertEquals((await openMasterKey(null, folder)).fingerprint, made.fingerprint);
  const path = `${folder}/pii.key`;
  const text = await Deno.readTextFile(path);
  assertEquals(Uint8Array.fromBase64(text.trim()).length, 32);
  assertEquals((await openMasterKey(text.trim(), "/nowhere")).fingerprint, made.fingerprint);
  if (Deno.build.os !== "windows") {
    assertEquals([await modeOf(folder), await modeOf(path)], [0o700, 0o600]);
  }
});

folderTest("processes that start at once read one key, and leave nothing else", async (folder) => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => openMasterKey(null, folder)));
  assertEquals(new Set(keys.map(({ fingerprint }) => fingerprint)).size, 1);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  assertEquals(names, ["pii.key"]);
});

folderTest("no two folders have one key", async (folder) => {
  const one = await openMasterKey(null, folder);
  assertNotEquals((await openMasterKey(null, `${folder}/another`)).fingerprint, one.fingerprint);
});

async function modeOf(path: string): Promise<number> {
  return (await Deno.stat(path)).mode! & 0o777;
}
