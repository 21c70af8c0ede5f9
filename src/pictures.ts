/** `deno task pictures …`: pictures from the web and their cache. */
import { pictures } from "./app/pictures.ts";

if (import.meta.main) Deno.exit(await pictures(Deno.args));
