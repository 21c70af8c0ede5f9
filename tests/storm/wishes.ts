/** What a storm is asked for on its command line. */
import { readArguments, readCount } from "../../src/base/read_arguments.ts";

export interface Wishes {
  only: readonly string[];
  kills: number;
  embedded_kills: number;
  scans: number;
  people: number;
  /** Who send pictures without a code, and how many each. */
  senders: number;
  pictures: number;
  outage_ms: number;
  updates: number;
  seed: string;
}

const usage = `Usage: deno task storm [--only kills,embedded,crowd,photos,outage,hostile]
  [--seed TEXT] [--kills 50] [--embedded-kills 10] [--scans 2000] [--people 200] [--senders 20]
  [--pictures 20] [--outage-seconds 10] [--updates 50000]
`;

const options = {
  "help": { type: "boolean", short: "h" },
  "only": { type: "string" },
  "seed": { type: "string" },
  "kills": { type: "string", default: "50" },
  "embedded-kills": { type: "string", default: "10" },
  "scans": { type: "string", default: "2000" },
  "people": { type: "string", default: "200" },
  "senders": { type: "string", default: "20" },
  "pictures": { type: "string", default: "20" },
  "outage-seconds": { type: "string", default: "10" },
  "updates": { type: "string", default: "50000" },
} as const;

/** The wishes, or what to print instead and the code to end with. */
export function readWishes(
  args: string[],
  storms: readonly string[],
): Wishes | { print: string; code: number } {
  const refuse = (sentence: string) => ({ print: `${sentence}\n${usage}`, code: 64 });
  const read = readArguments({ args, options });
  if (typeof read === "string") return refuse(read);
  const { help, seed = crypto.randomUUID(), only, ...counts } = read.values;
  if (help) return { print: usage, code: 0 };
  const names = only?.split(",") ?? storms;
  const unknown = names.find((name) => !storms.includes(name));
  if (unknown !== undefined) return refuse(`There is no storm ${unknown}.`);
  const odd = Object.entries(counts).find(([, text]) => readCount(text) === null);
  if (odd) return refuse(`Option '--${odd[0]}' takes a whole number, not '${odd[1]}'.`);
  return {
    only: names,
    kills: Number(counts.kills),
    embedded_kills: Number(counts["embedded-kills"]),
    scans: Number(counts.scans),
    people: Number(counts.people),
    senders: Number(counts.senders),
    pictures: Number(counts.pictures),
    outage_ms: Number(counts["outage-seconds"]) * 1_000,
    updates: Number(counts.updates),
    seed,
  };
}
