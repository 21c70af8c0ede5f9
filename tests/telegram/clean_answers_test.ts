import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { GrammyError } from "grammy";
import { openApi } from "../../src/telegram/api.ts";
import { emulatorTest } from "../emulator/given_emulator.ts";

/** JSON as somebody else's server writes it: halves of characters as they are. */
const HALF = "\\ud800";

emulatorTest("texts of an answer are clean, wherever they stand", async ({ emulator }) => {
  const api = openApi({ token: emulator.token, root: emulator.root });
  const body = `{"ok":true,"result":{"file_id":"a\\u0000b","file_unique_id":"${HALF}",
    "file_path":"photos/${HALF}.jpg","sizes":[{"file_id":"\\u0000"}]}}`;
  emulator.fault({ method: "getFile", times: 1, kind: "answer", body });
  assertEquals<unknown>(await api.getFile("a"), {
    file_id: "ab",
    file_unique_id: "\uFFFD",
    file_path: "photos/\uFFFD.jpg",
    sizes: [{ file_id: "" }],
  });
});

emulatorTest("a refusal's words are clean and short, its numbers numbers", async (given) => {
  const { emulator } = given;
  const api = openApi({ token: emulator.token, root: emulator.root });
  const refusalOf = async (body: string) => {
    emulator.fault({ method: "getFile", times: 1, kind: "answer", status: 400, body });
    return await assertRejects(() => api.getFile("a"), GrammyError);
  };
  const long = await refusalOf(
    `{"ok":false,"error_code":400,"description":"\\u0000${HALF}${"x".repeat(5_000)}",
      "parameters":{"retry_after":1e400,"migrate_to_chat_id":"-5"}}`,
  );
  assert(long.description.startsWith("\uFFFDx"));
  assertLess(long.description.length, 1_000);
  assertEquals([long.error_code, long.parameters], [400, {}]);
  const bodies = ["null", "7", "[]", '{"ok":"yes"}', '{"ok":false,"error_code":"400"}'];
  for (const body of bodies) assertEquals((await refusalOf(body)).error_code, 502, body);
});
