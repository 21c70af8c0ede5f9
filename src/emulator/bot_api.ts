/** The bot's side of the server: reads a call, checks it, does it, answers and keeps a record. */
import { STATUS_CODE } from "@std/http";
import { type Call, readCall } from "./call.ts";
import type { ApiCall, Fault } from "./emulator.ts";
import { aborted, type Faults, pause, type Scissors, statusOf } from "./faults.ts";
import { type Method, methods } from "./field_table.ts";
import { implementations } from "./methods.ts";
import { notEmulated, Refusal } from "./refusal.ts";
import { checkCall } from "./validate.ts";
import type { World } from "./world.ts";

const calls_max = 50_000;

/** How a call ended: the connection was cut, or there is an answer. */
type Outcome = { cut: true } | { result: unknown } | { refusal: Refusal };

export class BotApi {
  readonly calls: ApiCall[] = [];
  readonly violations: string[] = [];
  readonly #world: World;
  readonly #faults: Faults;
  readonly #scissors: Scissors;
  readonly #closing: AbortSignal;
  #called = 0;

  /** `closing` lets go of every call that hangs. */
  constructor(world: World, faults: Faults, scissors: Scissors, closing: AbortSignal) {
    this.#world = world;
    this.#faults = faults;
    this.#scissors = scissors;
    this.#closing = closing;
  }

  /** `path` follows `/bot`: `<token>/<method>`. */
  async call(request: Request, url: URL, path: string): Promise<Response> {
    const [token, name = ""] = path.split("/", 2);
    if (token !== this.#world.token) return written(new Refusal(401, "Unauthorized"));
    const method = methods.get(name.toLowerCase());
    if (method === undefined) return written(new Refusal(404, "Not Found"));
    let call: Call;
    try {
      call = await readCall(method, request, url);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#record(method.name, {}, { refusal: error });
      return written(error);
    }
    this.violations.push(...checkCall(method, call.params));
    const outcome = await this.#outcome(method, call);
    this.#record(method.name, call.params, outcome);
    if ("cut" in outcome) return this.#scissors.cut();
    if ("refusal" in outcome) return written(outcome.refusal);
    return Response.json({ ok: true, result: outcome.result });
  }

  /** `path` follows `/file/bot`: `<token>/<file_path>`. */
  download(path: string): Response {
    const slash = path.indexOf("/");
    if (path.slice(0, slash) !== this.#world.token) {
      return written(new Refusal(401, "Unauthorized"));
    }
    const file = this.#world.files.findPath(decodeURIComponent(path.slice(slash + 1)));
    if (file === undefined) return written(new Refusal(404, "Not Found"));
    return new Response(new Uint8Array(this.#world.files.bytes(file)), {
      headers: { "content-type": "application/octet-stream" },
    });
  }

  async #outcome(method: Method, call: Call): Promise<Outcome> {
    const fault = this.#faults.take(method.name, call.integer("chat_id"));
    if (fault === undefined) return await this.#do(method, call);
    switch (fault.kind) {
      case "status":
        return { refusal: statusOf(fault) };
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

  async #late(fault: Fault, method: Method, call: Call): Promise<Outcome> {
    // A caller who gave up meanwhile changes nothing: on the real server neither.
    if (fault.kind === "delay") await pause(fault.delay_ms ?? 1000, this.#closing);
    else await aborted(this.#closing);
    return this.#closing.aborted ? { cut: true } : await this.#do(method, call);
  }

  async #do(method: Method, call: Call): Promise<Outcome> {
    try {
      const done = implementations.get(method.name);
      if (done === undefined) throw notEmulated(`the method ${method.name}`);
      return { result: await done(this.#world, call) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error };
      throw error;
    }
  }

  #record(method: string, params: Readonly<Record<string, unknown>>, outcome: Outcome): void {
    const refusal = "cut" in outcome
      ? { description: "The connection was cut" }
      : "refusal" in outcome
      ? { error_code: outcome.refusal.code, description: outcome.refusal.message }
      : {};
    this.calls.push({
      n: ++this.#called,
      at: this.#world.now_ms(),
      method,
      params: { ...params },
      ok: "result" in outcome,
      ...refusal,
    });
    if (this.calls.length > calls_max * 1.1) this.calls.splice(0, this.calls.length - calls_max);
  }
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
