/// <reference lib="dom" />
/** A room for tests of the page: a true browser, a true emulator and a true bot. */
import { type Emulator, type EmulatorOptions, startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import { Bot } from "grammy";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

const UNDER_TEST = "__IS_WSL_TEST__";

/** The username of the room's bot. */
export const OUR_BOT = "amanita_local_bot";

/** Two phones on one page, Анна's and Борис's. */
export interface Room {
  readonly emulator: Emulator;
  readonly page: Page;
  readonly anna: Locator;
  readonly boris: Locator;
}

/** Why no browser can run here, or null. */
export const lack = lacking();

/** Declares a test that drives the page; where a browser cannot run it is ignored and says why. */
export function testPage(
  name: string,
  teach: (bot: Bot) => void,
  visit: (room: Room) => Promise<void>,
  how: Visit = {},
): void {
  Deno.test({
    name: lack ? `${name} (ignored: ${lack})` : name,
    ignore: lack !== null,
    fn: async () => {
      const emulator = await startRoomEmulator();
      try {
        await withBot(emulator, teach, () => withPage(emulator, visit, how));
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

export interface Visit {
  /** Complaints that belong to the test. */
  expected?: RegExp;
  /** As if the page were opened for the first time: it explains itself. */
  isFirst?: boolean;
  look?:
    & { width: number; height: number }
    & Pick<
      BrowserContextOptions,
      "colorScheme" | "locale"
    >;
}

/**
 * Opens the page in a browser of its own. It may not complain on its console, break its policy, or
 * ask another host for anything.
 */
export async function withPage(
  emulator: Emulator,
  visit: (room: Room) => Promise<void>,
  { expected = /422/, isFirst = false, look = { width: 1280, height: 860 } }: Visit = {},
): Promise<void> {
  const browser = await launch();
  try {
    const { width, height, locale = "ru-RU", ...colors } = look;
    const page = await browser.newPage({ viewport: { width, height }, locale, ...colors });
    // Nothing waits this long but on a machine that has much else to do.
    page.setDefaultTimeout(120_000);
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (line) => {
      if (line.type() === "error" && !expected.test(line.text())) complaints.push(line.text());
    });
    page.on("request", (request) => {
      const own = [`${emulator.root}/`, `blob:${emulator.root}/`, "data:"];
      if (!own.some((start) => request.url().startsWith(start))) complaints.push(request.url());
    });
    await page.addInitScript((isSeen) => {
      if (isSeen) localStorage.setItem("hint", "seen");
      document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => {
        throw new Error(`The page's policy was broken: ${violatedDirective}`);
      });
    }, !isFirst);
    await page.goto(emulator.address);
    await visit({ emulator, page, anna: phoneOf(page, "Анны"), boris: phoneOf(page, "Бориса") });
    assertEquals(complaints, [], "the page complained");
  } finally {
    await browser.close();
  }
}

/** The phone on the page of the person whose name, as in "Анны", is given. */
export function phoneOf(page: Page, whose: string): Locator {
  return phoneNamed(page, `Телефон ${whose}`);
}

/** The phone on the page that has this name, in whichever language. */
export function phoneNamed(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** The text field of a phone. */
export const field = (phone: Locator) => phone.getByRole("textbox", { name: "Сообщение" });

export const button = (place: Locator | Page, name: string) =>
  place.getByRole("button", { name, exact: true });

/** The messages on a phone's screen. */
export const lines = (phone: Locator) => phone.locator(".messages > li[data-message]");

/** Writes a text on a phone and sends it. */
export async function say(phone: Locator, text: string): Promise<void> {
  await field(phone).fill(text);
  await field(phone).press("Enter");
}

/** A picture as the browser hands over what is dropped or pasted. */
export interface GivenPicture {
  name: string;
  bytes: Uint8Array;
}

/** What a drag or a paste carries. */
export async function carrying(page: Page, pictures: readonly GivenPicture[]) {
  const given = pictures.map(({ name, bytes }) => ({ name, base64: bytes.toBase64() }));
  return await page.evaluateHandle((files) => {
    const carried = new DataTransfer();
    for (const { name, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      carried.items.add(new File([bytes], name, { type: "image/png" }));
    }
    return carried;
  }, given);
}

/** Drags pictures onto a phone and lets go. */
export async function drop(
  phone: Locator,
  pictures: readonly GivenPicture[],
): Promise<void> {
  const dataTransfer = await carrying(phone.page(), pictures);
  const chat = phone.locator(".chat");
  await chat.dispatchEvent("dragover", { dataTransfer });
  await phone.locator(".chat.drop").waitFor();
  await chat.dispatchEvent("drop", { dataTransfer });
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
      // A microphone that hums, and nobody who must be asked for it.
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
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
