import { assertEquals, assertThrows } from "@std/assert";
import { type Config, variables } from "../../src/app/config.ts";
import { readEnvFile } from "../../src/app/env_file.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const fileOf = (text: string) => readEnvFile(bytesOf(text), variables);

Deno.test("file is read as Node's and dotenv's parsers read it", () => {
  const read: readonly (readonly [string, Record<string, string>])[] = [
    ["\uFEFFTIME_ZONE=Mars\nHTTP_PORT=1", { TIME_ZONE: "Mars", HTTP_PORT: "1" }],
    ["TIME_ZONE=Mars\r\nHTTP_PORT=1\r\n", { TIME_ZONE: "Mars", HTTP_PORT: "1" }],
    ["TIME_ZONE=Mars\rHTTP_PORT=1\r", { TIME_ZONE: "Mars", HTTP_PORT: "1" }],
    ["export TIME_ZONE=Mars\nexport   HTTP_PORT = 1", { TIME_ZONE: "Mars", HTTP_PORT: "1" }],
    [`A="x # y" # z\nB='q' # r\nC=s # t\n# D=1`, { A: "x # y", B: "q", C: "s" }],
    [`A="one\r\ntwo"\nB='three\nfour'`, { A: "one\ntwo", B: "three\nfour" }],
    [`A="a\\nb"\nB='a\\nb'`, { A: "a\nb", B: "a\\nb" }],
    ["A=1\nA=2\nB=a=b", { A: "2", B: "a=b" }],
    ["  A  =  Москва  \nB=", { A: "Москва", B: "" }],
  ];
  for (const [text, values] of read) assertEquals({ ...fileOf(text).values }, values, text);
});

Deno.test("file that Windows wrote in two bytes a letter is read by its mark", () => {
  const text = "\uFEFFTIME_ZONE=Mars\r\nHTTP_PORT=1";
  const units = Uint16Array.from(text, (letter) => letter.charCodeAt(0));
  const little = new Uint8Array(units.buffer);
  const big = Uint8Array.from(little, (_, i) => little[i ^ 1] ?? 0);
  for (const bytes of [little, big]) {
    const { values } = readEnvFile(bytes, variables);
    assertEquals({ ...values }, { TIME_ZONE: "Mars", HTTP_PORT: "1" });
  }
  assertThrows(() => readEnvFile(new Uint8Array([65, 61, 0xcf, 0xf0]), variables), TypeError);
});

Deno.test("variable that is nearly one of ours is named, and its value is not", () => {
  const near: readonly (readonly [string, keyof Config])[] = [
    ["BOT_TOKENS", "BOT_TOKEN"],
    ["BOTTOKEN", "BOT_TOKEN"],
    ["bot_token", "BOT_TOKEN"],
    ["TELEGRAM_BOT_TOKEN", "BOT_TOKEN"],
    ["TOKEN", "BOT_TOKEN"],
    ["ADMIN_ID", "ADMIN_IDS"],
    ["ADMINS_IDS", "ADMIN_IDS"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["DATA-DIR", "DATA_DIR"],
    ["TIMEZONE", "TIME_ZONE"],
    ["HTTP_PROT", "HTTP_PORT"],
    ["PORT", "HTTP_PORT"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["DEFAULT_LOCAL", "DEFAULT_LOCALE"],
    ["IMAGE_CACHE_TTL_SECOND", "IMAGE_CACHE_TTL_SECONDS"],
    ["PII_KEYS", "PII_KEY"],
  ];
  for (const [name, ours] of near) {
    const { doubts } = fileOf(`${name}=s3cret`);
    assertEquals(doubts, [`.env sets ${name}, which nobody reads: is ${ours} meant?`]);
  }
  const others = ["POSTGRES_PASSWORD", "COMPOSE_PROJECT_NAME", "HTTP_PROXY", "PATH", "NODE_ENV"];
  assertEquals(fileOf(others.map((name) => `${name}=x`).join("\n")).doubts, []);
  assertEquals(fileOf(variables.map((name) => `${name}=x`).join("\n")).doubts, []);
});

Deno.test("line that names a variable of ours and sets nothing is told", () => {
  for (const line of ["TIME_ZONE: Mars", "TIME_ZONE Mars", "export TIME_ZONE : Mars"]) {
    assertEquals(fileOf(`HTTP_PORT=1\n${line}`).doubts, [
      '.env names TIME_ZONE without a "=", which sets nothing: write TIME_ZONE=…',
    ]);
  }
  assertEquals(fileOf("# TIME_ZONE: where today begins\nTIME_ZONE=Mars").doubts, []);
});
