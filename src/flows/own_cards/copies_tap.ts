/** What the buttons carry that show the copies of a batch: `1:copies:0:12`. */
import { z } from "zod";

/** A tap that shows a page of a batch's copies; pages count from 0. */
export interface CopiesTap {
  page: number;
  /** The public number of one of them. */
  number: number;
}

/** As in the data of all buttons. */
const VERSION = "1";
const PAGE_MAX = 1_000;
const NUMBER_MAX = 2 ** 31 - 1;
const Page = z.int().nonnegative().max(PAGE_MAX);
const CardNumber = z.int().positive().max(NUMBER_MAX);

export const encodeCopiesTap = ({ page, number }: CopiesTap): string =>
  `${VERSION}:copies:${page}:${number}`;

/** The page that these data are of; null for anything else. */
export function decodeCopiesTap(data: string): CopiesTap | null {
  const [, , pages, numbers] = data.split(":");
  const [page, number] = [Page.safeParse(Number(pages)), CardNumber.safeParse(Number(numbers))];
  if (!page.success || !number.success) return null;
  const tap = { page: page.data, number: number.data };
  return encodeCopiesTap(tap) === data ? tap : null;
}
