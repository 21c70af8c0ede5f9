/** The commands of `deno task pictures`: what they are called with, what they print, how they end. */
import pLimit from "p-limit";
import type { FlightResult } from "../../machines/picture.ts";
import { ifThere } from "../base/if_there.ts";
import { readArguments } from "../base/read_arguments.ts";
import { FolderInUse, isHeld, scanFolder } from "./cache/cache_folder.ts";
import { isDenied } from "./cache/disk_error.ts";
import type { Answered, FolderAsk } from "./folder_asks.ts";
import type { OpenPictures } from "./open_pictures.ts";
import { nameOf } from "./cache/sidecar.ts";

/** How the process ends; the BSD codes where there is one. */
export const exitCodes = {
  done: 0,
  /** At least one picture could not be had. */
  refused: 1,
  usage: 64,
  unavailable: 69,
  defect: 70,
  bad_config: 78,
} as const;

/** What a command works with. */
export interface PicturesWorld {
  folder: string;
  ttl_ms: number;
  /** Takes the cache over; only for commands that change it. */
  open: () => Promise<OpenPictures>;
  /** Asks the process that has the cache; null where it does not answer. */
  ask: <Ask extends FolderAsk>(what: Ask) => Promise<Answered<Ask> | null>;
  print: (line: string) => void;
  /** Shows how far it is, where somebody watches. */
  onProgress: (done: number, total: number) => void;
}

/** A command that was understood; resolves to the exit code. */
export type Run = (world: PicturesWorld) => Promise<number>;

const AT_ONCE = 100;
const help = `Usage: deno task pictures <command>

  get <url>…  Fetches pictures, or takes them from the cache, and says where they lie.
  stats       Counts what the cache holds, and what a running bot has done with it.
  sweep       Removes what is too old to be wanted; a running bot is asked to do it.

The cache is DATA_DIR/image_cache. Ends with 0 done, 1 a picture was refused, 64 wrong usage,
69 the cache is in use, 70 defect of this program, 78 bad configuration.`;

/** Reads the command line: a command to run, or what to print instead and the code to end with. */
export function parseCommand(args: string[]): Run | { print: string; code: number } {
  const options = { help: { type: "boolean", short: "h" } } as const;
  const read = readArguments({ args, options, allowPositionals: true });
  if (typeof read === "string") return refuse(read);
  if (read.values.help) return { print: help, code: exitCodes.done };
  const [name, ...rest] = read.positionals;
  if (name === "get" && rest.length > 0) return (world) => get(world, rest);
  if (name === "stats" && rest.length === 0) return stats;
  if (name === "sweep" && rest.length === 0) return sweep;
  const known = ["get", "stats", "sweep"].includes(name ?? "");
  const wrong = known ? `That is not how ${name} is used.` : `There is no command ${name ?? ""}.`;
  return refuse(name === undefined ? "Which command?" : wrong);
}

function refuse(sentence: string): { print: string; code: number } {
  return { print: `${sentence}\n\n${help}`, code: exitCodes.usage };
}

async function get(
  { open, print, onProgress }: PicturesWorld,
  urls: readonly string[],
): Promise<number> {
  const pictures = await open();
  try {
    let done = 0;
    const results = await pLimit(AT_ONCE).map(urls, async (url) => {
      const result = await pictures.get(url);
      onProgress(++done, urls.length);
      return result;
    });
    results.forEach((result) => print(describeResult(result)));
    const refused = results.some(({ is }) => is === "refused");
    return refused ? exitCodes.refused : exitCodes.done;
  } finally {
    await pictures.close();
  }
}

/** One line, and a second one where there is something to explain. */
export function describeResult(result: FlightResult): string {
  if (result.is === "refused") return `refused (${result.reason}): ${result.sentence}`;
  const { from, path, type, width, height, size, sha256, url } = result;
  const line = `${from}: ${url}\n  ${path}  ${type} ${width}×${height}, ${count(size, "byte")}, ` +
    `sha256 ${sha256}`;
  return result.from === "stale" ? `${line}\n  ${result.because.sentence}` : line;
}

async function stats({ folder, ttl_ms, print, ask }: PicturesWorld): Promise<number> {
  const found = await ifThere(scanFolder(folder, nameOf, { mend: false })) ?? [];
  const bytes = found.reduce((sum, { sidecar: { size } }) => sum + size, 0);
  const fresh = found.filter(({ mtime_ms }) => mtime_ms + ttl_ms > Date.now()).length;
  print(`${folder}: ${count(found.length, "picture")}, ${count(bytes, "byte")}`);
  print(`  fresh ${fresh}, stale ${found.length - fresh}`);
  for (const type of ["jpg", "png", "webp"]) {
    const ofType = found.filter(({ sidecar }) => sidecar.type === type);
    if (ofType.length > 0) print(`  ${type} ${ofType.length}`);
  }
  const told = await unlessDenied(async () => isHeld(folder) ? await ask("readings") : null);
  if (told === null) return exitCodes.done;
  print(`Process ${told.pid} has it, and since its start:`);
  for (const [name, reading] of Object.entries(told.answer)) {
    if (reading > 0) print(`  ${name} ${reading.toLocaleString("en")}`);
  }
  return exitCodes.done;
}

/** Who may only read the folder cannot ask, and is told what can be read. */
async function unlessDenied<Told>(ask: () => Promise<Told>): Promise<Told | null> {
  try {
    return await ask();
  } catch (error) {
    if (isDenied(error)) return null;
    throw error;
  }
}

async function sweep({ open, print, ask }: PicturesWorld): Promise<number> {
  let pictures: OpenPictures;
  try {
    pictures = await open();
  } catch (error) {
    const told = error instanceof FolderInUse ? await ask("sweep") : null;
    // The refusal says who has it.
    if (told === null) throw error;
    const { swept, left } = told.answer;
    print(`Process ${told.pid} swept ${count(swept, "picture")}; ${left} are left.`);
    return exitCodes.done;
  }
  try {
    const swept = await pictures.sweep();
    const { now } = pictures.readings();
    print(`Swept ${count(swept, "picture")}; ${now.pictures} are left.`);
    return exitCodes.done;
  } finally {
    await pictures.close();
  }
}

const count = (n: number, noun: string) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
