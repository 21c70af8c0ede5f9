import { startEmulator } from "@amanita/emulator";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { RawConnection, statusOf } from "../web/raw_http.ts";
import { ask } from "./ask_control.ts";
import { apiOf, emulatorTest, guardedTest } from "./given_emulator.ts";
import { inFolder } from "./in_folder.ts";

const READERS = 100;
const portOf = (root: string) => Number(new URL(root).port);

emulatorTest(
  "no route answers under another name, or to a page of another address",
  async (given) => {
    const { root, token } = given.emulator;
    const port = portOf(root);
    const routes = [
      ...["/", "/page.js", "/page.css", "/control/state", "/control/dump", "/control/events"],
      ...[`/control/people/${given.anna.id}/chats`, "/nothing", `/bot${token}/getMe`],
      ...["/bot/x", `/file/bot${token}/photos/file_0.jpg`, "/health"],
    ];
    for (const route of routes) {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const first = `${method} ${route} HTTP/1.1`;
        assertEquals(await statusOf(port, first, `Host: evil.example:${port}`), 403, first);
        const host = `Host: localhost:${port}`;
        assertEquals(await statusOf(port, first, host, "Origin: http://evil.example"), 403, first);
        assertEquals(await statusOf(port, first, host, "Sec-Fetch-Site: cross-site"), 403, first);
      }
    }
  },
);

guardedTest(
  "a dump whose ids lead out of the folder is refused, and changes nothing",
  () =>
    inFolder(async (folder) => {
      const key = `${folder}/pii.key`;
      await Deno.writeTextFile(key, "the key");
      const emulator = await startEmulator({ folder: `${folder}/telegram`, people });
      try {
        const [anna] = emulator.people();
        await emulator.person(anna?.id ?? 0).document(new Uint8Array(3), bin);
        const { body: dump } = await ask({ emulator }, "dump");
        const [file] = dump.world.files;
        for (
          const id of ["../../pii.key", "/etc/passwd", "a/b", "..", "", "a\0b", "x".repeat(300)]
        ) {
          for (const field of ["file_unique_id", "file_id", "photo"]) {
            const world = { ...dump.world, files: [{ ...file, [field]: id }] };
            const files = { ...dump.files, [id]: btoa("another key") };
            const { status, body } = await ask({ emulator }, "load", { ...dump, world, files });
            assertEquals(
              [status, body.error.includes(`files.0.${field}`)],
              [400, true],
              body.error,
            );
          }
        }
        assertEquals(await Deno.readTextFile(key), "the key");
        assertEquals((await ask({ emulator }, "dump")).body, dump);
      } finally {
        await emulator.close();
      }
    }),
  "write",
);

emulatorTest(
  "a dump that is wrong anywhere is refused with the name of the field",
  async (given) => {
    await given.anna.document(new Uint8Array(3), bin);
    const { body: dump } = await ask(given, "dump");
    const [chat] = dump.world.chats;
    const world = (more: Record<string, unknown>) => ({
      ...dump,
      world: { ...dump.world, ...more },
    });
    const chatWith = (more: Record<string, unknown>) => world({ chats: [{ ...chat, ...more }] });
    const [message] = chat.messages;
    const wrong: readonly (readonly [string, unknown])[] = [
      ["world", { ...dump, world: [] }],
      ["version", world({ version: 3 })],
      ["token", world({ token: "../x" })],
      ["bot.id", world({ bot: { ...dump.world.bot, id: "1" } })],
      ["clock_offset_ms", world({ clock_offset_ms: 1e300 })],
      ["people.0.id", world({ people: [{ ...dump.world.people[0], id: 1.5 }] })],
      ["chats.0.kind", chatWith({ kind: "cave" })],
      ["chats.0.messages", chatWith({ messages: 5 })],
      ["chats.0.messages.0.date", chatWith({ messages: [{ ...message, date: "today" }] })],
      ["chats.0.messages.0", chatWith({ messages: [{ ...message, text: 5 }] })],
      ["chats.0: nobody", chatWith({ id: 5 })],
      ["updates.0.update_id", world({ updates: [{ update_id: "1" }] })],
      ["webhook.url", world({ webhook: { url: "file:///etc/passwd", max_connections: 1 } })],
      ["files", { ...dump, files: {} }],
      ["files", { ...dump, files: { ...dump.files, [dump.world.files[0].file_unique_id]: "?" } }],
      ["ids.update_id", { ...dump, ids: { update_id: "1", message_id: 1 } }],
      ["rates", { ...dump, rates: 1 }],
      ["times", { ...dump, faults: [{ method: "*", times: 0, kind: "hang" }] }],
    ];
    for (const [field, given_dump] of wrong) {
      const { status, body } = await ask(given, "load", given_dump);
      assertEquals(status, 400, field);
      assertStringIncludes(body.error, field);
    }
    assertEquals((await ask(given, "dump")).body, dump);
  },
);

guardedTest(
  "chats that are kept are refused where they are wrong, by the name of the field",
  () =>
    inFolder(async (folder) => {
      await (await startEmulator({ folder, people })).close();
      const path = `${folder}/state.json`;
      const state = JSON.parse(await Deno.readTextFile(path));
      const file = {
        ...{ file_id: "a", file_unique_id: "../../pii.key", kind: "Document", mime_type: "a/b" },
        ...{ file_size: 1, file_path: "documents/file_0" },
      };
      await Deno.writeTextFile(path, JSON.stringify({ ...state, files: [file] }));
      const error = await assertRejects(() => startEmulator({ folder, people }), Error);
      assertStringIncludes(error.message, `Cannot read ${path}: files.0.file_unique_id`);
    }),
  "write",
);

emulatorTest("a fault that is none is refused with the name of the field", async (given) => {
  const fault = { method: "sendMessage", kind: "status" };
  const wrong = [
    ...[["status", 99], ["status", 204], ["status", 1000], ["times", 0], ["times", 1e9]] as const,
    ...[["retry_after", -1], ["delay_ms", 9e15], ["delay_ms", -1], [
      "method",
      "sendMesage",
    ]] as const,
    ...[["method", "a/b"], ["kind", "fire"], ["file", "../x"], ["description", 5]] as const,
  ];
  for (const [field, value] of wrong) {
    const { status, body } = await ask(given, "faults", { ...fault, [field]: value });
    assertEquals(status, 400, `${field} ${value}`);
    assertStringIncludes(body.error, field);
  }
  assertEquals((await ask(given, "faults")).body, { faults: [] });
  for (const advance_ms of [9e15, -9e15]) {
    const { status, body } = await ask(given, "clock", { advance_ms });
    assertEquals([status, body.error.includes("advance_ms")], [400, true]);
  }
  const { status, body } = await ask(given, `people/${given.anna.id}/messages?chat=many`);
  assertEquals([status, body.error.includes("chat")], [400, true]);
});

emulatorTest("what is nested too deeply is refused, by bots' methods as well", async (given) => {
  const { root, token } = given.emulator;
  const deep = "[".repeat(20_000) + "]".repeat(20_000);
  for (const path of [`bot${token}/sendMessage`, "control/load"]) {
    const response = await fetch(`${root}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"chat_id":1,"reply_markup":${deep}}`,
    });
    assertEquals(response.status, 400);
    assertMatch(await response.text(), /JSON/);
  }
});

emulatorTest("a body of two gigabytes is refused, and is never in memory", async (given) => {
  const { root, token } = given.emulator;
  const port = portOf(root);
  for (const path of [`/bot${token}/sendDocument`, `/control/people/${given.anna.id}/document`]) {
    const before = Deno.memoryUsage().rss;
    using connection = await RawConnection.open(port);
    await connection.send(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = new TextEncoder().encode(`100000\r\n${"x".repeat(0x100000)}\r\n`);
    let sent = 0;
    while (sent < 2_000_000_000 && await connection.send(chunk)) sent += chunk.length;
    assertEquals((await connection.untilEnd()).status, 413);
    assert(Deno.memoryUsage().rss - before < 600_000_000);
  }
  const refused = await fetch(`${root}/bot7:guessed/sendDocument`, {
    method: "POST",
    body: new Uint8Array(100_000),
  });
  assertEquals([refused.status, (await refused.json()).error_code], [413, 413]);
});

guardedTest("readers of events who do not read are dropped, and cost little", async () => {
  const dropped: string[] = [];
  const emulator = await startEmulator({ people, warn: (sentence) => void dropped.push(sentence) });
  const port = portOf(emulator.root);
  const readers: RawConnection[] = [];
  try {
    for (let i = 0; i < READERS; i++) {
      const reader = await RawConnection.open(port);
      readers.push(reader);
      await reader.send(`GET /control/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      await reader.until(/connected/);
    }
    const [anna] = emulator.people();
    const person = emulator.person(anna?.id ?? 0);
    const before = Deno.memoryUsage().rss;
    const text = "я".repeat(4000);
    for (let i = 0; dropped.length < READERS && i < 3000; i++) {
      await person.say(text);
      // The server's own work goes on between.
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assertEquals(dropped.length, READERS);
    assert(Deno.memoryUsage().rss - before < 200_000_000);
    // Who reads again is served again.
    using again = await RawConnection.open(port);
    await again.send(`GET /control/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    await again.until(/connected/);
    await person.say("new");
    assertMatch((await again.until(/"new"/)).text, /event:message/);
  } finally {
    for (const reader of readers) reader[Symbol.dispose]();
    await emulator.close();
  }
});

guardedTest(
  "beyond this machine the people's side has a secret, and bots have their token",
  () =>
    inFolder(async (folder) => {
      const options = { hostname: "0.0.0.0", folder, people };
      const emulator = await startEmulator(options);
      const { root } = emulator;
      const secret = new URL(emulator.address).searchParams.get("secret") ?? "";
      try {
        assertEquals((await apiOf(emulator).getMe()).id, emulator.bot.id);
        for (const path of ["/", "/page.js", "/control/state", "/control/dump"]) {
          const refused = await fetch(root + path);
          assertEquals(refused.status, 401);
          assertStringIncludes((await refused.json()).error, "secret");
        }
        const headers = { authorization: `Bearer ${secret}` };
        const state = await fetch(`${root}/control/state`, { headers });
        assertEquals((await state.json()).people.length, 1);
        assertEquals(((await Deno.stat(`${folder}/secret`)).mode ?? 0) & 0o777, 0o600);
      } finally {
        await emulator.close();
      }
      const again = await startEmulator(options);
      await again.close();
      assertEquals(new URL(again.address).searchParams.get("secret"), secret);
      await Deno.writeTextFile(`${folder}/secret`, "short");
      await assertRejects(() => startEmulator(options), Error, "a secret has 16 to 128");
      const alone = await startEmulator({ folder });
      await alone.close();
      assertEquals(alone.address, alone.root);
    }),
  "write",
);

const people = [{ first_name: "Анна" }];
const bin = { file_name: "a.bin", mime_type: "a/b" };
