/** `deno task replay …`: the log, shown and lived again. */
import { replay } from "./app/replay.ts";

if (import.meta.main) Deno.exit(await replay(Deno.args));
