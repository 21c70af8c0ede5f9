import { assertEquals, assertMatch } from "@std/assert";
import * as counts from "../../src/locales/en_counts.ts";
import { words } from "../../src/flows/verify_card/words.ts";
import { clockOf, localeOf } from "../../src/locales/locales.ts";

Deno.test("English numbers take the noun's right form", () => {
  const { times, byPeople, cards, checks, people, days, seconds } = counts;
  const table = [0, 1, 2, 5, 11, 21, 111, 1.5].map((n) =>
    [times, byPeople, cards, checks, people, days, seconds].map((write) => write(n))
  );
  assertEquals(table, [
    ["0 times", "0 people", "0 cards", "0 checks", "0 people", "0 days", "0 seconds"],
    ["once", "one person", "1 card", "1 check", "1 person", "1 day", "1 second"],
    ["twice", "2 people", "2 cards", "2 checks", "2 people", "2 days", "2 seconds"],
    ["5 times", "5 people", "5 cards", "5 checks", "5 people", "5 days", "5 seconds"],
    ["11 times", "11 people", "11 cards", "11 checks", "11 people", "11 days", "11 seconds"],
    ["21 times", "21 people", "21 cards", "21 checks", "21 people", "21 days", "21 seconds"],
    ["111 times", "111 people", "111 cards", "111 checks", "111 people", "111 days", "111 seconds"],
    ["1.5 times", "1.5 people", "1.5 cards", "1.5 checks", "1.5 people", "1.5 days", "1.5 seconds"],
  ]);
});

Deno.test("an English verdict counts checks as people say it", () => {
  const card = { number: 7, name: "Sea", description: "Oil", maker: "Ann", first_at: "yesterday" };
  const byOthers = { own: false, by_maker: 0 };
  const genuine = (check: number, people: number) =>
    words.en.captions.genuine({
      ...card,
      edition: null,
      corrected: null,
      check,
      people,
      ...byOthers,
    });
  assertMatch(genuine(1, 1), /Checked once: this is the first check, yesterday/);
  assertMatch(genuine(2, 1), /Checked twice by one person, first yesterday/);
  assertMatch(genuine(1234, 21), /Checked 1,234 times by 21 people, first yesterday/);
});

Deno.test("English times are written in the time zone that is asked for", () => {
  const at = Date.UTC(2026, 10, 20, 21, 5);
  assertEquals(clockOf("en", "UTC")(at), "20 November 2026 at 21:05\u00a0UTC");
  assertEquals(clockOf("en", "Asia/Vladivostok")(at), "21 November 2026 at 07:05\u00a0UTC+10");
  const zones = ["Europe/Moscow", "Asia/Kolkata", "America/St_Johns", "Europe/Berlin"];
  assertEquals(
    zones.map((zone) => clockOf("en", zone)(at).split("\u00a0").at(-1)),
    ["MSK", "UTC+5:30", "UTC\u22123:30", "UTC+1"],
  );
});

Deno.test("a phone's language is known by its first part, if it is known at all", () => {
  const tags = ["ru", "ru-RU", "EN", "en_US", "de", "", "english", null];
  assertEquals(tags.map(localeOf), ["ru", "ru", "en", "en", null, null, null, null]);
});
