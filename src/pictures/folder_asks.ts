/**
 * How a command asks the process that has the folder: by a file there, which is answered by another.
 * It works wherever the folder does, whoever that process is.
 */
import { join } from "node:path";
import { delay } from "@std/async";
import { ifThere } from "../base/if_there.ts";
import { describe, logOf } from "../base/log.ts";
import { startMaintenance } from "./maintenance.ts";

/** What can be asked, and what comes back, as JSON. */
export interface FolderAnswers {
  sweep(): Promise<{ swept: number; left: number }>;
  readings(): Promise<Readonly<Record<string, number>>>;
}
export type FolderAsk = keyof FolderAnswers;

/** An answer, and the process that gave it. */
export type Answered<Ask extends FolderAsk> = {
  pid: number;
  answer: Awaited<ReturnType<FolderAnswers[Ask]>>;
};

const ASKS = "asks";
const LOOK_MS = 50;
/** Answers that nobody has fetched go. */
const LEFT_MS = 60_000;
const OURS = /^[0-9a-f-]{36}\.(sweep|readings|answer|new)$/;
const PRIVATE = { mode: 0o600 };

/** Looks again and again for what is asked, as long as `owns` says so. */
export function answerAsks(
  folder: string,
  { every_ms, owns, answers }: {
    every_ms: number;
    owns: () => boolean;
    answers: FolderAnswers;
  },
): { close(): Promise<void> } {
  const asks = join(folder, ASKS);
  return startMaintenance(every_ms, async () => {
    if (!owns()) return;
    try {
      for (const name of await namesIn(asks)) await answerOne(asks, name, answers);
    } catch (error) {
      logOf("pictures").warn("Cannot answer what is asked in {asks}: {error}", {
        asks,
        error: describe(error),
      });
    }
  });
}

async function answerOne(asks: string, name: string, answers: FolderAnswers): Promise<void> {
  const [id = "", what] = name.split(".");
  const path = join(asks, name);
  if (what !== "sweep" && what !== "readings") {
    const info = await ifThere(Deno.stat(path));
    if (Date.now() - (info?.mtime?.getTime() ?? Date.now()) > LEFT_MS) await gone(path);
    return;
  }
  const answer = await answers[what]();
  const aside = join(asks, `${id}.new`);
  await Deno.writeTextFile(aside, JSON.stringify({ pid: Deno.pid, answer }), PRIVATE);
  await Deno.rename(aside, join(asks, `${id}.answer`));
  await gone(path);
}

/** Asks whoever has the folder; null where nobody answers within `patience_ms`. */
export async function askOwner<Ask extends FolderAsk>(
  folder: string,
  what: Ask,
  patience_ms: number,
): Promise<Answered<Ask> | null> {
  const asks = join(folder, ASKS);
  await Deno.mkdir(asks, { recursive: true, mode: 0o700 });
  const id = crypto.randomUUID();
  const [ask, answer] = [what, "answer"].map((ending) => join(asks, `${id}.${ending}`));
  if (ask === undefined || answer === undefined) return null;
  await Deno.writeTextFile(ask, "", { ...PRIVATE, createNew: true });
  try {
    const until = performance.now() + patience_ms;
    while (performance.now() < until) {
      const text = await ifThere(Deno.readTextFile(answer));
      if (typeof text === "string") return JSON.parse(text);
      await delay(LOOK_MS);
    }
    return null;
  } finally {
    await Promise.all([ask, answer].map(gone));
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
      .filter((name) => OURS.test(name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function gone(path: string): Promise<void> {
  await ifThere(Deno.remove(path));
}
