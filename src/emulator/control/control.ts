/** The people's side of the server: JSON under `/control`, for the web chat, tests and tools. */
import { commandsFor, descriptionFor } from "../bot_api/profile.ts";
import { readQr } from "../files/qr_reader.ts";
import type { ChatActor } from "../model/chat.ts";
import { integerOf } from "../model/json_value.ts";
import { PersonError } from "../model/person_error.ts";
import { Refusal } from "../model/refusal.ts";
import { chatView, reactionViews } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import { acts, enterChat } from "./person_acts.ts";
import { settings } from "./control_settings.ts";
import type { EventReaders } from "./event_stream.ts";
import { readControlBody } from "./control_body.ts";

/** The answer to a request for `/control/…`. Refusals are `{error: sentence}` with 4xx. */
export async function control(
  world: World,
  readers: EventReaders,
  request: Request,
  url: URL,
): Promise<Response> {
  const path = url.pathname.slice("/control/".length).split("/").map(decodeURIComponent);
  try {
    const answer = path[0] === "people" && path.length > 1
      ? await person(world, request, url, path.slice(1))
      : await other(world, readers, request, url, path);
    return answer instanceof Response ? answer : Response.json(answer);
  } catch (error) {
    if (error instanceof PersonError) {
      const { message, status, text, reason } = error;
      const more = { ...text !== undefined && { text }, ...reason !== undefined && { reason } };
      return Response.json({ error: message, ...more }, { status });
    }
    if (error instanceof Refusal) return Response.json({ error: error.message }, { status: 400 });
    throw error;
  }
}

async function other(
  world: World,
  readers: EventReaders,
  request: Request,
  url: URL,
  [what = "", id = ""]: readonly string[],
): Promise<unknown> {
  const since = number(url, "since").since ?? 0;
  switch (`${request.method} ${what}`) {
    case "GET events":
      return events(readers, url);
    case "GET file":
      return file(world, id);
    case "GET qr":
      return await qr(world, id);
    case "GET calls":
      return { calls: world.trace.about({ since }).calls };
    case "GET updates":
      return { updates: world.trace.about({ since }).updates };
    case "GET trace":
      return world.trace.about({ since, ...number(url, "chat"), ...number(url, "message") });
    case "GET inline":
      return inlineAnswer(world, id);
  }
  const setting = settings.get(`${request.method} ${what}`);
  if (setting !== undefined) return await setting(world, await readControlBody(request));
  throw new PersonError(`Cannot ${request.method} ${url.pathname}: there is no such thing`, 404);
}

async function person(
  world: World,
  request: Request,
  url: URL,
  [id, act = ""]: readonly string[],
): Promise<unknown> {
  const person_id = integerOf(id);
  if (person_id === undefined) {
    throw new PersonError(`Cannot find a person: expected a whole number, not ${id}`, 404);
  }
  if (request.method === "GET") {
    const at = world.at(person_id, number(url, "chat").chat);
    if (act === "messages") return chatAs(world, at);
    if (act === "chats") return chatsAs(world, at);
  }
  const done = acts.get(act);
  if (request.method === "POST" && (done !== undefined || act === "join")) {
    const body = await readControlBody(request);
    if (done === undefined) return enterChat(world, person_id, body);
    return await done(world, world.at(person_id, body.integerIf("chat")), body);
  }
  throw new PersonError(`Cannot ${request.method} ${act}: there is no such act`, 404);
}

function events(readers: EventReaders, url: URL): Response {
  const stream = readers.open(url.searchParams.has("trace"));
  if (stream !== null) return stream;
  throw new PersonError("Cannot tell one more reader what happens: there are too many", 503);
}

/** A chat as this person's phone shows it. */
function chatAs(world: World, { person, chat }: ChatActor) {
  const reactions = [...chat.reactions.keys()].map((message_id) =>
    [message_id, reactionViews(chat, message_id, person.id)] as const
  );
  return {
    messages: [...chat.messages.values()],
    commands: commandsFor(world, person, chat),
    keyboard: chat.keyboards.get(person.id) ?? null,
    description: descriptionFor(world, person),
    view: chatView(world, chat, person.id),
    reactions: Object.fromEntries(reactions.filter(([, seen]) => seen.length > 0)),
  };
}

/** Every chat of this person's phone, that with the bot first, then the newest. */
function chatsAs(world: World, { person }: ChatActor) {
  const chats = world.chatsOf(person.id).map((chat) => ({
    view: chatView(world, chat, person.id),
    last: [...chat.messages.values()].at(-1) ?? null,
    count: chat.messages.size,
  }));
  const rank = (chat: typeof chats[number]) =>
    chat.view.kind === "private" ? Infinity : chat.last?.message_id ?? 0;
  return { chats: chats.sort((a, b) => rank(b) === rank(a) ? 0 : rank(b) - rank(a)) };
}

function inlineAnswer(world: World, id: string) {
  const asked = world.inline_queries.get(id);
  if (asked === undefined) throw new PersonError(`Cannot find the inline query ${id}`, 404);
  return { results: null, next_offset: "", ...asked.answer };
}

function number<N extends string>(url: URL, name: N): { [name in N]?: number } {
  const given = url.searchParams.get(name);
  if (given === null || given === "") return {};
  const value = integerOf(given);
  if (value !== undefined) return { [name]: value } as { [name in N]: number };
  throw new PersonError(`Cannot read the address: expected a whole number as ${name}`);
}

/** What the QR code on a picture says; null when there is none, or the file is no picture. */
async function qr(world: World, file_id: string): Promise<{ text: string | null }> {
  const found = world.files.find(file_id);
  if (found === undefined) throw new PersonError("Cannot find this file", 404);
  if (!found.mime_type.startsWith("image/")) return { text: null };
  return { text: await readQr(world.files.bytes(found)) ?? null };
}

function file(world: World, file_id: string): Response {
  const found = world.files.find(file_id);
  if (found === undefined) throw new PersonError("Cannot find this file", 404);
  return new Response(new Uint8Array(world.files.bytes(found)), {
    headers: {
      // Whoever sent the file said its type.
      "content-type": /^[\w.+-]+\/[\w.+;= -]+$/.test(found.mime_type)
        ? found.mime_type
        : "application/octet-stream",
      "cache-control": "private, max-age=86400, immutable",
      // Whatever a person sent must not run as a page of this address.
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}
