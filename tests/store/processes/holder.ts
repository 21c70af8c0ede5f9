/** Holds the folder of the first argument open until its standard input ends. */
import { openDatabase } from "../../../src/store/open_database.ts";

const database = await openDatabase({ folder: Deno.args[0] ?? "" });
Deno.stdout.writeSync(new TextEncoder().encode("open\n"));
await Deno.stdin.readable.pipeTo(new WritableStream());
await database.close();
