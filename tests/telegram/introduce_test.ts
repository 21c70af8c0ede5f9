import { assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { type Locale, locales } from "../../src/locales/locales.ts";
import { openApi } from "../../src/telegram/api.ts";
import { getMyself, introduce } from "../../src/telegram/introduce.ts";
import { TokenRefused } from "../../src/telegram/token_refused.ts";
import { type EmulatorFixture, emulatorTest } from "../emulator/given_emulator.ts";
import { until } from "../bot/until.ts";
import { keepLog } from "./given_sender.ts";

const localeOf = (): Promise<Locale> => Promise.resolve("en");

function options({ emulator }: EmulatorFixture) {
  const api = openApi({ token: emulator.token, root: emulator.root, timeout_ms: 1000 });
  return {
    api,
    signal: new AbortController().signal,
    fallback: "ru" as const,
    ...{ catalogues, localeOf },
    ...keepLog(),
  };
}

emulatorTest("a bot learns who it is, through a passing trouble", async (given) => {
  const fault = { method: "getMe", times: 1 } as const;
  given.emulator.fault({ ...fault, kind: "status", status: 502 });
  given.emulator.fault({ ...fault, kind: "answer", body: '{"ok":true,"result":{"id":1.5}}' });
  const { id, username, first_name, supports_inline_queries } = given.emulator.bot;
  const { logged, ...about } = options(given);
  assertEquals(await getMyself(about), {
    ...{ id, username, first_name, supports_inline_queries },
  });
  assertEquals(logged.length, 2);
});

emulatorTest(
  "a bot asks who it is again within half a minute, whatever Telegram asks for",
  async (given) => {
    const fault = { method: "getMe", times: 1, kind: "status", status: 429 } as const;
    given.emulator.fault({ ...fault, retry_after: 86_400 });
    const ending = new AbortController();
    const { logged, ...about } = options(given);
    const waiting = getMyself({ ...about, signal: ending.signal });
    await until("it has asked", () => logged.length === 1);
    assertMatch(logged[0] ?? "", /"after_ms":30000/);
    ending.abort(new Error("The process is ending"));
    await assertRejects(() => waiting, Error, "The process is ending");
  },
);

emulatorTest("a bot with a wrong token is told so", async (given) => {
  const token = `${given.emulator.token.slice(0, -4)}AAAA`;
  const api = openApi({ token, root: given.emulator.root });
  const error = await assertRejects(() => getMyself({ ...options(given), api }), TokenRefused);
  assertNotMatch(error.message, new RegExp(token.split(":")[1] ?? ""));
});

emulatorTest("waiting for Telegram ends with the process", async (given) => {
  given.emulator.fault({ method: "getMe", times: 100, kind: "hang" });
  const ending = new AbortController();
  const waiting = getMyself({ ...options(given), signal: ending.signal });
  ending.abort(new Error("The process is ending"));
  await assertRejects(() => waiting, Error, "The process is ending");
});

emulatorTest("makers see their commands, everybody else the others", async (given) => {
  const { emulator, anna, api } = given;
  const { logged, ...about } = options(given);
  await introduce({ ...about, admins: [anna.id, 999_999_999] });
  const names = async (scope: Parameters<typeof api.getMyCommands>[0]) =>
    (await api.getMyCommands(scope)).map(({ command }) => command);
  const everybodys = ["start", "help", "language", "cancel"];
  assertEquals(await names({ scope: { type: "all_private_chats" } }), everybodys);
  assertEquals(await names({ scope: { type: "chat", chat_id: anna.id } }), [
    ...["admin", "batch"],
    ...everybodys,
  ]);
  // The second maker has no chat with the bot yet.
  assertEquals(logged, []);
  assertEquals(emulator.violations(), []);
});

emulatorTest("commands and descriptions are in the language of each phone", async (given) => {
  const { emulator, anna, api } = given;
  const { logged: _, ...about } = options(given);
  await introduce({ ...about, admins: [anna.id] });
  const scope = { type: "all_private_chats" } as const;
  const calls = emulator.calls().filter(({ ok }) => ok);
  for (const language_code of [undefined, ...locales]) {
    const audience = language_code === undefined ? {} : { language_code };
    const { commands, description, short_description } = catalogues[language_code ?? "ru"];
    const set = await api.getMyCommands({ scope, ...audience });
    assertEquals(set, [...commands.everybody]);
    const told = (method: string) =>
      calls.find((call) => call.method === method && call.params.language_code === language_code)
        ?.params;
    assertEquals(told("setMyDescription"), { ...audience, description });
    assertEquals(told("setMyShortDescription"), { ...audience, short_description });
  }
  const [admin] = await api.getMyCommands({ scope: { type: "chat", chat_id: anna.id } });
  assertEquals(admin, catalogues.en.commands.makers[0]);
});

emulatorTest("what is set already is not set again", async (given) => {
  const { emulator, anna } = given;
  const about = { ...options(given), admins: [anna.id] };
  await introduce(about);
  const set = () => emulator.calls().filter(({ method }) => method === "setMyCommands").length;
  assertEquals(set(), 4);
  await introduce(about);
  assertEquals(set(), 4);
});

emulatorTest("a bot that cannot introduce itself works as well", async (given) => {
  given.emulator.fault({ method: "*", times: 100, kind: "status", status: 500 });
  const { logged, ...about } = options(given);
  await introduce({ ...about, admins: [given.anna.id] });
  assertEquals(logged.length, 10);
});

emulatorTest("a bot without inline mode says at start how it gets one", async (given) => {
  given.emulator.setBot({ supports_inline_queries: false });
  const { logged, ...about } = options(given);
  assertEquals((await getMyself(about)).supports_inline_queries, false);
  assertEquals(logged.length, 1);
  assertMatch(logged[0] ?? "", /no inline mode.*\/setinline/);
});
