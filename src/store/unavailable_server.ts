/** What a server's refusal means, in a sentence that says what to do and never the password. */
import { DatabaseUnavailable } from "./database_unavailable.ts";
import { UnfitDatabase } from "./unfit_database.ts";

/** `cards at db.example:5432` */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = URL.canParse(url)
    ? new URL(url)
    : { hostname: "its hosts", port: "", pathname: "" };
  const database = decodeURIComponent(pathname.slice(1)) || "(the user's own)";
  if (hostname === "") return `${database} on this machine`;
  return `${database} at ${hostname}${hostname === "its hosts" ? "" : `:${port || 5432}`}`;
}

/** The error of opening `url`, as the program ends with it. */
export function describeRefusal(
  url: string,
  error: unknown,
): DatabaseUnavailable | UnfitDatabase {
  const reason = error instanceof Error ? error.message : String(error);
  const said = error instanceof Error && "code" in error ? String(error.code) : "";
  // With this one PgBouncer refuses everything.
  const code = said === "08P01" && !/parameter/i.test(reason) ? "08000" : said;
  const words = `Cannot open the database ${placeOf(url)}: ${reason || code}. `;
  const mend = mends(url).get(code);
  if (mend === undefined) {
    return new DatabaseUnavailable(`${words}Start Postgres there or correct DATABASE_URL.`, {
      cause: error,
    });
  }
  const Refused = lasting.has(code) ? UnfitDatabase : DatabaseUnavailable;
  return new Refused(`${words}${mend}`, { cause: error });
}

/** What no other try mends. */
const lasting = new Set(["42704", "08P01", "22023", "42501"]);

function mends(url: string): ReadonlyMap<string, string> {
  const user = "Correct the user or the password in DATABASE_URL.";
  const name = placeOf(url).split(/ (?:at|on) /)[0];
  const parameter = "Take that parameter out of DATABASE_URL, after the question mark.";
  return new Map([
    ["28P01", user],
    ["28000", user],
    ["3D000", `Create it (createdb ${name}) or correct DATABASE_URL.`],
    [
      "53300",
      "The bot needs eight connections: raise max_connections, or the limit of the user " +
      "(alter role … connection limit …), or end others.",
    ],
    ["42704", parameter],
    ["08P01", parameter],
    ["22023", parameter],
    ["42501", "Allow it to the user of DATABASE_URL."],
    ["57P03", "It is starting or stopping: try again in a moment."],
  ]);
}
