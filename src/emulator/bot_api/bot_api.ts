/** The bot's side of the server: reads a call, checks it, does it, answers and keeps a record. */
import { isSameSecret } from "@amanita/guard";
import { delay } from "@std/async";
import { STATUS_CODE } from "@std/http";
import type { WorldChat } from "../model/chat.ts";
import { notEmulated, Refusal } from "../model/refusal.ts";
import { type Method, methods } from "../schema/field_table.ts";
import { checkAnswer, checkCall } from "../schema/validate.ts";
import { aborted, type CallFault, cutAnswer, isFile, statusOf } from "../world/faults.ts";
import { messagesOf, tooFast } from "../world/rates.ts";
import type { World } from "../world/world.ts";
import { type Call, readCall } from "./call.ts";
import { callInAnswer } from "./call_in_answer.ts";
import { filesOf } from "./called_files.ts";
import { DescribedResult } from "./described_result.ts";
import { implementations } from "./methods.ts";
import { isLoggedOut } from "./update_methods.ts";

/** How a call ended: the connection was cut, or there is an answer. */
type Outcome =
  | { cut: true }
  | { raw: { status: number; body: string } }
  | { result: unknown; description?: string }
  | { refusal: Refusal };

/** Answers calls and downloads, and collects what the field table says against the calls. */
export class BotApi {
  readonly violations: string[] = [];
  readonly #world: World;
  readonly #closing: AbortSignal;

  /** `closing` lets go of every call that hangs. */
  constructor(world: World, closing: AbortSignal) {
    this.#world = world;
    this.#closing = closing;
  }

  /** `path` follows `/bot`: `<token>/<method>`. */
  async call(request: Request, url: URL, path: string): Promise<Response> {
    const [token = "", name = ""] = path.split("/", 2);
    if (!isSameSecret(token, this.#world.token)) return written(new Refusal(401, "Unauthorized"));
    const method = methods.get(name.toLowerCase());
    if (method === undefined) return written(new Refusal(404, "Not Found"));
    let call: Call;
    try {
      call = await readCall(method, request, url);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#record(method.name, {}, [], { refusal: error });
      return written(error);
    }
    const violations = checkCall(method, call.params);
    this.violations.push(...violations);
    const outcome = await this.#outcome(method, call);
    this.#record(method.name, shownParams(call), violations, outcome);
    if ("cut" in outcome) return cutAnswer();
    if ("raw" in outcome) return new Response(outcome.raw.body, { status: outcome.raw.status });
    if ("refusal" in outcome) return written(outcome.refusal);
    this.#world.flawed(checkAnswer(method, withoutForged(this.#world, outcome.result)));
    return Response.json({ ok: true, ...outcome });
  }

  /** Does what a webhook's answer asks for, if it does: a call whose method is in its body. */
  async perform(answer: Response): Promise<void> {
    const request = await callInAnswer(answer, `http://webhook/bot${this.#world.token}`);
    if (request === undefined) return;
    const url = new URL(request.url);
    const done = await this.call(request, url, url.pathname.slice(4));
    await done.body?.cancel();
  }

  /** `path` follows `/file/bot`: `<token>/<file_path>`. */
  download(path: string): Response {
    const slash = path.indexOf("/");
    if (!isSameSecret(path.slice(0, slash), this.#world.token)) {
      return written(new Refusal(401, "Unauthorized"));
    }
    if (this.#world.local) return written(new Refusal(404, "Not Found"));
    const file = this.#world.files.findPath(decodeURIComponent(path.slice(slash + 1)));
    if (file === undefined) return written(new Refusal(404, "Not Found"));
    return new Response(new Uint8Array(this.#world.files.bytes(file)), {
      headers: { "content-type": "application/octet-stream" },
    });
  }

  async #outcome(method: Method, call: Call): Promise<Outcome> {
    const { faults } = this.#world;
    const files = faults.waitsForFile() ? await filesOf(this.#world, call) : [];
    const fault = faults.take(method.name, this.#chatOf(call)?.id, files);
    if (fault === undefined) return await this.#do(method, call);
    switch (fault.kind) {
      case "status": {
        const at = files.findIndex((file) => isFile(file, fault.file));
        const isAlbum = method.name === "sendMediaGroup" && at >= 0;
        return { refusal: statusOf(fault, isAlbum ? at + 1 : undefined) };
      }
      case "answer":
        return { raw: { status: fault.status ?? 200, body: fault.body ?? "" } };
      case "cut_before":
        return { cut: true };
      case "cut_after":
        await this.#do(method, call);
        return { cut: true };
      case "delay":
      case "hang":
        return await this.#late(fault, method, call);
    }
  }

  async #late(fault: CallFault, method: Method, call: Call): Promise<Outcome> {
    // A caller who gave up meanwhile changes nothing: on the real server neither.
    if (fault.kind === "hang") await aborted(this.#closing);
    else await delay(fault.delay_ms ?? 1000, { signal: this.#closing }).catch(() => undefined);
    return this.#closing.aborted ? { cut: true } : await this.#do(method, call);
  }

  async #do(method: Method, call: Call): Promise<Outcome> {
    try {
      this.#admit(method, call);
      const done = implementations.get(method.name);
      if (done === undefined) throw notEmulated(`the method ${method.name}`);
      const result = await done(this.#world, call);
      return result instanceof DescribedResult ? { ...result } : { result };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error };
      throw error;
    }
  }

  /** Throws a `Refusal` when the bot has left, or is too fast. */
  #admit(method: Method, call: Call): void {
    if (isLoggedOut(this.#world)) throw new Refusal(400, "Logged out");
    const count = messagesOf(method.name, call.params);
    if (count === 0) return;
    const { rates } = this.#world;
    const chat = this.#chatOf(call);
    if (chat === undefined) return;
    const wait_s = rates.admit(chat, count, this.#world.now_ms());
    if (wait_s !== undefined) throw tooFast(wait_s);
  }

  /** The chat that is called by its id or name, if there is one. */
  #chatOf(call: Call): WorldChat | undefined {
    const given = call.text("chat_id");
    if (given.startsWith("@")) return this.#world.byName(given.slice(1));
    return this.#world.chats.get(call.integer("chat_id") ?? 0);
  }

  #record(
    method: string,
    params: Record<string, unknown>,
    violations: string[],
    outcome: Outcome,
  ): void {
    const told = "cut" in outcome
      ? { description: "The connection was cut" }
      : "raw" in outcome
      ? { error_code: outcome.raw.status, description: "Something that is no JSON of Telegram's" }
      : "refusal" in outcome
      ? { error_code: outcome.refusal.code, description: outcome.refusal.message }
      : { result: outcome.result };
    this.#world.trace.called({
      at: this.#world.now_ms(),
      method,
      params,
      ok: "result" in outcome,
      ...told,
      violations,
    });
  }
}

/** What a forged update says, the table need not know. */
function withoutForged({ updates }: World, result: unknown): unknown {
  return Array.isArray(result) ? result.filter((it) => !updates.isForged(it)) : result;
}

/** Without the bytes of files, which nobody would look at; `attach://name` finds its `name`. */
function shownParams({ params, uploads }: Call): Record<string, unknown> {
  const files = [...uploads].map(([name, upload]) => [name, upload.toJSON()] as const);
  return { ...params, ...Object.fromEntries(files) };
}

function written({ code, message, parameters }: Refusal): Response {
  const body = {
    ok: false,
    error_code: code,
    description: message,
    ...parameters !== undefined && { parameters },
  };
  const headers: Record<string, string> = code === STATUS_CODE.TooManyRequests
    ? { "retry-after": String(parameters?.retry_after ?? 1) }
    : {};
  return Response.json(body, { status: code, headers });
}
