/** The environment, checked: every variable, its default, and a sentence for a bad value. */
import { z } from "zod";
import { ExitError } from "../base/exit_error.ts";
import { plainText } from "../base/plain_text.ts";
import { isPublicBase } from "../pictures/net/public_base.ts";
import { type EnvFile, readEnvFile } from "./env_file.ts";

/** Ends the process with code 78 (EX_CONFIG): the message names the variable and the mend. */
export class BadConfig extends ExitError {
  override name = "BadConfig";
  readonly exit_code = 78;
}

/** A value that no log, error or dump shows by accident. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  /** The value itself; for the one place that needs it. */
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [Symbol.for("Deno.customInspect")](): string {
    return "[secret]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** `NAME=` in a file or a shell means that nothing is set. */
const unset = (value: unknown) => (value === "" ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(unset, schema.optional());
const withDefault = <Schema extends z.ZodType<unknown, string>>(schema: Schema, value: string) =>
  z.preprocess((given) => unset(given) ?? value, schema);

const secret = (pattern: RegExp, hint: string) =>
  z.string().regex(pattern, hint).transform((value) => new Secret(value));

/** Of `host` or `host:port`; an IPv6 address stands in brackets. */
const HOSTS = /^(\s*(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?\s*(,|$))*$/;

const Environment = z.object({
  BOT_TOKEN: optional(
    secret(/^\d{5,12}:[\w-]{30,64}$/, "looks like 123456789:AA…, as BotFather gives it"),
  ),
  TELEGRAM_API_ROOT: withDefault(
    z.url({ protocol: /^https?$/, error: "is an http(s) address" }),
    "https://api.telegram.org",
  ),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, "looks like postgres://user:password@host:5432/name")
      .transform((value) => new Secret(value)),
  ),
  DATA_DIR: withDefault(z.string(), "./data"),
  ADMIN_IDS: withDefault(
    z.string().regex(/^(\s*\d+\s*(,|$))*$/, "is a list of Telegram ids, like 42,43")
      .transform((list) => list.split(",").map((id) => id.trim()).filter(Boolean).map(Number))
      .refine((ids) => ids.every(Number.isSafeInteger), "is a list of Telegram ids, like 42,43"),
    "",
  ),
  HTTP_HOST: withDefault(z.string(), "127.0.0.1"),
  HTTP_PORT: withDefault(
    z.string().regex(/^\d{1,5}$/, "is a port: 0 to 65535, where 0 takes any free one")
      .transform(Number).refine((port) => port <= 65_535, "is a port: 0 to 65535"),
    "8080",
  ),
  DEFAULT_LOCALE: withDefault(z.enum(["ru", "en"], "is ru or en"), "ru"),
  TIME_ZONE: withDefault(
    z.string().refine(isTimeZone, "is a time zone like Europe/Moscow"),
    "UTC",
  ),
  LOG_LEVEL: withDefault(
    z.enum(
      ["trace", "debug", "info", "warning", "error", "fatal"],
      "is trace, debug, info, warning, error or fatal",
    ),
    "info",
  ),
  LOG_FORMAT: optional(z.enum(["json", "pretty"], "is json or pretty")),
  PII_KEY: optional(
    secret(/^[A-Za-z0-9+/]{43}=$/, "is 32 random bytes in base64: openssl rand -base64 32"),
  ),
  ADOPT_BOT: withDefault(z.stringbool("is 1 or 0"), "0"),
  DELETE_WEBHOOK: withDefault(z.stringbool("is 1 or 0"), "0"),
  IMAGE_CACHE_TTL_SECONDS: withDefault(
    z.string().regex(/^[1-9]\d{0,7}$/, "is a number of seconds, like 86400").transform(Number),
    "86400",
  ),
  IMAGE_CACHE_MAX_BYTES: withDefault(
    z.string().regex(/^[1-9]\d{6,14}$/, "is a number of bytes from 1000000 on, like 1073741824")
      .transform(Number),
    "1073741824",
  ),
  IMAGE_ALLOW_HOSTS: withDefault(
    z.string().regex(HOSTS, "is a list of hosts, like 10.0.0.7:9000,[::1],images.local")
      .transform((list) => list.split(",").map((host) => host.trim()).filter(Boolean)),
    "",
  ),
  IMAGE_PUBLIC_BASE_URL: optional(
    z.string().refine(isPublicBase, "looks like https://cdn.example/{host}{path}"),
  ),
  IMAGE_REDIS_MAX_BYTES: withDefault(
    z.string().regex(/^[1-9]\d{6,14}$/, "is a number of bytes from 1000000 on, like 268435456")
      .transform(Number),
    "268435456",
  ),
  REDIS_URL: optional(
    z.string().refine(isRedis, "looks like redis://user:password@host:6379/0, or rediss:// for TLS")
      .transform((value) => new Secret(value)),
  ),
});

/** The token is the shortest of our secrets that have no address in them. */
const SECRET_LENGTH_MIN = 30;

/** What the program runs with. */
export type Config = z.infer<typeof Environment>;

/** The names of the variables that are read; deno.json allows exactly these. */
export const variables: readonly string[] = Object.keys(Environment.shape);

/**
 * Reads `.env` where there is one, then the environment, which wins; `onDoubt` is told what in the
 * file seems to be meant for us and is not read. Throws `BadConfig` naming every variable that is
 * not as it must be.
 */
export async function readConfig(onDoubt: (sentence: string) => void = warn): Promise<Config> {
  const { values, doubts } = await readFile();
  for (const doubt of doubts) onDoubt(doubt);
  const own = Object.fromEntries(variables.map((name) => [name, Deno.env.get(name)]));
  const set = Object.entries(own).filter(([, value]) => value !== undefined);
  return checkConfig({ ...values, ...Object.fromEntries(set) });
}

async function readFile(): Promise<EnvFile> {
  try {
    return readEnvFile(await Deno.readFile(".env"), variables);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { values: {}, doubts: [] };
    if (error instanceof TypeError) {
      throw new BadConfig("Cannot read .env: it is not UTF-8. Save it as UTF-8.");
    }
    throw new BadConfig(`Cannot read .env: ${error instanceof Error ? error.message : error}`);
  }
}

/** On standard error: logging begins when the configuration is known. */
function warn(sentence: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${plainText(sentence)}\n`));
}

/** Checks an environment; see `readConfig`. */
export function checkConfig(environment: Record<string, string | undefined>): Config {
  // A file with Windows's line ends, read by a shell or by Docker, leaves their first half.
  const given = Object.entries(environment).map((
    [name, value],
  ) => [name, value?.replace(/\r$/, "")]);
  const checked = Environment.safeParse(Object.fromEntries(given));
  if (checked.success) return checked.data;
  const sentences = checked.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = environment[name] ?? "";
    const quotes = /^(["'`]).*\1\r?$/s.test(value) ? "; it stands in quotes: leave them out" : "";
    return `${name} ${message}${shown(name, value)}${quotes}.`;
  });
  throw new BadConfig(`Cannot start: ${sentences.join(" ")} Mend the environment or .env.`);
}

/** The bad value, unless it may be a secret, if only one that was put under a wrong name. */
function shown(name: string, value = ""): string {
  const secret = /TOKEN|KEY|URL|ROOT/.test(name) || value.length >= SECRET_LENGTH_MIN;
  const open = name === "IMAGE_PUBLIC_BASE_URL" && PUBLIC_ADDRESS.test(value);
  return secret && !open ? "" : ` (it is ${JSON.stringify(value)})`;
}

/** An address that everybody may read: no user, no password, nothing behind a question mark. */
const PUBLIC_ADDRESS = /^https?:\/\/[^@?]*$/;

/** Whether a redis address names a host and, if anything more, the number of a database. */
function isRedis(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== "" &&
    /^\/?\d*$/.test(url.pathname) && url.search === "" && url.hash === "" &&
    [url.username, url.password].every(isDecodable);
}

/** Whether percent signs in it are what they must be. */
function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
