import { assertEquals, assertNotMatch, assertRejects } from "@std/assert";
import { ru } from "../../src/locales/ru.ts";
import { openApi } from "../../src/telegram/api.ts";
import { getMyself, introduce } from "../../src/telegram/introduce.ts";
import { TokenRefused } from "../../src/telegram/token_refused.ts";
import { emulatorTest, type Given } from "../emulator/given_emulator.ts";
import { keepLog } from "./given_sender.ts";

function options({ emulator }: Given) {
  const api = openApi({ token: emulator.token, root: emulator.root, timeout_ms: 1000 });
  return { api, signal: new AbortController().signal, catalogue: ru, ...keepLog() };
}

emulatorTest("a bot learns who it is, through a passing trouble", async (given) => {
  given.emulator.fault({ method: "getMe", times: 1, kind: "status", status: 502 });
  const { id, username, first_name } = given.emulator.bot;
  const { logged, ...about } = options(given);
  assertEquals(await getMyself(about), { id, username, first_name });
  assertEquals(logged.length, 1);
});

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
  assertEquals(await names({ scope: { type: "all_private_chats" } }), ["start", "help", "cancel"]);
  assertEquals(await names({ scope: { type: "chat", chat_id: anna.id } }), [
    "admin",
    "start",
    "help",
    "cancel",
  ]);
  // The second maker has no chat with the bot yet.
  assertEquals(logged, []);
  assertEquals(emulator.violations(), []);
});

emulatorTest("what is set already is not set again", async (given) => {
  const { emulator, anna } = given;
  const about = { ...options(given), admins: [anna.id] };
  await introduce(about);
  const set = () => emulator.calls().filter(({ method }) => method === "setMyCommands").length;
  assertEquals(set(), 2);
  await introduce(about);
  assertEquals(set(), 2);
});

emulatorTest("a bot that cannot introduce itself works as well", async (given) => {
  given.emulator.fault({ method: "*", times: 100, kind: "status", status: 500 });
  const { logged, ...about } = options(given);
  await introduce({ ...about, admins: [given.anna.id] });
  assertEquals(logged.length, 4);
});
