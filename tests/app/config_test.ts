import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { BadConfig, checkConfig, type Config, Secret, variables } from "../../src/app/config.ts";
import { needs, unless } from "../permissions.ts";

const TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx";
const KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
const URL_OF_REDIS = "rediss://ada:open-sesame@cache.example:6379/0";
const URL_OF_DATABASE = "postgres://ada:open-sesame@db.example:5432/amanita";

/** The value of one variable; secrets revealed. */
function valueOf(name: string, given: string): unknown {
  const value = new Map(Object.entries(checkConfig({ [name]: given }))).get(name);
  return value instanceof Secret ? value.reveal() : value;
}

const defaults = {
  TELEGRAM_API_ROOT: "https://api.telegram.org",
  DATA_DIR: "./data",
  ADMIN_IDS: [],
  HTTP_HOST: "127.0.0.1",
  HTTP_PORT: 8080,
  DEFAULT_LOCALE: "ru",
  TIME_ZONE: "UTC",
  LOG_LEVEL: "info",
  ADOPT_BOT: false,
  DELETE_WEBHOOK: false,
  IMAGE_CACHE_TTL_SECONDS: 86_400,
  IMAGE_CACHE_MAX_BYTES: 2 ** 30,
  IMAGE_ALLOW_HOSTS: [],
  IMAGE_REDIS_MAX_BYTES: 2 ** 28,
};

Deno.test("environment without a variable has the defaults", () =>
  assertEquals<unknown>(checkConfig({}), defaults));

Deno.test("empty variable means that nothing is set", () => {
  const empty = Object.fromEntries(variables.map((name) => [name, ""]));
  const set = Object.entries(checkConfig(empty)).filter(([, value]) => value !== undefined);
  assertEquals<unknown>(Object.fromEntries(set), defaults);
});

const good: readonly (readonly [keyof Config, string, unknown])[] = [
  ["BOT_TOKEN", TOKEN, TOKEN],
  ["TELEGRAM_API_ROOT", "http://127.0.0.1:8081", "http://127.0.0.1:8081"],
  ["DATABASE_URL", URL_OF_DATABASE, URL_OF_DATABASE],
  ["DATABASE_URL", "postgresql:///amanita?host=/run/postgresql", undefined],
  ["DATA_DIR", "/var/lib/amanita", "/var/lib/amanita"],
  ["ADMIN_IDS", "42", [42]],
  ["ADMIN_IDS", " 42, 7000000001 ,43,", [42, 7000000001, 43]],
  ["HTTP_HOST", "0.0.0.0", "0.0.0.0"],
  ["HTTP_PORT", "0", 0],
  ["HTTP_PORT", "65535", 65535],
  ["DEFAULT_LOCALE", "en", "en"],
  ["TIME_ZONE", "Europe/Moscow", "Europe/Moscow"],
  ["LOG_LEVEL", "debug", "debug"],
  ["LOG_FORMAT", "pretty", "pretty"],
  ["PII_KEY", KEY, KEY],
  ["ADOPT_BOT", "1", true],
  ["DELETE_WEBHOOK", "1", true],
  ["ADOPT_BOT", "0", false],
  ["IMAGE_CACHE_TTL_SECONDS", "1", 1],
  ["IMAGE_CACHE_MAX_BYTES", "1000000", 1_000_000],
  ["IMAGE_PUBLIC_BASE_URL", "https://cdn.example/{host}{path}", undefined],
  ["IMAGE_REDIS_MAX_BYTES", "1000000", 1_000_000],
  ["REDIS_URL", URL_OF_REDIS, URL_OF_REDIS],
  ["REDIS_URL", "redis://127.0.0.1", undefined],
  ["REDIS_URL", "redis://[::1]:6380/", undefined],
  ["IMAGE_ALLOW_HOSTS", " 10.0.0.7:9000, [::1] ,images.local", [
    ...["10.0.0.7:9000", "[::1]", "images.local"],
  ]],
];

Deno.test("every variable takes its good values", () => {
  for (const [name, given, expected] of good) {
    assertEquals(valueOf(name, given), expected ?? given, name);
  }
  assertEquals(variables.filter((name) => !good.some(([it]) => it === name)), []);
});

const bad: readonly (readonly [keyof Config, string, string])[] = [
  ["BOT_TOKEN", "12:short-secret", "BOT_TOKEN looks like 123456789:AA…, as BotFather gives it."],
  ["BOT_TOKEN", `${TOKEN} `, "BOT_TOKEN looks like 123456789:AA…, as BotFather gives it."],
  ["TELEGRAM_API_ROOT", "ftp://me:secret@x", "TELEGRAM_API_ROOT is an http(s) address."],
  ["TELEGRAM_API_ROOT", "api.telegram.org", "TELEGRAM_API_ROOT is an http(s) address."],
  [
    "DATABASE_URL",
    "mysql://ada:secret@db/x",
    "DATABASE_URL looks like postgres://user:password@host:5432/name.",
  ],
  ["ADMIN_IDS", "@ada", 'ADMIN_IDS is a list of Telegram ids, like 42,43 (it is "@ada").'],
  ["ADMIN_IDS", "42;43", 'ADMIN_IDS is a list of Telegram ids, like 42,43 (it is "42;43").'],
  ["ADMIN_IDS", "99999999999999999999", "ADMIN_IDS is a list of Telegram ids, like 42,43"],
  ["HTTP_PORT", "many", "HTTP_PORT is a port: 0 to 65535, where 0 takes any free one"],
  ["HTTP_PORT", "65536", 'HTTP_PORT is a port: 0 to 65535 (it is "65536").'],
  ["HTTP_PORT", "-1", 'HTTP_PORT is a port: 0 to 65535, where 0 takes any free one (it is "-1").'],
  ["DEFAULT_LOCALE", "de", 'DEFAULT_LOCALE is ru or en (it is "de").'],
  ["TIME_ZONE", "Mars", 'TIME_ZONE is a time zone like Europe/Moscow (it is "Mars").'],
  ["LOG_LEVEL", "loud", "LOG_LEVEL is trace, debug, info, warning, error or fatal"],
  ["LOG_FORMAT", "xml", 'LOG_FORMAT is json or pretty (it is "xml").'],
  ["PII_KEY", "secret", "PII_KEY is 32 random bytes in base64: openssl rand -base64 32."],
  ["IMAGE_CACHE_TTL_SECONDS", "0", "IMAGE_CACHE_TTL_SECONDS is a number of seconds, like 86400"],
  ["IMAGE_CACHE_MAX_BYTES", "1 GB", "IMAGE_CACHE_MAX_BYTES is a number of bytes from 1000000 on"],
  ["IMAGE_ALLOW_HOSTS", "http://x", "IMAGE_ALLOW_HOSTS is a list of hosts, like 10.0.0.7:9000"],
  [
    "IMAGE_PUBLIC_BASE_URL",
    "https://cdn.example/pictures",
    "IMAGE_PUBLIC_BASE_URL looks like https://cdn.example/{host}{path} " +
    '(it is "https://cdn.example/pictures").',
  ],
  [
    "IMAGE_PUBLIC_BASE_URL",
    "https://me:secret@cdn.example/{host}{path}",
    "IMAGE_PUBLIC_BASE_URL looks like https://cdn.example/{host}{path}. ",
  ],
  ["IMAGE_REDIS_MAX_BYTES", "256 MB", "IMAGE_REDIS_MAX_BYTES is a number of bytes from 1000000 on"],
  ...["http://:secret@h", "redis://:secret@h/users", "redis://:secret@h:99999", "redis:///0"].map(
    (value) =>
      [
        "REDIS_URL",
        value,
        "REDIS_URL looks like redis://user:password@host:6379/0, or rediss:// for TLS. ",
      ] as const,
  ),
  ["ADOPT_BOT", "perhaps", 'ADOPT_BOT is 1 or 0 (it is "perhaps").'],
  ["DELETE_WEBHOOK", "all", 'DELETE_WEBHOOK is 1 or 0 (it is "all").'],
];

Deno.test("every variable refuses its bad values with a sentence that names it", () => {
  for (const [name, given, sentence] of bad) {
    const error = assertThrows(() => checkConfig({ [name]: given }), BadConfig);
    assertStringIncludes(error.message, `Cannot start: ${sentence}`);
    assert(error.message.endsWith(" Mend the environment or .env."), error.message);
    assertFalse(error.message.includes("secret"), error.message);
  }
  const free = ["DATA_DIR", "HTTP_HOST"];
  assertEquals(variables.filter((name) => !bad.some(([it]) => it === name)), free);
});

Deno.test("all that is wrong is said at once", () => {
  const error = assertThrows(() => checkConfig({ HTTP_PORT: "x", LOG_FORMAT: "y" }), BadConfig);
  for (const name of ["HTTP_PORT", "LOG_FORMAT"]) assertStringIncludes(error.message, name);
});

Deno.test("secret under a wrong name is not shown either", () => {
  for (const secret of [TOKEN, KEY, URL_OF_DATABASE, URL_OF_REDIS]) {
    for (
      const name of [
        "IMAGE_PUBLIC_BASE_URL",
        "ADMIN_IDS",
        "HTTP_PORT",
        "TIME_ZONE",
        "LOG_LEVEL",
        "TELEGRAM_API_ROOT",
      ]
    ) {
      const environment = { [name]: secret };
      const error = assertThrows(() => checkConfig(environment), BadConfig);
      assertFalse(error.message.includes(secret), error.message);
    }
  }
});

Deno.test("secrets of a configuration are not shown by accident", () => {
  const config = checkConfig({
    BOT_TOKEN: TOKEN,
    PII_KEY: KEY,
    DATABASE_URL: URL_OF_DATABASE,
    REDIS_URL: URL_OF_REDIS,
  });
  const shown = [JSON.stringify(config), Deno.inspect(config), `${config.BOT_TOKEN}`].join();
  for (const secret of [TOKEN, KEY, "sesame"]) assertFalse(shown.includes(secret));
  assertEquals(JSON.parse(JSON.stringify(config)).BOT_TOKEN, "[secret]");
});

Deno.test("half a line end is no part of a value, and quotes are named", () => {
  assertEquals(checkConfig({ TIME_ZONE: "Europe/Moscow\r" }).TIME_ZONE, "Europe/Moscow");
  for (const [name, value] of [["BOT_TOKEN", `"${TOKEN}"`], ["HTTP_PORT", "'80'\r"]] as const) {
    const { message } = assertThrows(() => checkConfig({ [name]: value }), BadConfig);
    assertStringIncludes(message, "; it stands in quotes: leave them out.");
    assertFalse(message.includes(TOKEN));
  }
});

const reason = needs({ name: "run" }, { name: "read" }, { name: "write" });

/** What a program reads that is started in `folder` with these variables. */
async function readIn(folder: string, env: Record<string, string>) {
  const config = new URL("../../src/app/config.ts", import.meta.url).href;
  const program = `import { readConfig } from ${JSON.stringify(config)};
    const doubts = [];
    const read = readConfig((doubt) => doubts.push(doubt))
      .then((it) => JSON.stringify({ ...it, doubts }), (error) => error.message);
    console.log(await read);`;
  const root = new URL("../../deno.json", import.meta.url).pathname;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "-q", "--config", root, program],
    cwd: folder,
    env,
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test({
  ...unless(reason, "file .env is read where there is one, and the environment wins"),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const lines = [
        "# comment",
        "HTTP_PORT=9000",
        "ADMIN_IDS=1,2",
        'DATA_DIR="a b"',
        "TIME_ZONE=",
        "SOMETHING_ELSE=x",
        "ADMIN_ID=7",
      ];
      await Deno.writeTextFile(`${folder}/.env`, lines.join("\n"));
      const { HTTP_PORT, ADMIN_IDS, DATA_DIR, TIME_ZONE, doubts } = JSON.parse(
        await readIn(folder, { ADMIN_IDS: "3", HTTP_PORT: "" }),
      );
      assertEquals([HTTP_PORT, ADMIN_IDS, DATA_DIR, TIME_ZONE], [8080, [3], "a b", "UTC"]);
      assertEquals(doubts, [".env sets ADMIN_ID, which nobody reads: is ADMIN_IDS meant?"]);
      await Deno.writeTextFile(`${folder}/.env`, "\uFEFFTIME_ZONE=Mars");
      assertStringIncludes(await readIn(folder, {}), "TIME_ZONE is a time zone like Europe/Moscow");
      await Deno.writeFile(`${folder}/.env`, new Uint8Array([65, 61, 0xcf, 0xf0]));
      assertEquals(
        await readIn(folder, {}),
        "Cannot read .env: it is not UTF-8. Save it as UTF-8.",
      );
      await Deno.remove(`${folder}/.env`);
      assertEquals(JSON.parse(await readIn(folder, {})).HTTP_PORT, 8080);
      await Deno.mkdir(`${folder}/.env`);
      assertStringIncludes(await readIn(folder, {}), "Cannot read .env: ");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
