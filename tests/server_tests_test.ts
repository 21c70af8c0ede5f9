import { assert, assertEquals } from "@std/assert";
import { serverTests } from "./server_tests.ts";
import { readSources, sourceTest } from "./source_files.ts";

sourceTest("tests on a database run on a server as well, and no others", async () => {
  const listed = new Set(await serverTests());
  const tests = (await readSources("tests")).filter(({ path }) => path.endsWith("_test.ts"));
  const declares = /\b(?:databaseTest|serverTest|ownersTest|botTest|openWorld|freshDatabase)\(/;
  const forgotten = tests.filter(({ path, text }) => declares.test(text) && !listed.has(path));
  assertEquals(forgotten.map(({ path }) => path), []);
  for (const path of ["tests/layers_test.ts", "tests/events/read_code_test.ts"]) {
    assert(!listed.has(path), path);
  }
});
