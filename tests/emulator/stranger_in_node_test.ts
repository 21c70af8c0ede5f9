/** The README promises a bot in Node its Telegram: Node itself tries it. */
import { assertEquals } from "@std/assert";
import { guardedTest } from "./given_emulator.ts";

const tests = new URL("stranger_in_node.mjs", import.meta.url).pathname;

guardedTest("a stranger's test in Node talks to a child process", async () => {
  const { success, stdout } = await node("--test", "--test-reporter=tap", tests);
  const told = new TextDecoder().decode(stdout);
  assertEquals({ success, passed: /^# pass (\d+)$/m.exec(told)?.[1] }, {
    success: true,
    passed: "2",
  }, told);
}, "run");

/** Rejects with a sentence when there is no Node. */
async function node(...args: string[]): Promise<Deno.CommandOutput> {
  try {
    return await new Deno.Command("node", { args, env: { DENO: Deno.execPath() } }).output();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error("Cannot find node: install it, the README's commands need it too", { cause });
  }
}
