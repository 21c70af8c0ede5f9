/** How long an inline query waits for its cards, among ten thousand. */
import { v4, v7 } from "uuid";
import { completeCode } from "../../events/code.ts";
import { openCardFinder } from "../../src/flows/share_card/read_model.ts";
import type { Database } from "../../src/store/open_database.ts";
import { measure } from "./measure.ts";

const CARDS = 10_000;
const BOT = 7;
const ROUND_MS = 2_000;
/** What a person may wait for an answer, of which Telegram's own way is a part. */
const GOAL_MS = 300;

const adjectives = ["Зимнее", "Лунная", "Тихий", "Ночной", "Золотая", "Морская", "Первый", "Дикое"];
const nouns = ["море", "поляна", "лес", "мухомор", "сова", "волна", "снег", "камень", "звезда"];

/** Prints the figures of a few kinds of queries; whether the slowest of them is fast enough. */
export async function findInline(
  say: (line: string) => void,
  { sql }: Database,
): Promise<boolean> {
  const person = v4();
  await fill(sql, person);
  const { find } = openCardFinder({ sql });
  const queries = ["", "море", "лунная по", "м", "4321", "нет такой", "карта"];
  let met = true;
  for (const words of queries) {
    const { p50_ms, p99_ms } = await measure(1, ROUND_MS, async () => {
      await find({ bot: BOT, person, words, offset: 0 });
    });
    met &&= p99_ms < GOAL_MS;
    const about = `  «${words}»`.padEnd(16);
    say(`${about} p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
  }
  say(`  Every p99 under ${GOAL_MS} ms: ${met ? "yes" : "NO"}`);
  return met;
}

/** Cards of forty makers, half of them checked by strangers, some by this person. */
async function fill(sql: Database["sql"], person: string): Promise<void> {
  const makers = Array.from({ length: 40 }, () => v4());
  const rows = Array.from({ length: CARDS }, (_, i) => ({
    card: v7(),
    number: i + 1,
    code: completeCode(`${i}`.padStart(19, "0")),
    name: `${adjectives[i % 8]} ${nouns[i % 9]}, карта ${i}`,
    maker: makers[i % 40] ?? "",
  }));
  const column = (name: keyof typeof rows[number]) => rows.map((row) => String(row[name]));
  await sql`
    insert into cards (card, number, code, name, description, original, maker, issued_at, active,
      changed_at, checks, people)
    select card, number, code, name, 'Oil', repeat('a', 64), maker, 1, true, 1, 1, 1
    from unnest(${column("card")}::uuid[], ${column("number")}::int[], ${column("code")}::text[],
      ${column("name")}::text[], ${column("maker")}::uuid[]) as c(card, number, code, name, maker)`;
  await sql`insert into galleries (maker, number, card, active)
    select maker, number, card, true from cards`;
  await sql`insert into card_words (card, word)
    select distinct card, word from cards, words_of(name) as word`;
  await sql`insert into card_people (card, person, first_at)
    select card, gen_random_uuid(), number from cards where number % 2 = 0`;
  await sql`insert into card_people (card, person, first_at)
    select card, ${person}, number from cards where number % 50 = 0`;
  await sql`analyze`;
}
