/** The people's side of the server: JSON under `/control`, for the web chat and other tools. */
import { say, sendDocuments, sendOther, sendPhotos } from "./acts.ts";
import type { BotApi } from "./bot_api.ts";
import { integerOf } from "./call.ts";
import type { At } from "./chat.ts";
import type { Fault, NewPerson, OtherKind } from "./emulator.ts";
import { eventStream } from "./event_stream.ts";
import { setBlocked } from "./membership.ts";
import { PersonError } from "./person_error.ts";
import { commandsFor } from "./profile.ts";
import { scan, tap } from "./tap.ts";
import { Upload } from "./upload.ts";
import { isRecord } from "./validate.ts";
import type { World } from "./world.ts";

export interface ControlParts {
  world: World;
  api: BotApi;
  closing: AbortSignal;
}

/** `path` follows `/control/`. Refusals are `{error: sentence}` with 4xx. */
export async function control(parts: ControlParts, request: Request, url: URL): Promise<Response> {
  const path = url.pathname.slice("/control/".length).split("/").map(decodeURIComponent);
  try {
    const answer = path[0] === "people"
      ? await people(parts.world, request, path.slice(1))
      : await other(parts, request, url, path);
    return answer instanceof Response ? answer : Response.json(answer);
  } catch (error) {
    if (error instanceof PersonError) {
      const { message, status, text } = error;
      return Response.json({ error: message, ...text !== undefined && { text } }, { status });
    }
    throw error;
  }
}

async function other(
  { world, closing }: ControlParts,
  request: Request,
  url: URL,
  path: readonly string[],
): Promise<unknown> {
  switch (`${request.method} ${path[0]}`) {
    case "GET state":
      return { bot: world.bot, people: [...world.people.values()] };
    case "GET events":
      return eventStream(world.happenings, closing);
    case "GET file":
      return file(world, path[1] ?? "");
    case "GET calls": {
      const since = Number(url.searchParams.get("since") ?? 0);
      return { calls: world.trace.calls.filter(({ n }) => n > since) };
    }
    case "POST faults":
      world.faults.add(readFault(await body(request)));
      return {};
    case "DELETE faults":
      world.faults.clear();
      world.updates.release();
      return {};
    case "POST redeliver": {
      const update_id = integerOf((await body(request)).update_id) ?? 0;
      if (world.updates.redeliver(update_id)) return {};
      throw new PersonError(`Cannot find update ${update_id}`, 404);
    }
    default:
      throw new PersonError(
        `Cannot ${request.method} ${url.pathname}: there is no such thing`,
        404,
      );
  }
}

async function people(world: World, request: Request, path: readonly string[]): Promise<unknown> {
  const [id, act] = path;
  if (id === undefined && request.method === "POST") {
    return world.addPerson(readPerson(await body(request)));
  }
  const at = world.at(integerOf(id) ?? 0);
  const { person, chat } = at;
  switch (`${request.method} ${act}`) {
    case "GET messages":
      return {
        messages: [...chat.messages.values()],
        commands: commandsFor(world, person),
        keyboard: chat.keyboards.get(person.id) ?? null,
      };
    case "POST photo":
      return { messages: await sendFiles(world, at, request) };
    case "POST say":
    case "POST other":
    case "POST tap":
    case "POST scan":
      return await doAct(world, at, act ?? "", await body(request));
    case "POST block":
    case "POST unblock":
      setBlocked(world, world.privateChat(person.id), act === "block");
      return person;
    default:
      throw new PersonError(`Cannot ${request.method} ${act}: there is no such act`, 404);
  }
}

async function doAct(
  world: World,
  at: At,
  act: string,
  given: Record<string, unknown>,
): Promise<unknown> {
  switch (act) {
    case "say":
      return {
        message: say(world, at, textOf(given, "text"), { reply_to: integerOf(given.reply_to) }),
      };
    case "other":
      return { message: await sendOther(world, at, kindOf(given.kind)) };
    case "scan":
      return await scan(world, at, textOf(given, "file_id"));
    default: {
      const message_id = integerOf(given.message_id) ?? 0;
      return { callback_query_id: tap(world, at, message_id, textOf(given, "data")) };
    }
  }
}

async function sendFiles(world: World, at: At, request: Request) {
  let form: FormData;
  try {
    form = await request.formData();
  } catch (error) {
    throw new PersonError(`Cannot read the files: ${(error as Error).message}`);
  }
  const files = form.getAll("file").filter((entry) => entry instanceof File);
  const caption = form.get("caption");
  const text = typeof caption === "string" ? caption : "";
  const uploads: Upload[] = [];
  for (const given of files) {
    uploads.push(new Upload(await given.bytes(), given.name, given.type));
  }
  if (form.get("as") === "document") {
    return await sendDocuments(world, at, uploads, { caption: text });
  }
  return await sendPhotos(world, at, uploads.map(({ bytes }) => bytes), { caption: text });
}

function file(world: World, file_id: string): Response {
  const found = world.files.find(file_id);
  if (found === undefined) throw new PersonError("Cannot find this file", 404);
  return new Response(new Uint8Array(world.files.bytes(found)), {
    headers: {
      "content-type": found.mime_type,
      "cache-control": "private, max-age=86400, immutable",
      // Whatever a person sent must not run as a page of this address.
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}

async function body(request: Request): Promise<Record<string, unknown>> {
  try {
    const value: unknown = await request.json();
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new PersonError("Cannot read the request: expected a JSON object");
}

function textOf(given: Record<string, unknown>, name: string): string {
  const value = given[name];
  if (typeof value === "string") return value;
  throw new PersonError(`Cannot read the request: expected a text as ${name}`);
}

function readPerson(given: Record<string, unknown>): NewPerson {
  const optional = (name: string) =>
    given[name] === undefined ? {} : { [name]: textOf(given, name) };
  const first_name = textOf(given, "first_name").trim();
  if (first_name === "") throw new PersonError("Cannot add a person without a first name");
  return {
    first_name,
    ...optional("last_name"),
    ...optional("username"),
    ...optional("language_code"),
  };
}

const kinds: readonly OtherKind[] = ["sticker", "voice", "location", "contact", "video"];

function kindOf(given: unknown): OtherKind {
  const kind = kinds.find((known) => known === given);
  if (kind === undefined) throw new PersonError(`Cannot send this: expected one of ${kinds}`);
  return kind;
}

const faultKinds: readonly Fault["kind"][] = [
  "status",
  "delay",
  "hang",
  "cut_before",
  "cut_after",
  "duplicate",
  "reorder",
];

function readFault(given: Record<string, unknown>): Fault {
  const kind = faultKinds.find((known) => known === given.kind);
  if (kind === undefined) throw new PersonError(`Cannot set this fault: expected ${faultKinds}`);
  const number = (name: "chat_id" | "status" | "retry_after" | "delay_ms") => {
    const value = integerOf(given[name]);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    method: textOf(given, "method"),
    times: integerOf(given.times) ?? 1,
    kind,
    ...number("chat_id"),
    ...number("status"),
    ...number("retry_after"),
    ...number("delay_ms"),
  };
}
