/** What a forged log brings along never steers the terminal that shows it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openColours } from "../../src/replay/cli/paint.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { nameOfGolden } from "../logs/golden_logs.ts";
import { outcome, processTest, program } from "./replay_process.ts";

const STEERING = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;
const golden = () => new URL(`../logs/${nameOfGolden()}`, import.meta.url).pathname;

Deno.test("terminal takes colours of ours, and none of a log's", () => {
  const { paint, show } = openColours(true);
  assertEquals(
    show(paint.good("да \x1b[31mнет\x1b[0m")),
    "\x1b[32mда \\u001b[31mнет\\u001b[0m\x1b[39m",
  );
  const other = openColours(true).paint.good("forged");
  assert(!show(other).includes("\x1b"), "colours that another run has signed");
});

processTest(
  "replay process spells out what would steer a terminal, on every way",
  async (folder) => {
    await outcome(program(folder, ["import", golden(), "--into", folder]));
    const { sql, close } = await openDatabase({ folder: `${folder}/postgres` });
    const hostile = "dialogue:\x1b]0;x\x07\x9b2J\u202e\nWhole: all is well";
    await sql.unsafe("alter table events disable trigger all").simple();
    const [row] = await sql<{ stream: string }[]>`
    select stream from events where type = 'NameProvided' limit 1`;
    await sql`update events set stream = ${hostile} where stream = ${row?.stream ?? ""}`;
    await sql`update events set data = data || ${
      JSON.stringify({ name: "\x1b[2J\u202eмой" })
    }::text::jsonb
    where type = 'NameProvided'`;
    await sql`update streams set stream = ${hostile} where stream = ${row?.stream ?? ""}`;
    await close();
    const ways = [
      ["list"],
      ["show", hostile],
      ["show", hostile, "--json"],
      ["run", hostile],
      ["check", "--all"],
      ["check", "\x1b[2J.jsonl"],
      ["verify"],
      ["bisect", hostile, "--good", "0", "--bad", "3", "--when", "\x1b[2J"],
      ["graph", "\x1b[2J\u202e"],
      ["export", "--all"],
      ["\x1b[2J"],
      ["list", "--\x1b[2J"],
    ];
    let spelled = 0;
    for (const args of ways) {
      const { code, out, err } = await outcome(program(folder, args));
      const said = out + err;
      const steering = said.split("\n").find((line) => STEERING.test(line));
      assertEquals([args[0], steering, code === 70], [args[0], undefined, false]);
      if (said.includes("\\u001b")) spelled++;
      if (args[0] === "verify") assertStringIncludes(out, "\\u202e\\u000aWhole: all is well");
      if (args.includes("--json")) { for (const line of out.trim().split("\n")) JSON.parse(line); }
    }
    assert(spelled > 8, `${spelled} showed it`);
  },
);
