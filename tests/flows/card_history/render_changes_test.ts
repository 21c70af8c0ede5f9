import { assertEquals } from "@std/assert";
import { readHistoryPage } from "../../../src/flows/card_history/render_changes.ts";

Deno.test("data of a history's pager lead to a card's page, and no other data do", () => {
  assertEquals(readHistoryPage("1:history_page:17:2"), { number: 17, page: 2 });
  for (
    const rest of ["", "17", "0:1", "17:-1", "17:1.5", "017:1", "17:1:2", "17:x", "17:1000001"]
  ) {
    assertEquals([rest, readHistoryPage(`1:history_page:${rest}`)], [rest, null]);
  }
  assertEquals(readHistoryPage("1:history:17"), null);
});
