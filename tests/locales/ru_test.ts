import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import * as counts from "../../src/locales/ru_counts.ts";
import { clockOf } from "../../src/locales/locales.ts";
import { words as shareCard } from "../../src/flows/share_card/words.ts";
import { words } from "../../src/flows/verify_card/words.ts";

const { captions, texts } = words.ru;

Deno.test("Russian numbers take the noun's right form", () => {
  const { times, byPeople, cards, checks, people, days, seconds } = counts;
  const table = [1, 2, 5, 11, 21, 111, 1.5].map((n) => [
    times(n),
    byPeople(n),
    cards(n),
    checks(n),
    people(n),
    days(n),
    seconds(n),
  ]);
  assertEquals(table, [
    ["1 раз", "одним человеком", "1 карта", "1 проверка", "1 человек", "1 день", "1 секунду"],
    ["2 раза", "2 людьми", "2 карты", "2 проверки", "2 человека", "2 дня", "2 секунды"],
    ["5 раз", "5 людьми", "5 карт", "5 проверок", "5 человек", "5 дней", "5 секунд"],
    ["11 раз", "11 людьми", "11 карт", "11 проверок", "11 человек", "11 дней", "11 секунд"],
    ["21 раз", "21 человеком", "21 карта", "21 проверка", "21 человек", "21 день", "21 секунду"],
    ["111 раз", "111 людьми", "111 карт", "111 проверок", "111 человек", "111 дней", "111 секунд"],
    [
      "1,5 раза",
      "1,5 людьми",
      "1,5 карты",
      "1,5 проверки",
      "1,5 человека",
      "1,5 дня",
      "1,5 секунды",
    ],
  ]);
});

Deno.test("a verdict counts checks in the issue's own words", () => {
  const card = { number: 7, name: "Море", description: "Холст", maker: "Анна", first_at: "вчера" };
  const asIssued = { edition: null, corrected: null };
  const byOthers = { own: false, by_maker: 0 };
  const genuine = (check: number, people: number) =>
    captions.genuine({ ...card, ...asIssued, ...byOthers, check, people });
  assertMatch(genuine(1, 1), /Проверена 1 раз:/);
  assertMatch(genuine(2, 1), /Проверена 2 раза одним человеком, впервые вчера/);
  assertMatch(genuine(5, 3), /Проверена 5 раз 3 людьми, впервые вчера/);
  assertMatch(genuine(21, 21), /Проверена 21 раз 21 человеком/);
  assertMatch(texts.code_unknown().replaceAll(/<.*?>/g, ""), /не найден/);
});

Deno.test("a verdict tells the maker's own checks apart", () => {
  const card = { number: 7, name: "Море", description: "Холст", maker: "Анна", first_at: "вчера" };
  const genuine = (check: number, people: number, by_maker: number, own: boolean) =>
    captions.genuine({ ...card, edition: null, corrected: null, check, people, by_maker, own });
  assertMatch(
    genuine(2, 1, 2, true),
    /Проверена 2 раза одним человеком \(в том числе мастером: 2\), покупатели ещё не проверяли\n/,
  );
  assertMatch(
    genuine(3, 2, 2, false),
    /\(в том числе мастером: 2\)\nНе считая мастера, это первая проверка, вчера\n/,
  );
  assertMatch(
    genuine(4, 2, 3, true),
    /Проверена 4 раза 2 людьми \(в том числе мастером: 3\), впервые вчера\n/,
  );
});

Deno.test("a verdict tells the edition, and when the card was changed", () => {
  const { genuine, withdrawn } = captions;
  const { shared } = shareCard.ru.captions;
  const card = {
    ...{ number: 7, name: "Море", description: "Холст", maker: "Анна", first_at: "вчера" },
    ...{ edition: { edition: 3, editions: 24 }, corrected: "20 ноября", check: 1, people: 1 },
    ...{ reason: null, active: true, own: false, by_maker: 0 },
  };
  for (const html of [genuine(card), withdrawn(card), shared(card)]) {
    assertMatch(html, /№\u00a07, экземпляр 3 из 24\n/);
    assertMatch(html, /изменено 20 ноября\n/);
    const plain = { ...card, edition: null, corrected: null };
    for (const as of [genuine(plain), withdrawn(plain), shared(plain)]) {
      assertNotMatch(as, /экземпляр|изменено|null/);
    }
  }
});

Deno.test("a withdrawn card's verdict never says that the code is genuine", () => {
  const withdrawn = captions.withdrawn({
    number: 7,
    name: "Море",
    maker: "Анна",
    ...{ edition: null, corrected: null, own: false, by_maker: 0 },
    check: 3,
    people: 2,
    first_at: "вчера",
    reason: "Украдена",
  });
  assertMatch(withdrawn, /КАРТА ОТОЗВАНА/);
  assertMatch(withdrawn, /Украдена/);
  assertMatch(withdrawn, /Анна/);
  assertNotMatch(withdrawn, /подлинн|✅/i);
});

Deno.test("times are written in the time zone that is asked for", () => {
  const at = Date.UTC(2026, 10, 20, 21, 5);
  assertMatch(clockOf("ru", "UTC")(at), /20 ноября 2026.*21:05\u00a0UTC$/);
  assertMatch(clockOf("ru", "Asia/Vladivostok")(at), /21 ноября 2026.*07:05\u00a0UTC\+10$/);
  assertMatch(clockOf("ru", "Europe/Moscow")(at), /21 ноября 2026.*00:05\u00a0МСК$/);
  // Until 2010 it had a summer of its own.
  assertMatch(clockOf("ru", "Europe/Moscow")(Date.UTC(2009, 6, 1)), /04:00\u00a0UTC\+4$/);
});
