/** How much memory a process takes that checks a log, at the most. */
import { charts } from "../../machines/charts.ts";
import { openCheckThreads } from "../../src/replay/check/check_threads.ts";
import { checkParts } from "../../src/replay/check/check_parts.ts";
import { measureLog } from "../../src/replay/log/read_pages.ts";
import { openDatabase } from "../../src/store/open_database.ts";

/** Checks the log at `url` so often in a process of its own; its largest RSS in MB. */
export async function memoryOfCheck(url: string, times: number): Promise<number> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    // As `deno task replay` runs it.
    args: [
      ...["run", "-q", "-P=bench"],
      "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=60",
      ...[import.meta.filename ?? "", url, String(times)],
    ],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`The process ended early: ${text.decode(stderr)}`);
  return Number(text.decode(stdout));
}

async function check(url: string, times: number): Promise<number> {
  const { sql, close } = await openDatabase({ url }, { read_only: true });
  const { head, facts } = await measureLog(sql);
  const aside = openCheckThreads(url);
  let most = 0;
  const onProgress = () => void (most = Math.max(most, Deno.memoryUsage().rss));
  for (let n = 0; n < times; n++) {
    await checkParts(sql, { charts, upto: head, facts, aside, onProgress });
  }
  await close();
  return Math.round(most / 2 ** 20);
}

if (import.meta.main) {
  const [url = "", times = "1"] = Deno.args;
  Deno.stdout.writeSync(new TextEncoder().encode(String(await check(url, Number(times)))));
  Deno.exit(0);
}
