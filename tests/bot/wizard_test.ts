import { assertEquals, assertExists, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, beginIssue, finished, issueByChat, shownText, words } from "./issue_by_chat.ts";
import { brokenJpeg, pdf, type SentFile, svg, tooBig } from "./pictures.ts";

const { text, label } = catalogues.ru;

type Sent = "sticker" | "voice" | (() => SentFile | Promise<SentFile>);
const refusals: readonly [what: string, sent: Sent, words: string][] = [
  ["a sticker", "sticker", "Стикер тут не поможет. Пришлите фото вещи"],
  ["a voice message", "voice", "Голосовое тут не поможет. Пришлите фото вещи"],
  ["a PDF", () => pdf, "Файл такого вида тут не поможет. Пришлите фото вещи"],
  ["an SVG", () => svg, "Это не картинка, которую я понимаю. Подойдёт JPEG, PNG или WebP."],
  ["a file of more than 20 MB", tooBig, "Файл слишком большой: подойдёт до 20 МБ."],
  ["a broken JPEG", brokenJpeg, "Файл повреждён и не открывается."],
];
for (const [what, sent, expected] of refusals) {
  botTest(
    `${what} instead of a photo is refused with a reason, and the wizard stays`,
    async (world) => {
      const { maker } = world;
      await beginIssue(world);
      const said = allWords(
        await world.answers(maker, async () => {
          if (typeof sent === "string") return await maker.other(sent);
          const { bytes, ...about } = await sent();
          return await maker.document(bytes, about);
        }),
      );
      assertStringIncludes(said, expected);
      const photo = await plainPicture(60, 40);
      const [asked] = await world.answers(maker, () => maker.photo(photo));
      assertEquals(asked && words(asked), shownText(text("ask_name", {})));
    },
  );
}

async function named(world: BotWorld): Promise<void> {
  await beginIssue(world);
  await world.maker.photo(await plainPicture(60, 40));
  await world.settled();
}

botTest("double tap on what begins a wizard asks once, and answers both taps", async (world) => {
  const { maker, emulator } = world;
  await maker.say("/admin");
  await world.settled();
  for (const [began, asked] of [["issue", "шаг 1 из 4"], ["batch", "сколько карт?"]] as const) {
    const taps = () =>
      emulator.calls().filter(({ method }) => method === "answerCallbackQuery").length;
    const before = taps();
    const said = await world.answers(maker, async () => {
      await world.tap(maker, label(began));
      await world.tap(maker, label(began));
      await world.settled();
    });
    assertEquals(said.filter(({ text }) => text?.includes(asked)).length, 1, began);
    assertEquals(said.filter(({ text }) => text?.includes("прерван")).length, 0, began);
    assertEquals(taps() - before, 2, began);
    const [cancelled] = await world.answers(maker, () => maker.say("/cancel"));
    assertEquals(cancelled?.text, "Отменено.");
    assertEquals(
      cancelled?.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)),
      [[label("issue")], [label("batch"), label("list")], [label("stats")]],
    );
  }
  assertEquals((await world.facts("IssueAwaited")).length, 2);
});

botTest("name of nothing and one of 81 are refused, one of 80 is taken", async (world) => {
  const { maker } = world;
  await named(world);
  const tell = async (text: string) => allWords(await world.answers(maker, () => maker.say(text)));
  assertStringIncludes(
    await tell("\u2060\u200B"),
    "Тут ни одного видимого знака. Сейчас жду название",
  );
  assertStringIncludes(await tell("я".repeat(81)), "Название длиннее 80 знаков");
  assertEquals(await tell(`  ${"я".repeat(80)}  `), shownText(text("ask_description", {})));
});

botTest(
  "description of 701 is refused, one of 700 is taken and fits its caption",
  async (world) => {
    const { maker, buyer } = world;
    await named(world);
    await maker.say("я".repeat(80));
    await world.settled();
    const tell = async (text: string) =>
      allWords(await world.answers(maker, () => maker.say(text)));
    assertStringIncludes(await tell("ю".repeat(701)), "Описание длиннее 700 знаков");
    assertEquals(await tell(`\n${"ю".repeat(700)}\n`), shownText(text("ask_packaged", {})));
    const { code } = await finished(world, maker, () => world.tap(maker, label("skip")));
    const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
    assertStringIncludes(allWords(verdict), "ю".repeat(700));
  },
);

botTest("name sent while the photo is checked is kept", async (world) => {
  const { maker, emulator } = world;
  await beginIssue(world);
  emulator.fault({ method: "getFile", times: 1, kind: "delay", delay_ms: 800 });
  await maker.photo(await plainPicture(60, 40));
  const said = await world.answers(maker, () => maker.say("Имя на бегу"));
  assertEquals(
    said.map(words),
    [text("name_kept", {}), text("ask_description", {})].map(shownText),
  );
  await maker.say("Описание");
  await world.settled();
  await finished(world, maker, () => world.tap(maker, label("skip")));
  const [card] = await world.sql`select name from cards`;
  assertEquals(card?.name, "Имя на бегу");
});

botTest("quick messages are taken in order", async (world) => {
  const { maker, buyer, sql } = world;
  await named(world);
  await Promise.all([maker.say("Первое"), maker.say("Второе")]);
  await world.settled();
  await finished(world, maker, () => world.tap(maker, label("skip")));
  const [card] = await sql`select name, description from cards`;
  assertEquals({ ...card }, { name: "Первое", description: "Второе" });
  const numbers = Array.from({ length: 20 }, (_, i) => 100 + i);
  const said = await world.answers(
    buyer,
    () => Promise.all(numbers.map((number) => buyer.start(`c_${number}`))),
  );
  assertEquals(said.map((message) => Number(/№\u00a0(\d+)/.exec(words(message))?.[1])), numbers);
});

/** Walks up to a step of the wizard or of a withdrawal. */
const places: Readonly<Record<string, (world: BotWorld) => Promise<void>>> = {
  "the photo": async (world) => void await beginIssue(world),
  "the check of the photo": async (world) => {
    await beginIssue(world);
    await checking(world);
  },
  "the name": named,
  "the description": async (world) => {
    await named(world);
    await world.answers(world.maker, () => world.maker.say("Имя"));
  },
  "the package": atPackage,
  "the check of the package": async (world) => {
    await atPackage(world);
    await checking(world);
  },
  "the reason of a withdrawal": explaining,
  "the confirmation of a withdrawal": async (world) => {
    await explaining(world);
    await world.answers(world.maker, () => world.maker.say("Украдена"));
  },
};

async function atPackage(world: BotWorld): Promise<void> {
  const { maker } = world;
  await named(world);
  await Promise.all([maker.say("Имя"), maker.say("Описание")]);
  await world.settled();
}

async function explaining(world: BotWorld): Promise<void> {
  const { maker } = world;
  await issueByChat(world);
  for (const button of [label("list"), "№\u00a01", label("withdraw")]) {
    await world.answers(maker, () => world.tap(maker, button));
  }
}

/** Sends a photo whose check takes until whatever is done next is done. */
async function checking({ maker, emulator }: BotWorld): Promise<void> {
  emulator.fault({ method: "getFile", times: 1, kind: "delay", delay_ms: 150 });
  await maker.photo(await plainPicture(40, 60));
}

/** What is left of a flow's own questions. */
const questions = ({ maker }: BotWorld) =>
  maker.messages().filter((message) => /шаг|отозвать|отзываем/i.test(words(message)))
    .filter(({ text }) => text !== undefined);

for (const [place, walk] of Object.entries(places)) {
  botTest(`/cancel leaves ${place}, and nothing is left of it`, async (world) => {
    const { maker } = world;
    await walk(world);
    const said = await world.answers(maker, () => maker.say("/cancel"));
    assertEquals(said.map(words), [text("cancelled", {})]);
    assertEquals(questions(world), []);
    const again = await world.answers(maker, () => maker.say("/cancel"));
    assertEquals(again.map(words), [text("nothing_to_cancel", {})]);
  });
}

for (const [place, walk] of Object.entries(places)) {
  botTest(`/start, /admin and /help say that ${place} was left`, async (world) => {
    const { maker } = world;
    const left = place.includes("withdrawal")
      ? text("withdrawal_left", {})
      : text("issue_left", {});
    const answers = { "/start": "welcome", "/admin": "admin_menu", "/help": "help" };
    const [first] = Object.entries(answers);
    assertExists(first);
    await walk(world);
    for (const [command, key] of Object.entries(answers)) {
      if (command !== first[0]) await beginIssue(world);
      const said = await world.answers(maker, () => maker.say(command));
      const expected = command === first[0] ? left : text("issue_left", {});
      assertEquals(said.map(words).toSorted(), [shownText(text(key, {})), expected].toSorted());
      assertEquals(questions(world), []);
    }
  });
}

botTest("button «Отмена» is as good as /cancel", async (world) => {
  const { maker } = world;
  await beginIssue(world);
  const said = await world.answers(maker, () => world.tap(maker, label("cancel")));
  assertEquals(said.map(words), [text("cancelled", {})]);
  assertEquals(questions(world), []);
});
