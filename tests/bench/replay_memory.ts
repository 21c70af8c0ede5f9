/** How much memory a process takes that checks so many facts, at the most. */
import { charts } from "../../machines/charts.ts";
import { checkLog } from "../../src/replay/check_log.ts";
import { readFoldedPages } from "../../src/replay/read_pages.ts";
import { openDatabase } from "../../src/store/open_database.ts";

/** Checks the log at `url` up to a position in a process of its own; its largest RSS in MB. */
export async function memoryOfCheck(url: string, upto: number): Promise<number> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    // As `deno task replay` runs it.
    args: [
      "run",
      "-q",
      "-P=bench",
      "--v8-flags=--max-semi-space-size=4",
      import.meta.filename ?? "",
      url,
      String(upto),
    ],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`The process ended early: ${text.decode(stderr)}`);
  return Number(text.decode(stdout));
}

async function check(url: string, upto: number): Promise<number> {
  const { sql, close } = await openDatabase({ url }, { read_only: true });
  let most = 0;
  await checkLog(readFoldedPages(sql, { upto }), {
    charts,
    onProgress: () => void (most = Math.max(most, Deno.memoryUsage().rss)),
  });
  await close();
  return Math.round(most / 2 ** 20);
}

if (import.meta.main) {
  const [url = "", upto = "0"] = Deno.args;
  Deno.stdout.writeSync(new TextEncoder().encode(String(await check(url, Number(upto)))));
  Deno.exit(0);
}
