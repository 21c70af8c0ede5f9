/** The same from Node: the emulator is a child process, and everything goes over HTTP. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { after, before, test } from "node:test";

/** How Deno is called here; elsewhere `npx deno@2.9.6`. */
const [command, ...first] = (process.env.DENO ?? "npx -y --prefer-offline deno@2.9.6").split(" ");
const emulator = { child: undefined, root: "", token: "", person: 0 };

before(async () => {
  const args = [...first, "run", "-q", "-P=emulator", "@amanita/emulator/cli"];
  // A group of its own: npx passes no signal on, so all of the group is told to end.
  emulator.child = spawn(command, args, {
    cwd: new URL("../../", import.meta.url),
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of emulator.child.stdout) {
    output += chunk;
    if (/Борис .*\n/.test(output)) break;
  }
  emulator.root = /Address +(\S+)/.exec(output)?.[1];
  emulator.token = /Token +(\S+)/.exec(output)?.[1];
  emulator.person = /(\d+) +Анна/.exec(output)?.[1];
});

after(async () => {
  const ended = once(emulator.child, "exit");
  process.kill(-emulator.child.pid, "SIGTERM");
  await ended;
});

/** Answers what is at this address; with a body it is posted. */
async function ask(path, body) {
  const headers = { "content-type": "application/json" };
  const posted = body && { method: "POST", body: JSON.stringify(body), headers };
  return await (await fetch(`${emulator.root}/${path}`, posted)).json();
}

const call = async (method, params) => await ask(`bot${emulator.token}/${method}`, params);

test("a bot in Node hears a person and answers", async () => {
  await ask(`control/people/${emulator.person}/say`, { text: "hello" });
  const { result: [update] } = await call("getUpdates", { timeout: 5 });
  assert.equal(update.message.text, "hello");
  await call("sendMessage", { chat_id: update.message.chat.id, text: "You said hello" });
  const { messages } = await ask(`control/people/${emulator.person}/messages`);
  assert.deepEqual(messages.map(({ text }) => text), ["hello", "You said hello"]);
});

test("a fault is planted from Node, and met once", async () => {
  await ask("control/faults", { method: "getMe", kind: "status", status: 502 });
  assert.equal((await call("getMe")).error_code, 502);
  assert.equal((await call("getMe")).ok, true);
});
