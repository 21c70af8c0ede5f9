/** What a newcomer sees while the first start makes its database and its demo. */
import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { needs, unless } from "../permissions.ts";

const permissions = [
  { name: "run" },
  { name: "net", host: "127.0.0.1" },
  { name: "read" },
  { name: "write" },
  { name: "ffi" },
] as const;

/** Lines as they come. */
async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

Deno.test({
  ...unless(
    needs(...permissions),
    "first dev opens its page at once, then says how far the demo is, and then where to look",
  ),
  async fn() {
    const folder = await Deno.makeTempDir();
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-check", "-P=dev", "src/dev.ts"],
      env: { DATA_DIR: folder, HTTP_PORT: "0", BOT_TOKEN: "", DATABASE_URL: "", NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    try {
      const told: string[] = [];
      const out = linesOf(child.stdout);
      const err = linesOf(child.stderr);
      const { value: first = "" } = await err.next();
      assertMatch(
        first,
        /^The web chat is at http:\S+, .* it makes a database in .*half a minute\.$/,
      );
      const root = /http:[^\s,]+/.exec(first)?.[0] ?? "";
      const page = await fetch(root);
      assertStringIncludes(await page.text(), "<html");
      const rest = (async () => {
        for await (const line of err) told.push(line);
      })();
      const { value: open = "" } = await out.next();
      assertEquals(open, `Open ${root} (pid ${child.pid}). Ctrl-C ends it.`);
      assertMatch(
        told.join("\n"),
        /^This is the first start: .*\n(?:.*\n)*The demo: (\d+) of \1$/m,
      );
      child.kill("SIGINT");
      assertEquals((await child.status).code, 0);
      await rest;
      assertEquals((await out.next()).done, true);
      assertLess(told.length, 60);
    } finally {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await Deno.remove(folder, { recursive: true });
    }
  },
});
