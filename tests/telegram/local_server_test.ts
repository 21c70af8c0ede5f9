/** A Bot API server with `--local` names files by their place on its disk. */
import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { type Emulator, startEmulator } from "@amanita/emulator";
import { openApi } from "../../src/telegram/api.ts";
import { type Download, openDownload } from "../../src/telegram/download.ts";
import { guardedTest } from "../emulator/given_emulator.ts";

interface GivenLocal {
  emulator: Emulator;
  download: Download;
  /** What was logged, as it would be read. */
  lines: string[];
  /** Anna sends a file of these bytes. */
  send(bytes: Uint8Array): Promise<string>;
}

function localTest(
  name: string,
  { on_disk }: { on_disk: boolean },
  test: (given: GivenLocal) => Promise<void>,
) {
  guardedTest(name, async () => {
    const folder = await Deno.makeTempDir();
    const emulator = await startEmulator({ ...on_disk && { folder }, local: true });
    try {
      const anna = emulator.addPerson({ first_name: "Анна" });
      const { token, root } = emulator;
      const lines: string[] = [];
      const note = (message: string, told: Record<string, unknown>) =>
        void lines.push(message.replaceAll(/\{(\w+)\}/g, (_, key) => String(told[key])));
      await test({
        emulator,
        lines,
        download: openDownload({
          api: openApi({ token, root }),
          ...{ token, root, tries_max: 2 },
          log: { info: note, warn: note, error: note },
        }),
        async send(bytes) {
          const about = { file_name: "a.png", mime_type: "image/png" };
          return (await anna.document(bytes, about)).document?.file_id ?? "";
        },
      });
    } finally {
      await emulator.close();
      await Deno.remove(folder, { recursive: true });
    }
  }, "write");
}

const never = () => new AbortController().signal;

localTest("a file on this machine is read where it lies", { on_disk: true }, async (given) => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  assertEquals(await given.download(await given.send(bytes), never()), bytes);
  const big = await given.send(new Uint8Array(20 * 1024 * 1024 + 1));
  assertEquals(await given.download(big, never()), { refused: "too_big" });
  assertEquals(given.lines, []);
});

localTest(
  "files of another machine are refused, which is told once and without the token",
  { on_disk: false },
  async ({ emulator, download, send, lines }) => {
    for (const byte of [1, 2]) {
      const file = await send(new Uint8Array([byte]));
      assertEquals(await download(file, never()), { refused: "out_of_reach" });
    }
    assertEquals(lines.length, 1);
    assertMatch(lines[0] ?? "", /runs with --local .* cannot read them \(NotFound\)\. Run both on/);
    const [, secret = ""] = emulator.token.split(":");
    assertNotMatch(lines.join(), new RegExp(secret));
  },
);
