/** `deno task dev`: the bot with an embedded database and, without a token, a Telegram of its own. */
import { dev } from "./app/dev.ts";
import { runProgram } from "./app/process.ts";

if (import.meta.main) await runProgram(dev);
