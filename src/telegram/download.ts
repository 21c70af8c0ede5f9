/** Fetches what people sent. A link to a file holds the bot's token: it never leaves here. */
import { delay } from "@std/async";
import { backoff } from "../base/backoff.ts";
import type { Api } from "grammy";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { logOf } from "../base/log.ts";
import type { Logger } from "./sources.ts";

export interface DownloadOptions {
  api: Api;
  token: string;
  /** `https://api.telegram.org` unless given, without a slash at its end. */
  root?: string;
  /** For one try; 30 s unless given. */
  timeout_ms?: number;
  /** 6 unless given, with half a minute of waiting at the most where Telegram names no time. */
  tries_max?: number;
  log?: Logger;
}

/**
 * Too big is what Telegram does not hand out, or more than 20 MB. Out of reach is what a Bot API
 * server with `--local` names by a place on its own disk, where we cannot read it.
 */
export type Downloaded = Uint8Array | { refused: "too_big" | "unavailable" | "out_of_reach" };

/** Throws nothing but the signal's own reason. */
export type Download = (file_id: string, signal: AbortSignal) => Promise<Downloaded>;

const ROOT = "https://api.telegram.org";
const TIMEOUT_MS = 30_000;
const BYTES_MAX = 20 * 1024 * 1024;
const TRIES_MAX = 6;
/** Where Telegram asks for more, sending the photo again later is kinder than waiting for it. */
const WAIT_MAX_MS = 30_000;

/** A path from the root of a disk, as a server with `--local` has it. */
const PLACE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;
const OUT_OF_REACH =
  "The Bot API server runs with --local and names files by their place on its disk, where this " +
  "program cannot read them ({reason}). Run both on one machine (in containers: with its folder " +
  "at the same path), let this user read the files, or start the server without --local";

/** What may pass, and the time before which it will not. */
interface Passing {
  again_after_ms: number;
}

export function openDownload(options: DownloadOptions): Download {
  const { api, token, root = ROOT, timeout_ms = TIMEOUT_MS, tries_max = TRIES_MAX } = options;
  const { log = logOf("telegram") } = options;
  let is_told = false;

  /** What every photo meets is told once. */
  function outOfReach(error: unknown): Downloaded {
    // The path holds the token, and so does the error's message.
    const reason = error instanceof Error ? error.name : "unknown";
    if (!is_told) log.error(OUT_OF_REACH, { reason });
    is_told = true;
    return { refused: "out_of_reach" };
  }

  async function attempt(file_id: string, signal: AbortSignal): Promise<Downloaded | Passing> {
    try {
      const { file_path, file_size } = await api.raw.getFile({ file_id }, callSignal(signal));
      if (file_size !== undefined && file_size > BYTES_MAX) return { refused: "too_big" };
      if (file_path === undefined) return { refused: "unavailable" };
      if (PLACE.test(file_path)) return await readFile(file_path).catch(outOfReach);
      const response = await fetch(`${root}/file/bot${token}/${file_path}`, { signal });
      if (response.ok && response.body) return await readAtMost(response.body, BYTES_MAX);
      await response.body?.cancel();
      return { again_after_ms: 0 };
    } catch (error) {
      // The error of a fetch names the link: nothing of it goes on.
      const failure = failureOf(error);
      if (failure === null) return { again_after_ms: 0 };
      if (failure.is === "passing") return { again_after_ms: failure.after_ms ?? 0 };
      return { refused: /file is too big/i.test(failure.words) ? "too_big" : "unavailable" };
    }
  }

  return async (file_id, signal) => {
    let wait_ms = 0;
    for (let tries = 1; tries <= tries_max; tries++) {
      if (wait_ms > 0) await delay(wait_ms, { signal });
      signal.throwIfAborted();
      const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]);
      const downloaded = await attempt(file_id, limited);
      signal.throwIfAborted();
      if (!("again_after_ms" in downloaded)) return downloaded;
      if (downloaded.again_after_ms > WAIT_MAX_MS) break;
      wait_ms = Math.max(downloaded.again_after_ms, backoff(tries));
    }
    return { refused: "unavailable" };
  };
}

async function readFile(path: string): Promise<Downloaded> {
  const file = await Deno.open(path);
  // Read to its end or not, the stream closes it.
  return await readAtMost(file.readable, BYTES_MAX);
}

async function readAtMost(body: ReadableStream<Uint8Array>, max: number): Promise<Downloaded> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > max) return { refused: "too_big" };
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
