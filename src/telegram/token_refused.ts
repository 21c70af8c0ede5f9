import { ExitError } from "../base/exit_error.ts";
import { GrammyError } from "grammy";

/** Thrown where Telegram does not know the token: nothing works until it is replaced. */
export class TokenRefused extends ExitError {
  override name = "TokenRefused";
  readonly exit_code = 78;
}

/** `TokenRefused` if this error says so, else null. A malformed token is "not found". */
export function tokenRefusal(error: unknown): TokenRefused | null {
  if (!(error instanceof GrammyError)) return null;
  const { error_code, description } = error;
  if (error_code !== 401 && error_code !== 404) return null;
  return new TokenRefused(
    `Telegram refuses BOT_TOKEN (${error_code} ${description}): take the right one from ` +
      "@BotFather, and look whether TELEGRAM_API_ROOT is the right server",
  );
}
