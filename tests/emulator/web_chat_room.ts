/** A room for tests of the page: a true browser, a true emulator and a true bot. */
import { assertEquals } from "@std/assert";
import { Bot } from "grammy";
import type { Browser, Locator, Page } from "playwright-core";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/emulator.ts";

const CHROMIUM = "/usr/bin/chromium";

const UNDER_TEST = "__IS_WSL_TEST__";

/** The username of the room's bot. */
export const OUR_BOT = "amanita_local_bot";

/** Two phones on one page: Анна holds the left, Борис the right. */
export interface Room {
  readonly emulator: Emulator;
  readonly page: Page;
  readonly anna: Locator;
  readonly boris: Locator;
}

const lack = lacking();

/** Declares a test that drives the page; where a browser cannot run it is ignored and says why. */
export function testPage(
  name: string,
  teach: (bot: Bot) => void,
  visit: (room: Room) => Promise<void>,
): void {
  Deno.test({
    name: lack ? `${name} (ignored: ${lack})` : name,
    ignore: lack !== null,
    fn: async () => {
      const emulator = await startRoomEmulator();
      try {
        await withBot(emulator, teach, () => withPage(emulator, visit));
      } finally {
        await emulator.close();
      }
    },
  });
}

/** Declares a test that starts its own emulators. */
export function testBrowser(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: lack ? `${name} (ignored: ${lack})` : name, ignore: lack !== null, fn });
}

/** An emulator with the room's people and bot. */
export function startRoomEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const people = [{ first_name: "Анна", last_name: "Смирнова" }, { first_name: "Борис" }];
  return startEmulator({ bot: { username: OUR_BOT }, people, ...options });
}

/** Opens the page in a browser of its own; the page may not complain on its console. */
export async function withPage(
  emulator: Emulator,
  visit: (room: Room) => Promise<void>,
  /** Complaints that belong to the test. */
  expected = /422/,
): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (line) => {
      if (line.type() === "error" && !expected.test(line.text())) complaints.push(line.text());
    });
    await page.goto(emulator.root);
    await visit({ emulator, page, anna: page.locator("#left"), boris: page.locator("#right") });
    assertEquals(complaints, [], "the page complained on its console");
  } finally {
    await browser.close();
  }
}

async function withBot(
  emulator: Emulator,
  teach: (bot: Bot) => void,
  work: () => Promise<void>,
): Promise<void> {
  const bot = new Bot(emulator.token, { client: { apiRoot: emulator.root } });
  teach(bot);
  // A bot that is stopped before its first poll rejects; the test's own failure says more.
  const polling = bot.start().catch(() => undefined);
  try {
    await work();
  } finally {
    await bot.stop();
    await polling;
  }
}

async function launch(): Promise<Browser> {
  // Unless told that it is under test, it looks on import at what no permission set can allow.
  Deno.env.set(UNDER_TEST, "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** What a browser and an emulator lack here, or null. */
function lacking(): string | null {
  const needs: (Deno.PermissionDescriptor & { flag: string })[] = [
    { name: "run", command: CHROMIUM, flag: `run=${CHROMIUM}` },
    { name: "net", host: "127.0.0.1", flag: "net=127.0.0.1" },
    { name: "read", flag: "read" },
    { name: "write", path: "/tmp", flag: "write=/tmp" },
    { name: "env", variable: UNDER_TEST, flag: `env=${UNDER_TEST}` },
    { name: "sys", kind: "homedir", flag: "sys=homedir" },
    { name: "ffi", flag: "ffi" },
  ];
  const denied = needs.find((need) => Deno.permissions.querySync(need).state !== "granted");
  if (denied) return `needs --allow-${denied.flag}`;
  if (!readsEnv()) return "needs --allow-env or --ignore-env";
  try {
    Deno.statSync(CHROMIUM);
    return null;
  } catch {
    return `needs ${CHROMIUM}`;
  }
}

/** Whether any variable may be asked for; an ignored one is "denied", and yet reads as absent. */
function readsEnv(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env" });
  if (state !== "denied") return state === "granted";
  try {
    Deno.env.get("HOME");
    return true;
  } catch {
    return false;
  }
}
