import { assertEquals } from "@std/assert";
import { readMakersPage } from "../../../src/flows/makers/render_maker_list.ts";

Deno.test("data of the list's pager lead to a page, and no other data do", () => {
  assertEquals(["1:makers_page:0", "1:makers_page:41"].map(readMakersPage), [0, 41]);
  for (const digits of ["", "-1", "1.5", "01", "1e3", "x", "1000001", "1:2"]) {
    assertEquals([digits, readMakersPage(`1:makers_page:${digits}`)], [digits, null]);
  }
  assertEquals(["1:makers", "1:page:0:a"].map(readMakersPage), [null, null]);
});
