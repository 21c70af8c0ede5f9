import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { serverOnly } from "../../database.ts";
import { needs, unless } from "../../permissions.ts";
import { openCareless } from "./careless.ts";
import { type Checked, faultsOf, obeying, type Tally } from "./contender.ts";
import { type Engine, ENGINES } from "./engine_list.ts";
import { startEngine } from "./engine_process.ts";
import { benchEngines } from "./engines.ts";
import { linesOf } from "./text_lines.ts";
import { openVersions } from "./versions.ts";
import { openWritten } from "./written.ts";

const SHORT = { rounds: 1, seconds: 0.1 };
const server = () => Deno.env.get("TEST_DATABASE_URL");
const engine = (title: string, script: string) => ({ title, script, how: "for a test" });
const tallyOf = (applied: number, differing: Partial<Tally> = {}): Tally => ({
  ...{ facts: applied * 2, checks: applied, scans: applied, messages: applied, gaps: 0 },
  ...differing,
});

/** What needs a server, and engines from npm. */
function enginesTest(name: string, fn: () => Promise<void>): void {
  const reason = needs({ name: "run" }, { name: "read" }, { name: "env" }) || serverOnly();
  Deno.test({ ...unless(reason, name), fn });
}

Deno.test("updates that were applied once each have no fault", () => {
  assertEquals(faultsOf({ applied: 3, once: tallyOf(3), again: tallyOf(3) }), []);
});

Deno.test("every count that is another is told", () => {
  for (const key of Object.keys(tallyOf(3)) as (keyof Tally)[]) {
    const lost: Checked = { applied: 3, once: tallyOf(3, { [key]: 7 }), again: tallyOf(3) };
    assertEquals(faultsOf(lost), [`7 ${key} instead of ${tallyOf(3)[key]} after 3 updates`]);
    const doubled: Checked = { applied: 3, once: tallyOf(3), again: tallyOf(3, { [key]: 7 }) };
    assertStringIncludes(faultsOf(doubled).join(), `7 ${key}`);
  }
});

Deno.test("an engine that applies what comes again is found out", async () => {
  const obey = obeying(await openCareless(), 1);
  await obey({ do: "measure", lanes: 4, duration_ms: 10 });
  const checked = await obey({ do: "check" });
  if (checked.is !== "checked") throw new Error(`It answered with ${checked.is}`);
  assertEquals(faultsOf({ ...checked, again: checked.once }), []);
  assertEquals(faultsOf(checked).length, 4);
});

Deno.test("an append that another was before is tried at the version that is read", async () => {
  let stands = 4;
  const versions = openVersions(() => Promise.resolve(stands));
  const tried: number[] = [];
  const append = (version: number) => {
    tried.push(version);
    return Promise.resolve(version === stands ? "appended" as const : "conflict" as const);
  };
  await versions.append("a", 2, append);
  stands = 10;
  await versions.append("a", 2, append);
  assertEquals(tried, [4, 6, 10]);
  await assertRejects(() => versions.append("a", 2, () => Promise.resolve("conflict")), Error);
});

/** What is wrong with an engine after a short round; nothing where each update was applied once. */
async function tryOut(one: Engine, url: string): Promise<string[]> {
  await using process = await startEngine(one, url, 1_000_000);
  const { steps } = await process.measure(8, SHORT.seconds * 1000);
  return [...steps > 0 ? [] : ["no step was made"], ...faultsOf(await process.check())];
}

enginesTest("every engine does the step once for each update", async () => {
  await using written = openWritten(server() ?? "");
  const all = await Promise.all(ENGINES.map(async (one) => {
    const url = await written.create("test");
    const faults = await tryOut(one, url).catch((error) => [String(error)]);
    return { title: one.title, faults };
  }));
  assertEquals(all, ENGINES.map(({ title }) => ({ title, faults: [] })));
});

enginesTest(
  "a process that is kept ends when whoever keeps it has nothing more to say",
  async () => {
    const path = new URL("packages/keep_process.ts", import.meta.url).pathname;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-P", path, "eval", "console.log('runs'); setInterval(() => {}, 1000)"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const lines = linesOf(child.stdout);
    assertEquals((await lines.next()).value, "runs");
    await child.stdin.close();
    assertEquals((await child.status).code, 143);
    assertEquals((await lines.next()).done, true);
  },
);

enginesTest("the bench tells figures, engines that cannot be run, and ends well", async () => {
  const lines: string[] = [];
  const [core] = ENGINES;
  const is_sound = await benchEngines((line) => void lines.push(line), server(), SHORT, [
    ...core ? [core] : [],
    engine("Nobody's engine", "nobodys.ts"),
  ]);
  const text = lines.join("\n");
  assertEquals(is_sound, true, text);
  assertStringIncludes(text, "Nobody's engine cannot be run here: error: Module not found");
  assertStringIncludes(text, "64 at once");
  assertEquals(text.match(/this project's core .*1\.00 ×/g)?.length, 2, text);
});

enginesTest("the bench ends badly where an update was applied twice", async () => {
  const lines: string[] = [];
  const careless = [engine("Careless", "careless.ts")];
  const is_sound = await benchEngines((line) => void lines.push(line), server(), SHORT, careless);
  assertEquals(is_sound, false);
  assertStringIncludes(lines.join("\n"), "WRONG: Careless: ");
});

enginesTest("engines with packages of their own are of sound types", async () => {
  const folder = new URL("packages/", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "-q", "."],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
});
