import { assertEquals, assertGreater } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { startBot } from "./bot_process.ts";
import { words } from "./issue_by_chat.ts";
import { inspect, type Place, processTest, WAIT } from "./process_place.ts";

const { label } = catalogues.ru;

/** Goes through the batch's wizard up to what is shown. */
async function order({ maker }: Place, copies: number): Promise<void> {
  const steps: [() => Promise<unknown>, RegExp][] = [
    [() => maker.say("/admin"), /Меню мастера/],
    [() => maker.tapButton(label("batch")), /сколько карт/],
    [() => maker.say(`${copies}`), /шаг 1/],
    [() => plainPicture(60, 40).then((picture) => maker.photo(picture)), /шаг 2/],
    [() => maker.say("Зимнее море"), /шаг 3/],
    [() => maker.say("Холст, масло"), /шаг 4/],
    [() => maker.tapButton(label("skip")), /Всё верно/],
  ];
  for (const [act, seen] of steps) {
    const after = maker.messages().at(-1)?.message_id ?? 0;
    await act();
    await maker.until((it) => seen.test(words(it)), { ...WAIT, after });
  }
}

processTest(
  "batch whose process is killed goes on in the next, and doubles nothing",
  async (place) => {
    const { maker, environment } = place;
    {
      await using bot = startBot(environment);
      await bot.working();
      await order(place, 400);
      await maker.tapButton(label("approve"));
      await maker.until((it) => /Выпускаю тираж/.test(words(it)), WAIT);
      bot.kill("SIGKILL");
      await bot.end();
    }
    // Killed again as soon as it is seen to go on; by the last start at the latest it comes through.
    for (let kills = 0; kills < 2 && !/Тираж готов/.test(progressOf(place)); kills++) {
      const seen = progressOf(place);
      await using bot = startBot(environment);
      await bot.working();
      await maker.until((it) => /тираж|Тираж/.test(words(it)) && progressOf(place) !== seen, WAIT);
      bot.kill("SIGKILL");
      await bot.end();
    }
    {
      await using bot = startBot(environment);
      await bot.working();
      await maker.until((it) => /Тираж готов: 400 карт/.test(words(it)), WAIT);
      bot.kill("SIGTERM");
      assertEquals((await bot.end()).code, 0);
    }
    await inspect(environment, async (sql) => {
      const rows = await sql<{ edition: number; code: string; batch: string }[]>`
      select edition, code, batch from cards order by edition`;
      assertEquals(
        rows.map(({ edition }) => edition),
        Array.from({ length: 400 }, (_, i) => i + 1),
      );
      assertEquals(new Set(rows.map(({ code }) => code)).size, 400);
      assertEquals(new Set(rows.map(({ batch }) => batch)).size, 1);
      const [facts] = await sql<{ n: number }[]>`
      select count(*)::int as n from events where type = 'EditionsIssued'`;
      assertGreater(facts?.n ?? 0, 1);
    });
  },
);

/** What the maker reads of how far the batch has come. */
function progressOf({ maker }: Place): string {
  return maker.messages().map(words).filter((it) => /тираж|Тираж/.test(it)).join("\n");
}
