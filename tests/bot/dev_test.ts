/** What a newcomer does: start, issue a card, scan it, pull the plug, start again, scan once more. */
import { delay } from "@std/async";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needs, unless } from "../permissions.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { until } from "./until.ts";

const permissions = [
  { name: "run" },
  { name: "net", host: "127.0.0.1" },
  { name: "read" },
  { name: "write" },
  { name: "ffi" },
] as const;

interface Message {
  message_id: number;
  text?: string;
  caption?: string;
  photo?: { file_id: string }[];
  reply_markup?: { inline_keyboard?: { text: string; callback_data?: string }[][] };
}

Deno.test({
  ...unless(needs(...permissions), "newcomer issues a card, scans it, pulls the plug and goes on"),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const first = await startDev(folder);
      const [maker, buyer] = await first.people();
      assert(maker && buyer, "two people live in the emulator");
      for (const name of [/Мухомор на рассвете/, /Лунная поляна/]) await first.shown(maker, name);
      const qr = await issue(first, maker);
      await first.scan(buyer, qr);
      const verdict = await first.until(buyer, /Проверена/);
      assertStringIncludes(verdict.caption ?? "", "Проверена 1 раз");
      // The bot's own memory is on disk at once; this Telegram's, a moment later.
      await until("the chat is kept", async () => {
        const kept = await Deno.readTextFile(`${folder}/telegram/state.json`);
        return kept.includes(`"message_id":${verdict.message_id}`);
      });
      await first.kill();

      const second = await startDev(folder);
      await second.scan(buyer, qr);
      await second.until(buyer, /Проверена 2 раза/, verdict.message_id);
      assertEquals(await second.interrupt(), 0);

      const verify = await run("src/replay.ts", ["verify"], folder).output();
      const text = new TextDecoder().decode(verify.stdout);
      assertMatch(text, /^Whole: /);
      assertEquals(verify.code, 0);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Walks the wizard; the file id of the QR picture. */
async function issue(dev: Dev, maker: number): Promise<string> {
  await dev.say(maker, "/admin");
  await dev.tap(maker, "Добавить новую карту");
  await dev.until(maker, /шаг 1/i);
  await dev.photo(maker, await plainPicture(60, 40));
  await dev.until(maker, /шаг 2/i);
  await dev.say(maker, "Первая карта");
  await dev.until(maker, /шаг 3/i);
  await dev.say(maker, "Проба");
  await dev.until(maker, /шаг 4/i);
  await dev.tap(maker, "Пропустить");
  await dev.until(maker, /Всё верно/);
  await dev.tap(maker, "Выпустить");
  await dev.until(maker, /Карта готова: №\s3\nПервая карта/);
  const qr = await dev.until(maker, /([0-9A-Z]{4} ){4}[0-9A-Z]{4}/);
  return qr.photo?.at(-1)?.file_id ?? "";
}

type Dev = Awaited<ReturnType<typeof startDev>>;

function run(script: string, args: string[], folder: string): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=dev", script, ...args],
    env: { DATA_DIR: folder, HTTP_PORT: "0", BOT_TOKEN: "", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

/** `deno task dev` as a process, and the people's side of its emulator. */
async function startDev(folder: string) {
  const child = run("src/dev.ts", [], folder).spawn();
  const errors = new Response(child.stderr).text();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: line = "" } = await reader.read();
  const root = /http:\S+\d/.exec(line)?.[0];
  if (!root) throw new Error(`Cannot find the address in ${JSON.stringify(line)}: ${await errors}`);
  assertStringIncludes(line, `pid ${child.pid}`);

  const get = async <Answer>(path: string): Promise<Answer> =>
    await (await fetch(`${root}/control/${path}`)).json();
  const post = async (path: string, body: unknown): Promise<void> => {
    const form = body instanceof FormData;
    const response = await fetch(`${root}/control/people/${path}`, {
      method: "POST",
      body: form ? body : JSON.stringify(body),
      headers: form ? {} : { "content-type": "application/json" },
    });
    const answer = await response.text();
    assert(response.ok, `${path}: ${answer}`);
  };
  const messages = async (person: number): Promise<Message[]> =>
    (await get<{ messages: Message[] }>(`people/${person}/messages`)).messages;
  const end = async (signal: Deno.Signal): Promise<number> => {
    child.kill(signal);
    const { code } = await child.status;
    await Promise.all([reader.cancel(), errors]);
    return code;
  };
  // A newcomer waits for answers to what they just did, not for older ones.
  let seen = 0;

  return {
    people: async () =>
      (await get<{ people: { id: number }[] }>("state")).people.map(({ id }) => id),
    say: (person: number, text: string) => post(`${person}/say`, { text }),
    scan: (person: number, file_id: string) => post(`${person}/scan`, { file_id }),
    async photo(person: number, bytes: Uint8Array<ArrayBuffer>) {
      const form = new FormData();
      form.set("as", "photo");
      form.set("file", new Blob([bytes], { type: "image/png" }), "card.png");
      await post(`${person}/photo`, form);
    },
    async tap(person: number, label: string) {
      await this.until(
        person,
        ({ reply_markup }) => buttonOf(reply_markup, label) !== undefined,
        0,
      );
      for (const { message_id, reply_markup } of (await messages(person)).reverse()) {
        const data = buttonOf(reply_markup, label)?.callback_data;
        if (data !== undefined) return await post(`${person}/tap`, { message_id, data });
      }
    },
    /** A picture with such words is there already. */
    async shown(person: number, words: RegExp): Promise<void> {
      const found = await messages(person);
      assert(found.some(({ photo, caption = "" }) => photo && words.test(caption)), `${words}`);
    },
    /** The newest message that fits, once it is there. */
    async until(
      person: number,
      fits: RegExp | ((message: Message) => boolean),
      after = seen,
    ): Promise<Message> {
      const isIt = (message: Message) =>
        message.message_id > after &&
        (fits instanceof RegExp ? fits.test(message.text ?? message.caption ?? "") : fits(message));
      const deadline = Date.now() + 30_000;
      while (Date.now() < deadline) {
        const found = (await messages(person)).findLast(isIt);
        if (found) {
          if (fits instanceof RegExp) seen = found.message_id;
          return found;
        }
        await delay(50);
      }
      const last = (await messages(person)).slice(-3).map(({ text, caption }) => text ?? caption);
      throw new Error(`Nothing like ${fits} came; the last were ${JSON.stringify(last)}`);
    },
    kill: () => end("SIGKILL"),
    interrupt: () => end("SIGINT"),
  };
}

function buttonOf(markup: Message["reply_markup"], label: string) {
  return markup?.inline_keyboard?.flat().find(({ text }) => text === label);
}
