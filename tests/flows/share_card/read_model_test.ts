import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../../events/stream.ts";
import { openCardFinder } from "../../../src/flows/share_card/read_model.ts";
import { inlineProjection } from "../../../src/projections/projection.ts";
import { projections } from "../../../src/flows/projections.ts";
import { rebuildProjections } from "../../../src/projections/rebuild.ts";
import { openLog } from "../../../src/store/log.ts";
import type { Database } from "../../../src/store/open_database.ts";
import { databaseTest } from "../../database.ts";
import {
  corrected,
  type Draft,
  editionsIssued,
  issued,
  opened,
  restored,
  verified,
  withdrawn,
  write,
} from "../../store/pen.ts";

const BOT = 7;

function given(sql: Database["sql"]) {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const finder = openCardFinder({ sql });
  return {
    finder,
    tell: (person: string, ...drafts: Draft[]) => write(log, dialogueStream(person), ...drafts),
    /** The numbers of what this person finds. */
    finds: async (person: string | null, words: string, offset = 0) =>
      (await finder.find({ bot: BOT, person, words, offset })).map(({ number }) => number),
  };
}

const named = (card: string, maker: string, name: string): Draft => {
  const draft = issued(card, maker);
  return { ...draft, data: { ...draft.data, name } };
};

databaseTest("cards are found by what their words begin with, in any case", async ({ sql }) => {
  const { tell, finds } = given(sql);
  const maker = v4();
  const names = ["Зимнее море", "МОРЕ, волны", "Ёлка «Снег»", "Sea-shell", "100% шёлк_ткань"];
  await tell(maker, ...names.map((name) => named(v4(), maker, name)));
  assertEquals(await finds(maker, "мор"), [2, 1]);
  assertEquals(await finds(maker, "море зим"), [1]);
  assertEquals(await finds(maker, "  МОРЕ...вол "), [2]);
  assertEquals(await finds(maker, "елка"), [3]);
  assertEquals(await finds(maker, "СНЁГ"), [3]);
  assertEquals(await finds(maker, "shell"), [4]);
  assertEquals(await finds(maker, "ткань"), [5]);
  assertEquals(await finds(maker, "оре"), []);
  assertEquals(await finds(maker, "%"), [5, 4, 3, 2, 1]);
  assertEquals(await finds(maker, "море '; drop table cards; --"), []);
});

databaseTest("a number finds its card first, and then names that begin so", async ({ sql }) => {
  const { tell, finds } = given(sql);
  const maker = v4();
  await tell(maker, ...["a", "b", "2 волны", "c"].map((name) => named(v4(), maker, name)));
  assertEquals(await finds(maker, "2"), [2, 3]);
  for (const words of ["№ 4", "#4", "No. 4", " 4 "]) assertEquals(await finds(maker, words), [4]);
  assertEquals(await finds(maker, "99999999999999999999"), []);
});

databaseTest("no code finds a card, not even its own", async ({ sql }) => {
  const { tell, finds } = given(sql);
  const maker = v4();
  await tell(maker, named(v4(), maker, "Море"));
  const [row] = await sql<{ code: string }[]>`select code from cards`;
  const code = row?.code ?? "";
  for (const words of [code, code.slice(0, 4), code.toLowerCase(), `v_${code}`]) {
    assertEquals(await finds(maker, words), []);
  }
});

databaseTest("strangers find what is published, everybody what they have seen", async ({ sql }) => {
  const { tell, finds, finder } = given(sql);
  const [maker, buyer, friend, stranger] = [v4(), v4(), v4(), v4()];
  const [one, two, three] = [v4(), v4(), v4()];
  await tell(maker, ...[one, two, three].map((card) => named(card, maker, "Море")));
  assertEquals(await finds(stranger, "море"), []);
  // The maker's own check publishes nothing.
  await tell(maker, verified(one, maker));
  assertEquals(await finds(stranger, "море"), []);
  await tell(buyer, verified(two, buyer));
  assertEquals([await finds(stranger, "море"), await finds(null, "")], [[2], [2]]);
  await tell(friend, opened(3));
  // To look for it by counting shows nothing; the link of its maker shows it to everybody.
  assertEquals(await finds(friend, "море"), [2]);
  await tell(stranger, opened(3, "0123456789abcdef"));
  assertEquals([await finds(friend, "3"), await finds(null, "3")], [[], []]);
  const [offered] = await finder.find({ bot: BOT, person: maker, words: "3", offset: 0 });
  await tell(friend, opened(3, offered?.key ?? ""));
  assertEquals([await finds(friend, "море"), await finds(null, "море")], [[3, 2], [3, 2]]);
  assertEquals(await finds(maker, "море"), [1, 3, 2]);
  await tell(maker, withdrawn(two), withdrawn(three));
  // What its maker has published stays so; what was only checked is theirs who have checked it.
  assertEquals(await finds(stranger, "море"), [3]);
  assertEquals([await finds(buyer, "2"), await finds(friend, "2")], [[2], []]);
  await tell(maker, restored(two));
  assertEquals(await finds(stranger, "2"), [2]);
  for (const page_size of [1, 1000]) {
    const rebuilt = await rebuildProjections(sql, projections, { page_size });
    assertEquals(rebuilt.tables.filter(({ differing }) => differing > 0), []);
  }
});

databaseTest("a corrected name is found, the old one is not, also in a batch", async ({ sql }) => {
  const { tell, finds } = given(sql);
  const maker = v4();
  const card = v4();
  await tell(maker, named(card, maker, "Мире"));
  await tell(maker, editionsIssued(v4(), maker, [1, 2]));
  await tell(maker, corrected(card, { name: "Море" }));
  assertEquals([await finds(maker, "мире"), await finds(maker, "1")], [[], [1]]);
  const [edition] = await sql<{ card: string }[]>`select card from cards where number = 2`;
  const before = await finds(maker, "море");
  await tell(maker, corrected(edition?.card ?? "", { name: "Волны" }));
  assertEquals([before, await finds(maker, "море")], [[3, 2, 1], [1]]);
  assertEquals(await finds(maker, "волны"), [3, 2]);
  for (const page_size of [1, 1000]) {
    const rebuilt = await rebuildProjections(sql, projections, { page_size });
    assertEquals(rebuilt.tables.filter(({ differing }) => differing > 0), []);
  }
});

databaseTest("what is found comes in pages, with the photo as this bot has it", async ({ sql }) => {
  const { tell, finds, finder } = given(sql);
  const maker = v4();
  await tell(maker, ...Array.from({ length: 23 }, () => issued(v4(), maker)));
  const pages = [await finds(maker, ""), await finds(maker, "", 20)];
  assertEquals(pages.map((page) => page.length), [20, 3]);
  assertEquals(new Set(pages.flat()).size, 23);
  await sql`
    insert into photo_files (bot, sha256, file_id)
    select bot, original, 'photo of ' || bot from cards, unnest(${[BOT, 8]}::bigint[]) as bot
    where number = 23`;
  const [found] = await finder.find({ bot: BOT, person: maker, words: "23", offset: 0 });
  assertEquals(found?.file_id, "photo of 7");
});

databaseTest(
  "every card is on one page and on one only, however many there are",
  async ({ sql }) => {
    const { tell, finds } = given(sql);
    const maker = v4();
    const cards = Array.from({ length: 265 }, () => issued(v4(), maker));
    await tell(maker, ...cards);
    const found: number[] = [];
    for (let page = [0]; page.length > 0; found.push(...page)) {
      page = await finds(maker, "", found.length);
    }
    assertEquals(found, cards.map((_, i) => cards.length - i));
    assertEquals(await finds(maker, "", 10_000), []);
  },
);

databaseTest("every word counts, however many are asked for", async ({ sql }) => {
  const { tell, finds } = given(sql);
  const maker = v4();
  const words = ["раз", "два", "три", "четыре", "пять", "шесть", "семь", "восемь"];
  await tell(maker, named(v4(), maker, words.join(" ")));
  assertEquals(await finds(maker, words.toReversed().join(" ")), [1]);
  assertEquals(await finds(maker, [...words, "ах"].join(" ")), []);
  assertEquals(
    await finds(
      maker,
      "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я " +
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    ),
    [],
  );
});
