/** How much memory a process takes that has carried so many dialogues. */
import { openDatabase } from "../../src/store/open_database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { openWholePath } from "./whole_path.ts";

/** Runs the dialogues in a process of their own on the empty database at `url`; says its RSS. */
export async function memoryAfter(url: string, dialogues: number): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    // As `deno task start` runs it.
    args: [
      "run",
      "-q",
      "-P=bench",
      "--v8-flags=--max-semi-space-size=16",
      import.meta.filename ?? "",
      url,
      String(dialogues),
    ],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`The process ended early: ${text.decode(stderr)}`);
  return text.decode(stdout).trim();
}

async function carry(url: string, dialogues: number): Promise<string> {
  const database = await openDatabase({ url });
  await migrate(database, migrations);
  const path = openWholePath(database);
  let begun = 0;
  await Promise.all(Array.from({ length: 256 }, async () => {
    while (begun++ < dialogues) {
      await path.apply(crypto.randomUUID(), { kind: "command", name: "start", argument: "" });
    }
  }));
  const rss_mb = Deno.memoryUsage().rss / 2 ** 20;
  await database.close();
  return `${rss_mb.toFixed(0)} MB RSS after ${dialogues} dialogues`;
}

if (import.meta.main) {
  const [url = "", dialogues = "0"] = Deno.args;
  Deno.stdout.writeSync(new TextEncoder().encode(await carry(url, Number(dialogues))));
  Deno.exit(0);
}
