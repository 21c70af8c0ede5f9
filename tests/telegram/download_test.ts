import { assert, assertEquals, assertNotMatch, assertRejects } from "@std/assert";
import { openApi } from "../../src/telegram/api.ts";
import { openDownload } from "../../src/telegram/download.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";

function downloadOf({ emulator }: EmulatorFixture, tries_max = 6) {
  const { token, root } = emulator;
  const timeout_ms = 500;
  const api = openApi({ token, root, timeout_ms });
  return openDownload({ api, token, root, timeout_ms, tries_max });
}

const never = () => new AbortController().signal;
const png = { file_name: "a.png", mime_type: "image/png" };

/** Anna sends a file of so many bytes. */
async function fileOf({ anna }: EmulatorFixture, bytes: Uint8Array): Promise<string> {
  const message = await anna.document(bytes, png);
  return message.document?.file_id ?? "";
}

emulatorTest("a file comes byte for byte", async (given) => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  assertEquals(await downloadOf(given)(await fileOf(given, bytes), never()), bytes);
});

emulatorTest("a file of more than 20 MB is refused", async (given) => {
  const file = await fileOf(given, new Uint8Array(20 * 1024 * 1024 + 1));
  assertEquals(await downloadOf(given)(file, never()), { refused: "too_big" });
});

emulatorTest("a file that Telegram does not know is unavailable", async (given) => {
  assertEquals(await downloadOf(given)("nothing", never()), { refused: "unavailable" });
});

emulatorTest("a passing trouble is tried through", async (given) => {
  const bytes = new Uint8Array([1, 2, 3]);
  const file = await fileOf(given, bytes);
  given.emulator.fault({ method: "getFile", times: 1, kind: "status", status: 500 });
  given.emulator.fault({ method: "getFile", times: 1, kind: "cut_before" });
  assertEquals(await downloadOf(given)(file, never()), bytes);
});

emulatorTest("a lasting trouble makes a file unavailable", async (given) => {
  const file = await fileOf(given, new Uint8Array([1]));
  given.emulator.fault({ method: "getFile", times: 100, kind: "status", status: 500 });
  assertEquals(await downloadOf(given, 3)(file, never()), { refused: "unavailable" });
});

emulatorTest("a download waits for as long as Telegram asks", async (given) => {
  const file = await fileOf(given, new Uint8Array([1, 2]));
  given.emulator.fault({
    method: "getFile",
    times: 1,
    kind: "status",
    status: 429,
    retry_after: 2,
  });
  const begin = performance.now();
  // By chance alone it would wait for a second at the most.
  assertEquals(await downloadOf(given)(file, never()), new Uint8Array([1, 2]));
  assert(performance.now() - begin >= 1_900);
});

emulatorTest("an ending process breaks a download off, without naming the link", async (given) => {
  const file = await fileOf(given, new Uint8Array([1]));
  given.emulator.fault({ method: "getFile", times: 100, kind: "hang" });
  const ending = new AbortController();
  const download = downloadOf(given)(file, ending.signal);
  ending.abort();
  const error = await assertRejects(() => download);
  const [, secret = ""] = given.emulator.token.split(":");
  assertNotMatch(Deno.inspect(error), new RegExp(secret));
});

emulatorTest("more than was announced is cut off while it streams", async (given) => {
  const size = 21 * 1024 * 1024;
  let sent = 0;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    if (new URL(request.url).pathname.endsWith("/getFile")) {
      const result = { file_id: "f", file_unique_id: "u", file_path: "big.png" };
      return Response.json({ ok: true, result });
    }
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
        if (sent >= size * 3) controller.close();
      },
    });
    return new Response(body);
  });
  const root = `http://127.0.0.1:${server.addr.port}`;
  const { token } = given.emulator;
  const download = openDownload({ api: openApi({ token, root }), token, root });
  assertEquals(await download("f", never()), { refused: "too_big" });
  await server.shutdown();
  assert(sent < size * 3);
});
