/** The one client for the Bot API. */
import { Api } from "grammy";
import { cleanAnswers } from "./clean_answers.ts";

/** Longer than a poll waits; grammY's own limit is more than eight minutes. */
const TIMEOUT_SECONDS = 30;

/** `root` is `https://api.telegram.org` unless given, without a slash at its end. */
export function openApi(options: { token: string; root?: string; timeout_ms?: number }): Api {
  const { token, root, timeout_ms } = options;
  const api = new Api(token, {
    ...root !== undefined && { apiRoot: root },
    timeoutSeconds: timeout_ms === undefined ? TIMEOUT_SECONDS : timeout_ms / 1000,
  });
  api.config.use(cleanAnswers);
  return api;
}

/** The signal as grammY's types have it: they name a Node package's class for the same thing. */
export function callSignal(signal: AbortSignal): CallSignal {
  return signal as CallSignal;
}

type CallSignal = NonNullable<Parameters<Api["getMe"]>[0]>;
