import type { Emulator } from "@amanita/emulator";
import type { Api } from "grammy";
import { callSignal, openApi } from "../../src/telegram/api.ts";

/** A client whose calls give up after a time that may change; polls take their time. */
export function openHurriedApi({ token, root }: Emulator): {
  api: Api;
  hurry(timeout_ms: number): void;
} {
  const api = openApi({ token, root });
  let limit_ms = 30_000;
  api.config.use(async (previous, method, payload, signal) => {
    if (method === "getUpdates") return await previous(method, payload, signal);
    const giving_up = new AbortController();
    const giveUp = () => giving_up.abort();
    signal?.addEventListener("abort", giveUp);
    const timer = setTimeout(giveUp, limit_ms);
    try {
      return await previous(method, payload, callSignal(giving_up.signal));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
    }
  });
  return { api, hurry: (timeout_ms) => void (limit_ms = timeout_ms) };
}
