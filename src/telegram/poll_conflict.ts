/** Why Telegram answers a poll with 409, and what is done about it. */
import { type Api, GrammyError } from "grammy";
import { ExitError } from "../base/exit_error.ts";
import { callSignal } from "./api.ts";
import type { Logger } from "./sources.ts";

/** Thrown where Telegram sends the updates elsewhere: nothing comes until that is ended. */
export class WebhookSet extends ExitError {
  override name = "WebhookSet";
  readonly exit_code = 78;
}

export interface PollConflictOptions {
  api: Api;
  log: Logger;
  /** Takes away a webhook that is set, once. */
  deletes_webhook: boolean;
  /** Told each time that it is another poller. */
  onConflict: () => void;
  signal: AbortSignal;
}

/** How long another poller is left alone: the two would throw each other out in turn. */
const OTHER_POLLER_MS = 5_000;

export const isPollConflict = (error: unknown): boolean =>
  error instanceof GrammyError && error.error_code === 409;

/** Finds out what the conflict is; answers how long to wait, in ms, or throws `WebhookSet`. */
export function openPollConflict(options: PollConflictOptions): () => Promise<number> {
  const { api, log, signal } = options;
  let may_delete = options.deletes_webhook;
  return async () => {
    const { url } = await api.raw.getWebhookInfo(callSignal(signal));
    if (url && !may_delete) throw webhookSet(url);
    if (url) {
      await api.raw.deleteWebhook({ drop_pending_updates: false }, callSignal(signal));
      may_delete = false;
      log.warn("A webhook was set on BOT_TOKEN, and was taken away as DELETE_WEBHOOK says", {});
      return 0;
    }
    options.onConflict();
    log.warn(
      "Another program polls with BOT_TOKEN, and the two throw each other out in turn: end it, or " +
        "give one of them a token of its own (processes of one database take turns by " +
        "themselves); trying again in {after_ms} ms",
      { after_ms: OTHER_POLLER_MS },
    );
    return OTHER_POLLER_MS;
  };
}

function webhookSet(url: string): WebhookSet {
  // The rest of the address may be what keeps others from calling it.
  const host = URL.canParse(url) ? new URL(url).host : "an address that cannot be read";
  return new WebhookSet(
    `Telegram sends the updates of BOT_TOKEN to a webhook (${host}), so none come here: where it ` +
      "is in use, give this bot a token of its own; where it is not, start once with " +
      "DELETE_WEBHOOK=1, which takes it away and keeps what waits.",
  );
}
