import { startEmulator } from "@amanita/emulator";
import { InputFile } from "grammy";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { apiOf, guardedTest } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";
import { inFolder } from "./in_folder.ts";

const cli = new URL("../../src/emulator/cli.ts", import.meta.url);

interface Running {
  child: Deno.ChildProcess;
  root: string;
  token: string;
  person: number;
}

/** The emulator in a process of its own, ready to be killed. */
async function run(folder: string): Promise<Running> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", cli.pathname, "--folder", folder],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let output = "";
  while (!/Борис .+\n/.test(output)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot start the emulator: it ended after ${output}`);
    output += value;
  }
  await reader.cancel();
  const word = (pattern: RegExp) => pattern.exec(output)?.[1] ?? "";
  return {
    child,
    root: word(/Address +(\S+)/),
    token: word(/Token +(\S+)/),
    person: Number(word(/(\d+) +Анна/)),
  };
}

async function say({ root, person }: Running, text: string) {
  const response = await fetch(`${root}/control/people/${person}/say`, {
    method: "POST",
    body: JSON.stringify({ text }),
  });
  return (await response.json()).message;
}

async function messages({ root, person }: Running): Promise<{ message_id: number }[]> {
  return (await (await fetch(`${root}/control/people/${person}/messages`)).json()).messages;
}

function isOnDisk(folder: string, message_id: number): boolean {
  try {
    return Deno.readTextFileSync(`${folder}/state.json`).includes(String(message_id));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

guardedTest(
  "a killed emulator comes back with its chats and repeats no id",
  () =>
    inFolder(async (folder) => {
      const first = await run(folder);
      const api = apiOf(first);
      await say(first, "/start");
      const sent = await api.sendDocument(first.person, new InputFile(new Uint8Array(9), "a.bin"));
      await eventually("it is on disk", () => isOnDisk(folder, sent.message_id));
      const kept = await messages(first);
      // These may or may not be on disk when the process dies; their ids must be gone all the same.
      const late = await Promise.all(Array.from({ length: 20 }, (_, i) => say(first, `late ${i}`)));
      const updates = await api.getUpdates();
      first.child.kill("SIGKILL");
      await first.child.status;

      const second = await run(folder);
      try {
        assertEquals([second.token, second.person], [first.token, first.person]);
        assertEquals((await messages(second)).slice(0, kept.length), kept);
        const again = apiOf(second);
        const pending = await again.getUpdates();
        assertEquals(pending[0], updates[0]);
        const { file_path } = await again.getFile(sent.document.file_id);
        const file = await fetch(`${second.root}/file/bot${second.token}/${file_path}`);
        assertEquals((await file.bytes()).length, 9);
        const { message_id } = await say(second, "new");
        const newest = (await again.getUpdates()).at(-1);
        assert(message_id > Math.max(...late.map((message) => message.message_id)));
        assert((newest?.update_id ?? 0) > Math.max(...updates.map(({ update_id }) => update_id)));
      } finally {
        second.child.kill("SIGTERM");
        assertEquals((await second.child.status).code, 0);
      }
    }),
  "write",
  "run",
);

guardedTest("a closed emulator loses nothing", () =>
  inFolder(async (folder) => {
    const people = [{ first_name: "Анна" }];
    const first = await startEmulator({ folder, people });
    const api = apiOf(first);
    const [id = 0] = first.people().map((person) => person.id);
    const anna = first.person(id);
    await anna.say("hi");
    await api.setMyCommands([{ command: "start", description: "Начать" }]);
    const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
    await api.sendMessage(id, "Да?", { reply_markup });
    const tap = await anna.tapButton("Да");
    await api.getUpdates({ allowed_updates: ["message", "callback_query"] });
    first.advance(60_000);
    const seen = anna.messages();
    await first.close();

    const second = await startEmulator({ folder, people });
    try {
      assertEquals([second.token, second.bot, second.people()], [
        first.token,
        first.bot,
        first.people(),
      ]);
      const later = second.person(id);
      const again = apiOf(second);
      assertEquals(later.messages(), seen);
      assertEquals(second.pendingUpdates(), 2);
      assertEquals((await again.getMyCommands()).length, 1);
      assertEquals((await again.getWebhookInfo()).allowed_updates, ["message", "callback_query"]);
      assertEquals(later.answered(tap), false);
      await again.answerCallbackQuery(tap);
      assertEquals(later.answered(tap), true);
      const { date } = await again.sendMessage(id, "later");
      assert(date * 1000 > Date.now() + 50_000);
    } finally {
      await second.close();
    }
  }), "write");

guardedTest("a state that cannot be read is not overwritten", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/state.json`, "{");
    await assertRejects(() => startEmulator({ folder }), Error, "state.json");
    assertEquals(await Deno.readTextFile(`${folder}/state.json`), "{");
  }), "write");

guardedTest("an emulator whose port is taken leaves nothing behind", async () => {
  const first = await startEmulator();
  try {
    const port = Number(new URL(first.root).port);
    await assertRejects(() => startEmulator({ port }), Deno.errors.AddrInUse);
  } finally {
    await first.close();
  }
});

guardedTest("a command line that cannot be read is refused", async () => {
  const wrong = [
    [["--port", "many"], "Cannot read --port many"],
    [["--prot", "80"], "Unknown option '--prot'"],
    [["--folder"], "Option '--folder <value>' argument missing"],
    [["--folder", "--port"], "Option '--folder' argument is ambiguous"],
  ] as const;
  for (const [args, sentence] of wrong) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", cli.pathname, ...args],
    }).output();
    assertEquals(code, 2);
    const said = new TextDecoder().decode(stderr);
    assertEquals(
      said,
      `${sentence}\nUsage: emulator [--port N] [--host ADDRESS] [--folder DIR] [--local]\n`,
    );
  }
}, "run");

guardedTest("emulator says in a sentence that its port is taken", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { port } = taken.addr;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", cli.pathname, "--port", String(port)],
    }).output();
    const said = new TextDecoder().decode(stderr);
    const words = `Cannot listen on port ${port}: it is taken; name another with --port\n`;
    assertEquals([code, said], [1, words]);
  } finally {
    taken.close();
  }
}, "run");

guardedTest(
  "emulator says in a sentence that nothing can be kept in its folder",
  async () => {
    const file = await Deno.makeTempFile();
    try {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-q", "-A", cli.pathname, "--folder", file],
      }).output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 1);
      assertMatch(
        said,
        new RegExp(`^Cannot keep chats in ${file}: .*; name another folder .*\\n$`),
      );
    } finally {
      await Deno.remove(file);
    }
  },
  "run",
  "write",
);
