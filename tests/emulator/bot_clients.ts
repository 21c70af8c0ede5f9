/** Ways to call the Bot API: a library of bots, and the four kinds of bodies that it takes. */
import type { Emulator } from "@amanita/emulator";
import { Api, GrammyError, InputFile } from "grammy";

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
