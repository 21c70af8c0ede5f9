import { assertEquals } from "@std/assert";
import { parseCardNumber } from "../../../src/flows/own_cards/parse_card_number.ts";

const numbers: readonly (readonly [search: string, number: number | null])[] = [
  ...[["12", 12], ["№ 12", 12], ["№12", 12], ["#12", 12], ["No. 12", 12], ["no 12", 12]] as const,
  ...[[" 12\n", 12], ["１２", 12], ["\u200e12\u200f", 12], ["№\u2068 12\u2069", 12]] as const,
  ...[["999999999", 999_999_999], ["1000000000", null], ["0", 0]] as const,
  ...[["", null], ["№", null], ["12 а", null], ["1 2", null], ["-1", null], ["1.5", null]] as const,
];
for (const [search, number] of numbers) {
  Deno.test(`${JSON.stringify(search)} is ${number === null ? "no number" : `card ${number}`}`, () =>
    assertEquals(parseCardNumber(search), number));
}
