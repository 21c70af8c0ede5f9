/** The README promises a bot in Node its Telegram: Node itself tries it. */
import { assertEquals } from "@std/assert";
import { guardedTest } from "./given_emulator.ts";

const tests = new URL("stranger_in_node.mjs", import.meta.url).pathname;

guardedTest("a stranger's test in Node talks to a child process", async () => {
  // Where there is no Node, Deno runs itself by that name.
  if (!(await node("--version")).told.startsWith("v")) {
    throw new Error("Cannot find node: install it, the README's commands need it too");
  }
  const { success, told } = await node("--test", "--test-reporter=tap", tests);
  const passed = /^# pass (\d+)$/m.exec(told)?.[1];
  assertEquals({ success, passed }, { success: true, passed: "2" }, told);
}, "run");

async function node(...args: string[]): Promise<{ success: boolean; told: string }> {
  const env = { DENO: Deno.execPath() };
  const { success, stdout } = await new Deno.Command("node", { args, env }).output();
  return { success, told: new TextDecoder().decode(stdout) };
}
