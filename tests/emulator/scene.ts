/** A world with a chat of every kind in it, and something to do in each. */
import type { Emulator, PersonHandle } from "@amanita/emulator";
import { Api, GrammyError, InputFile } from "grammy";
import type { Message } from "grammy/types";
import type { Given } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

export interface Scene extends Given {
  /** Anna's group, with Boris and the bot. */
  group: number;
  /** Anna's supergroup, where the bot is an administrator; public as @mushroom_talk. */
  supergroup: number;
  /** Anna's channel, which the bot administers. */
  channel: number;
  /** Boris's group that has become a supergroup. */
  migrated: { from: number; to: number };
  /** Boris's supergroup, which the bot was thrown out of. */
  lost: number;
  /** Has blocked the bot. */
  blocker: PersonHandle;
  /** Has deleted the account. */
  gone: PersonHandle;
  picture: Uint8Array;
  /** The bot's own messages to Anna. */
  text: Message;
  photo: Message.PhotoMessage;
  document: Message.DocumentMessage;
  /** What Anna said to the bot. */
  said: Message;
  /** Anna's message of three days ago, and the bot's. */
  old: Message;
  oldOwn: Message;
  /** Anna's taps and inline queries, not answered yet. */
  tap(): Promise<string>;
  ask(): Promise<string>;
}

const day_ms = 24 * 60 * 60 * 1000;

export async function makeScene(given: Given): Promise<Scene> {
  const { anna, boris, api, emulator } = given;
  const { id: bot } = emulator.bot;
  const old = await anna.say("long ago");
  const oldOwn = await api.sendMessage(anna.id, "long ago");
  emulator.advance(3 * day_ms);
  const blocker = emulator.addPerson({ first_name: "Вера" });
  await blocker.start();
  blocker.block();
  const gone = emulator.addPerson({ first_name: "Глеб" });
  await gone.start();
  gone.deactivate();
  const members = [boris.id];
  const group = await anna.create({ kind: "group", title: "Грибники", members, bot: "member" });
  const supergroup = await anna.create({
    kind: "supergroup",
    title: "Разговоры",
    username: "mushroom_talk",
    members,
    bot: "administrator",
  });
  const channel = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const from = await boris.create({ kind: "group", title: "Старая", bot: "member" });
  const to = await boris.in(from).migrate();
  const lost = await boris.create({ kind: "supergroup", title: "Чужая", bot: "member" });
  await boris.in(lost).expel(bot);
  const picture = await plainPicture(60, 40);
  const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const text = await api.sendMessage(anna.id, "Да?", { reply_markup });
  return {
    ...given,
    ...{ group, supergroup, channel, migrated: { from, to }, lost, blocker, gone, picture },
    ...{ text, old, oldOwn, said: await anna.say("hi") },
    photo: await api.sendPhoto(anna.id, new InputFile(picture, "p.png"), { caption: "one" }),
    document: await api.sendDocument(anna.id, new InputFile(picture, "d.png")),
    tap: () => anna.tap(text.message_id, "yes"),
    ask: () => anna.in(group).ask("mushroom"),
  };
}

/** What a call is answered, however it was made. */
export interface Answer {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: unknown;
}

export type Params = Record<string, unknown>;

/** A way to call the Bot API. Uploads are `Uint8Array`s, also inside albums. */
export interface Client {
  name: string;
  call(emulator: Emulator, method: string, params: Params): Promise<Answer>;
}

/** The four kinds of bodies that a bot may send, and a library of bots. */
export const clients: readonly Client[] = [
  { name: "grammY", call: throughGrammy },
  { name: "fetch with JSON", call: throughJson },
  { name: "fetch with a form", call: throughForm },
  { name: "fetch with a query string, in capitals", call: throughQuery },
  { name: "fetch with a multipart body", call: throughMultipart },
];

async function throughGrammy(emulator: Emulator, method: string, params: Params): Promise<Answer> {
  const api = new Api(emulator.token, { apiRoot: emulator.root });
  const send: unknown = Reflect.get(api.raw, method);
  if (typeof send !== "function") throw new Error(`grammY does not know ${method}`);
  const payload = withFiles(params, (bytes) => new InputFile(bytes, "file.png"));
  try {
    // A method without params would take the payload for a signal.
    const given = Object.keys(params).length === 0 ? [] : [payload];
    const result: unknown = await Reflect.apply(send, api.raw, given);
    return { ok: true, result };
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    const { error_code, description, parameters } = error;
    const told = Object.keys(parameters).length > 0 ? { parameters } : {};
    return { ok: false, error_code, description, ...told };
  }
}

function throughJson(emulator: Emulator, method: string, params: Params): Promise<Answer> {
  if (uploadsOf(params).size > 0) return throughMultipart(emulator, method, params);
  const headers = { "content-type": "application/json" };
  return post(emulator, method, { headers, body: JSON.stringify(params) });
}

function throughForm(emulator: Emulator, method: string, params: Params): Promise<Answer> {
  if (uploadsOf(params).size > 0) return throughMultipart(emulator, method, params);
  return post(emulator, method, { body: new URLSearchParams(written(params)) });
}

function throughQuery(emulator: Emulator, method: string, params: Params): Promise<Answer> {
  if (uploadsOf(params).size > 0) return throughMultipart(emulator, method, params);
  const query = new URLSearchParams(written(params));
  return post(emulator, `${method.toUpperCase()}?${query}`, { method: "GET" });
}

function throughMultipart(emulator: Emulator, method: string, params: Params): Promise<Answer> {
  const form = new FormData();
  const names = uploadsOf(params);
  const attached = withFiles(params, (bytes) => `attach://${names.get(bytes)}`);
  for (const [name, value] of written(attached as Params)) form.append(name, value);
  for (const [bytes, name] of names) form.append(name, new Blob([new Uint8Array(bytes)]), "f.png");
  return post(emulator, method, { body: form });
}

async function post(emulator: Emulator, path: string, init: RequestInit): Promise<Answer> {
  const { root, token } = emulator;
  const response = await fetch(`${root}/bot${token}/${path}`, { method: "POST", ...init });
  const answer: Answer = await response.json();
  if (!answer.ok && answer.error_code !== response.status) {
    throw new Error(`${path} says ${answer.error_code} in a response of ${response.status}`);
  }
  return answer;
}

function written(params: Params): [string, string][] {
  return Object.entries(params).filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}

function uploadsOf(value: unknown, found = new Map<Uint8Array, string>()) {
  if (value instanceof Uint8Array) found.set(value, `upload_${found.size}`);
  else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) uploadsOf(inner, found);
  }
  return found;
}

function withFiles(value: unknown, replace: (bytes: Uint8Array) => unknown): unknown {
  if (value instanceof Uint8Array) return replace(value);
  if (Array.isArray(value)) return value.map((inner) => withFiles(inner, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withFiles(inner, replace)]),
  );
}
