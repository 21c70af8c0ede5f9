/** What the buttons that turn a list's page carry: `1:page:0:a`, `1:find:0:w:<query>`. */
import { z } from "zod";
import { Query } from "../../../events/gallery.ts";

/** A tap that turns a list's page; pages count from 0. */
export interface PagerTap {
  page: number;
  active: boolean;
  /** What the list was searched for; "" where it is the list of all. */
  query: string;
}

/** As in the data of all buttons. */
const VERSION = "1";
const PAGE_MAX = 1_000_000;
const Page = z.int().nonnegative().max(PAGE_MAX);

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
