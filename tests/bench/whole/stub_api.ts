/**
 * A Bot API that does nothing but answer, as cheaply as it can, a process of its own: what it
 * costs is taken from the bots, since they share the machine. It hands scans out and notes when
 * their messages arrive.
 */
import { delay } from "@std/async";
import { beReady, startProcess } from "./bench_process.ts";
import { openRound, type Order, type Round, type RoundFigures, type Scan } from "./scan_round.ts";

const BOT = { id: 700_000_001, is_bot: true, first_name: "Amanita", username: "whole_bench_bot" };
/** How exact the moments are at which people scan. */
const PACE_MS = 2;
const now = () => performance.now();
const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** An update that waits until the bot has confirmed it. */
interface Waiting {
  update_id: number;
  json: string;
  scan: Scan | null;
}

const privateChat = (id: number) => ({ id, type: "private", first_name: "Гость" });
const someone = (id: number) => ({
  id,
  is_bot: false,
  first_name: "Гость",
  language_code: "ru",
});

/** The Bot API of one bot, as a handler of requests. */
function openStub(): (request: Request) => Promise<Response> {
  let waiting: Waiting[] = [];
  let updates = 1_000;
  let messages = 1_000;
  let latency_ms = 0;
  let round: Round | null = null;
  let wake = Promise.withResolvers<void>();
  let polled = Promise.withResolvers<void>();
  let over = Promise.withResolvers<void>();
  const documents = new Map<number, PromiseWithResolvers<void>>();

  function push(content: object, scan: Scan | null): void {
    const update_id = ++updates;
    waiting.push({ update_id, json: JSON.stringify({ update_id, ...content }), scan });
  }

  function offer(): void {
    const due = round?.due() ?? [];
    if (due.length === 0) return;
    const date = nowSeconds();
    for (const scan of due) {
      const { chat: id, text } = scan;
      const entities = [{ type: "bot_command", offset: 0, length: 6 }];
      const from = someone(id);
      const message_id = ++messages;
      push({ message: { message_id, date, from, chat: privateChat(id), text, entities } }, scan);
    }
    awake();
  }

  function awake(): void {
    wake.resolve();
    wake = Promise.withResolvers();
  }

  async function getUpdates(body: string, due: Promise<void>): Promise<string> {
    const { offset = 0, limit = 100, timeout = 0 } = JSON.parse(body || "{}");
    waiting = waiting.filter(({ update_id }) => update_id >= offset);
    if (waiting.length === 0 && timeout > 0) {
      polled.resolve();
      const patience = new AbortController();
      const { signal } = patience;
      await Promise.race([wake.promise, delay(timeout * 1_000, { signal }).catch(() => {})]);
      patience.abort();
    }
    await due;
    const given = waiting.slice(0, limit);
    for (const { scan } of given) if (scan) round?.handed(scan);
    return `[${given.map(({ json }) => json).join()}]`;
  }

  function arrived(chat: number): void {
    if (!round) return;
    round.arrived(chat);
    if (round.left === 0) over.resolve();
    else offer();
  }

  /** What a method gives; `true` where nobody looks. */
  function resultOf(method: string, body: string): string {
    const chat = Number(/"chat_id"(?::"?|\r\n\r\n)(-?\d+)/.exec(body)?.[1]);
    if (method === "getMe") return JSON.stringify({ ...BOT, supports_inline_queries: true });
    if (method.startsWith("getMy")) return method === "getMyCommands" ? "[]" : "{}";
    if (!/^(send(?!ChatAction)|editMessage)/.test(method)) return "true";
    if (method === "sendPhoto") arrived(chat);
    if (method === "sendDocument") documents.get(chat)?.resolve();
    const file = { file_id: "f", file_unique_id: "u", width: 60, height: 40, file_size: 1 };
    const content = method === "sendPhoto" ? { photo: [file] } : { text: "…" };
    const place = { message_id: ++messages, date: nowSeconds(), chat: privateChat(chat) };
    return JSON.stringify({ ...place, from: BOT, ...content });
  }

  async function runRound(order: Order): Promise<RoundFigures> {
    over = Promise.withResolvers();
    round = openRound(order, now);
    offer();
    const is_timed = order.per_second !== null || order.pause_ms !== undefined;
    const pace = is_timed ? setInterval(offer, PACE_MS) : undefined;
    await over.promise;
    clearInterval(pace);
    const figures = round.figures();
    round = null;
    return figures;
  }

  /** A tap by `chat`; answers when a document came there. */
  async function tapForDocument({ chat, data }: Tap): Promise<{ took_ms: number }> {
    const began_ms = now();
    const came = Promise.withResolvers<void>();
    documents.set(chat, came);
    const message = { message_id: ++messages, date: nowSeconds(), text: "…", from: BOT };
    push({
      callback_query: {
        ...{ id: String(updates), from: someone(chat), chat_instance: "1", data },
        message: { ...message, chat: privateChat(chat) },
      },
    }, null);
    awake();
    await came.promise;
    return { took_ms: now() - began_ms };
  }

  async function control(wish: string, body: string): Promise<unknown> {
    if (wish === "round") return await runRound(JSON.parse(body));
    if (wish === "tap") return await tapForDocument(JSON.parse(body));
    if (wish === "left") return { scans: round?.left ?? 0, updates: waiting.length };
    if (wish === "latency") latency_ms = Number(body);
    if (wish === "polled") {
      polled = Promise.withResolvers();
      await polled.promise;
    }
    return null;
  }

  return async (request) => {
    const due = latency_ms > 0 ? delay(latency_ms) : Promise.resolve();
    const { url } = request;
    const method = url.slice(url.lastIndexOf("/") + 1);
    const body = await request.text();
    if (url.includes("/control/")) return Response.json(await control(method, body));
    const result = method === "getUpdates" ? await getUpdates(body, due) : resultOf(method, body);
    await due;
    return new Response(`{"ok":true,"result":${result}}`, {
      headers: { "content-type": "application/json" },
    });
  };
}

/** Somebody taps a button with this data. */
interface Tap {
  chat: number;
  data: string;
}

export interface Stub extends AsyncDisposable {
  /** For the bot, as the root of its Bot API. */
  readonly root: string;
  readonly token: string;
  readonly pid: number;
  /** Resolves when the bot asks for updates and there are none. */
  polled(): Promise<void>;
  setLatency(latency_ms: number): Promise<void>;
  /** Resolves when every scan has its message. */
  round(order: Order): Promise<RoundFigures>;
  /** Resolves when the tap has brought a document. */
  tapForDocument(tap: Tap): Promise<{ took_ms: number }>;
}

/** Starts a stub for one bot. */
export async function startStub(): Promise<Stub> {
  const process = await startProcess(import.meta.filename ?? "");
  const root = `http://127.0.0.1:${process.told}`;
  const ask = async (wish: string, body: string, timeout_ms = 120_000) => {
    const signal = AbortSignal.timeout(timeout_ms);
    try {
      const asked = { method: "POST", body, signal };
      return await (await fetch(`${root}/control/${wish}`, asked)).json();
    } catch (error) {
      if (!signal.aborted || wish === "left") throw error;
      const { scans, updates } = await ask("left", "");
      throw new Error(
        `The bot does not come to an end: ${scans} scans have no message, ${updates} updates wait`,
      );
    }
  };
  return {
    root,
    token: `${BOT.id}:${"w".repeat(35)}`,
    pid: process.pid,
    polled: () => ask("polled", ""),
    setLatency: (latency_ms) => ask("latency", String(latency_ms)),
    round: (order) => ask("round", JSON.stringify(order), 60_000 + order.scans * 50),
    tapForDocument: (tap) => ask("tap", JSON.stringify(tap)),
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** The id by which bots of the stub are known. */
export const STUB_BOT = BOT.id;

if (import.meta.main) {
  const silent = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  await beReady(String(Deno.serve(silent, openStub()).addr.port));
  Deno.exit(0);
}
