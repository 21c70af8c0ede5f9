/** A place for real processes: an emulator, a folder, and a database that outlives the bot. */
import { type Emulator, type PersonHandle, startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import postgres from "postgres";
import { catalogues } from "../../src/flows/catalogues.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { serverOnly } from "../database.ts";
import { unless } from "../permissions.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { placeCluster } from "../made_cluster.ts";
import type { BotProcess, Environment } from "./bot_process.ts";
import { worldNeeds } from "./bot_world.ts";
import { words } from "./issue_by_chat.ts";
import { PII_KEY } from "./run_in_process.ts";

const { label } = catalogues.ru;
/** Processes start slowly on a busy machine. */
export const WAIT = { timeout_ms: 30_000 };

export interface Place {
  emulator: Emulator;
  maker: PersonHandle;
  /** What the bot runs with; its database is empty at first. */
  environment: Environment;
}

type Body = (place: Place) => Promise<void>;

export interface PlaceOptions {
  /** Only embedded, since what is tried is the folder. */
  on?: "folder";
  /** The bot makes its cluster itself, which takes it longer to start. */
  makes_cluster?: true;
}

/** Declares a test on an embedded database, and the same on a server where there is one. */
export function processTest(name: string, body: Body, options: PlaceOptions = {}): void {
  const permissions = worldNeeds({ name: "run" }, { name: "write" });
  Deno.test({
    ...unless(permissions, `${name}, embedded`),
    fn: () => inPlace(body, {}, options),
  });
  if (options.on === "folder") return;
  Deno.test({
    ...unless(permissions || serverOnly(), `${name}, on a server`),
    fn: () =>
      onServer(
        Deno.env.get("TEST_DATABASE_URL") ?? "",
        (url) => inPlace(body, { DATABASE_URL: url }),
      ),
  });
}

/** A place for one body; `more` is added to the bot's environment. */
export async function inPlace(
  body: Body,
  more: Environment,
  { makes_cluster }: PlaceOptions = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  if (!makes_cluster && !more.DATABASE_URL) await placeCluster(`${folder}/postgres`);
  const emulator = await startEmulator();
  try {
    const maker = emulator.addPerson({ first_name: "Анна" });
    await body({ emulator, maker, environment: environmentOf(emulator, folder, more) });
    assertEquals(emulator.violations(), []);
  } finally {
    await emulator.close();
    await Deno.remove(folder, { recursive: true });
  }
}

export const environmentOf = (
  emulator: Emulator,
  folder: string,
  more: Environment,
): Environment => ({
  BOT_TOKEN: emulator.token,
  TELEGRAM_API_ROOT: emulator.root,
  ADMIN_IDS: String(emulator.people()[0]?.id ?? ""),
  DATA_DIR: folder,
  PII_KEY,
  ...more,
});

/** An empty database on the server at this address, gone at the end. */
export async function onServer(
  server: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const sql = postgres(server, { max: 1, onnotice() {} });
  try {
    await sql.unsafe(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    await use(url.href);
  } finally {
    await sql.unsafe(`drop database if exists ${name} with (force)`);
    await sql.end({ timeout: 5 });
  }
}

/** A card issued through the chat; answers its code. Each answer is waited for so long. */
export async function issue(
  { maker }: Pick<Place, "maker">,
  { timeout_ms } = WAIT,
): Promise<string> {
  const answer = async (act: () => Promise<unknown>, seen: RegExp): Promise<string> => {
    const after = maker.messages().at(-1)?.message_id ?? 0;
    await act();
    return words(await maker.until((it) => seen.test(words(it)), { timeout_ms, after }));
  };
  const picture = await plainPicture(60, 40);
  await answer(() => maker.say("/admin"), /Меню мастера/);
  await answer(() => maker.tapButton(label("issue")), /шаг 1/);
  await answer(() => maker.photo(picture), /Шаг 2/);
  await answer(() => maker.say("Зимнее море"), /Шаг 3/);
  await answer(() => maker.say("Холст, масло"), /Шаг 4/);
  await answer(() => maker.tapButton(label("skip")), /Всё верно/);
  const qr = await answer(() => maker.tapButton(label("approve")), /Напечатайте/);
  return qr.split("\n")[0]?.replaceAll(" ", "") ?? "";
}

/** The numbers that a person read, each once. */
export const numbersOf = (phone: PersonHandle): number[] => [...new Set(verdictsOf(phone))];

/** The numbers of all verdicts that a person was sent, in order. */
export const verdictsOf = (phone: PersonHandle): number[] =>
  phone.messages().flatMap((message) => {
    // From a thousand on, the digits stand in groups.
    const number = /Проверена (\d[\d\s]*) раз/.exec(words(message))?.[1];
    return number === undefined ? [] : [Number(number.replaceAll(/\s/g, ""))];
  });

/** Opens the database of a bot that is not running. */
export async function inspect(
  environment: Environment,
  look: (sql: postgres.Sql) => Promise<void>,
) {
  const { DATABASE_URL: url, DATA_DIR } = environment;
  const database = await openDatabase(url ? { url } : { folder: `${DATA_DIR}/postgres` });
  try {
    await look(database.sql);
  } finally {
    await database.close();
  }
}

export async function stop(bot: BotProcess): Promise<void> {
  bot.kill("SIGTERM");
  assertEquals((await bot.end()).code, 0);
}
