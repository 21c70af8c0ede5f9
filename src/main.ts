/** `deno task start`: the bot in production. */
import { runProgram } from "./app/process.ts";
import { start } from "./app/start.ts";

if (import.meta.main) await runProgram(start);
