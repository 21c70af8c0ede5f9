/**
 * What a button carries, as Telegram carries it: `1:issue`, `1:look:12`, `1:page:0:a`. Buttons
 * live as long as their messages, so a released shape stays readable; the number is its version.
 */
import { z } from "zod";
import { CardNumber } from "../../events/card.ts";
import { CardPart } from "../../events/correction.ts";
import { Query } from "../../events/gallery.ts";
import { Language } from "../../events/language.ts";
import type { Action } from "../../machines/flow/input.ts";

/** A tap that turns a list's page; pages count from 0. Handled beside the dialogue. */
export interface PagerTap {
  page: number;
  active: boolean;
  /** What the list was searched for; "" where it is the list of all. */
  query: string;
}

const VERSION = "1";
const DATA_BYTES_MAX = 64;
const PAGE_MAX = 1_000_000;

/** What a button does. */
export const Tapped: z.ZodType<Action> = z.union([
  z.strictObject({
    do: z.enum([
      "issue",
      "list",
      "stats",
      "skip",
      "cancel",
      "makers",
      "invite",
      "batch",
      "search",
      "export",
    ]),
  }),
  z.strictObject({
    do: z.enum([
      ...["look", "withdraw", "confirm", "restore"] as const,
      ...["labels", "batch_labels", "history", "correct"] as const,
    ]),
    number: CardNumber,
  }),
  z.strictObject({ do: z.enum(["maker", "dismiss"]), maker: z.uuid() }),
  z.strictObject({ do: z.literal("amend"), part: CardPart }),
  z.strictObject({ do: z.literal("speak"), language: Language }),
]);
const Page = z.int().nonnegative().max(PAGE_MAX);

/** Up to 64 bytes of ASCII. */
export function encodeAction(action: Action): string {
  const { do: name, ...rest } = action;
  return [VERSION, name, ...Object.values(rest)].join(":");
}

/** The action that these data are of; null for anything that no button of ours carries. */
export function decodeAction(data: string): Action | null {
  if (data.length > DATA_BYTES_MAX) return null;
  const [, name, argument] = data.split(":");
  const readings = argument === undefined ? [{ do: name }] : [
    { do: name, number: Number(argument) },
    { do: name, language: argument },
    { do: name, maker: argument },
    { do: name, part: argument },
  ];
  const tapped = readings.map((reading) => Tapped.safeParse(reading).data)
    .find((action) => action !== undefined);
  // One spelling each: "1:look:0012" is none of ours.
  return tapped && encodeAction(tapped) === data ? tapped : null;
}

/** Up to 64 bytes of UTF-8. */
export function encodePagerTap({ page, active, query }: PagerTap): string {
  const shown = active ? "a" : "w";
  return query === ""
    ? `${VERSION}:page:${page}:${shown}`
    : `${VERSION}:find:${page}:${shown}:${query}`;
}

/** The page that these data are of; null for anything else. */
export function decodePagerTap(data: string): PagerTap | null {
  const [, , digits, shown, ...rest] = data.split(":");
  const page = Page.safeParse(Number(digits));
  const query = rest.join(":");
  if (query !== "" && !Query.safeParse(query).success) return null;
  const tap = page.success ? { page: page.data, active: shown === "a", query } : null;
  return tap && encodePagerTap(tap) === data ? tap : null;
}
