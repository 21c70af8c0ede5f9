/** Codes in everything that people send, and messages that they change. */
import { Buffer } from "node:buffer";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { completeCode, groupCode } from "../../events/code.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { drawQr } from "../../src/cards/qr.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, approve, issueByChat, shownText } from "./issue_by_chat.ts";

const { text } = catalogues.ru;
const UNKNOWN = completeCode("0123456789ABCDEFGHJ");
const checks = async (world: BotWorld) => (await world.facts("CardVerified")).length;
const say = async (world: BotWorld, said: string) =>
  allWords(await world.answers(world.buyer, () => world.buyer.say(said)));

/** A card whose code is taken for one though some of it is missing: letters and digits alternate. */
async function issueClear(world: BotWorld): Promise<{ code: string }> {
  for (;;) {
    const { code } = await issueByChat(world);
    const changes = code.slice(2, -1).match(/\d(?=[A-Z])|[A-Z](?=\d)/g) ?? [];
    if (changes.length > 4) return { code };
  }
}

botTest("code is read from what stands under pictures, files and voices", async (world) => {
  const { buyer } = world;
  const { code } = await issueByChat(world);
  const caption = `Проверьте: ${groupCode(code)}`;
  const blank = await drawQr("https://example.org/menu");
  const pdf = { file_name: "a.pdf", mime_type: "application/pdf", caption };
  const sent = [
    () => buyer.photo(blank, { caption }),
    () => buyer.document(blank, { file_name: "a.png", mime_type: "image/png", caption }),
    () => buyer.document(new TextEncoder().encode("%PDF-1.7"), pdf),
    () => buyer.voice(new Uint8Array(100), { caption }),
  ];
  for (const [before, send] of sent.entries()) {
    const said = allWords(await world.answers(buyer, send));
    assertMatch(said, new RegExp(`Проверена ${before + 1} раз`));
  }
});

botTest("code on a picture and the same under it are one check", async (world) => {
  const { buyer } = world;
  const { code } = await issueByChat(world);
  const qr = await drawQr(`https://t.me/amanita_bot?start=v_${code}`);
  await world.answers(buyer, () => buyer.photo(qr, { caption: code }));
  assertEquals(await checks(world), 1);
});

botTest("code under words of a message that is forwarded, or quoted, is read", async (world) => {
  const { buyer, api } = world;
  const { code } = await issueByChat(world);
  await buyer.start();
  await world.settled();
  const html = `<a href="https://t.me/amanita_bot?start=v_${code}">проверить подлинность</a>`;
  const { message_id } = await api.sendMessage(buyer.id, html, { parse_mode: "HTML" });
  const linked = await world.answers(buyer, () => buyer.forward(buyer.id, message_id));
  assertStringIncludes(allWords(linked), "Проверена 1 раз");
  const spoken = await api.sendMessage(buyer.id, `На упаковке: ${groupCode(code)}, верно?`);
  const quote = groupCode(code);
  const reply = { reply_to: spoken.message_id, quote };
  const quoted = await world.answers(buyer, () => buyer.say("что скажете?", reply));
  assertStringIncludes(allWords(quoted), "Проверена 2 раза");
});

botTest("several codes are told, and each is checked once", async (world) => {
  const { code: one } = await issueByChat(world);
  const { code: two } = await issueByChat(world, { name: "Летний лес" });
  const said = await say(world, `${groupCode(one)}\n${groupCode(UNKNOWN)}\n${two}\n${one}`);
  const ends = [one, UNKNOWN, two].map((code) => code.slice(-4)).join(", ");
  assertStringIncludes(said, `Здесь 3 кода, проверяю каждый один раз. Они кончаются на: ${ends}.`);
  assertStringIncludes(said, "Зимнее море");
  assertStringIncludes(said, "Летний лес");
  const lost = text("one_unknown", { end: UNKNOWN.slice(-4) });
  assertStringIncludes(said, shownText(lost));
  assertEquals(await checks(world), 2);
});

botTest("picture with five codes is told, and each is checked once", async (world) => {
  const { buyer } = world;
  const codes: string[] = [];
  for (const name of ["Раз", "Два", "Три", "Четыре", "Пять"]) {
    codes.push((await issueByChat(world, { name })).code);
  }
  const { sharp } = await import("../../src/cards/pixels.ts");
  const qrs = await Promise.all(codes.map((code) => drawQr(`https://t.me/a?start=v_${code}`)));
  const { width = 0 } = await sharp(qrs[0]).metadata();
  const layers = qrs.map((qr, i) => ({
    input: Buffer.from(qr),
    left: (i % 3) * width,
    top: i < 3 ? 0 : width,
  }));
  const sheet = { width: 3 * width, height: 2 * width, channels: 3 as const, background: "#fff" };
  const photo = await sharp({ create: sheet }).composite(layers).jpeg().toBuffer();
  const said = allWords(await world.answers(buyer, () => buyer.photo(photo)));
  assertStringIncludes(said, "Здесь 5 кодов, проверяю каждый один раз.");
  for (const name of ["Раз", "Два", "Три", "Четыре", "Пять"]) assertStringIncludes(said, name);
  assertEquals(await checks(world), 5);
  assert(codes.every((code) => said.includes(code.slice(-4))));
});

botTest("what is almost a code is told exactly", async (world) => {
  const { code } = await issueClear(world);
  const wrong = code.slice(0, -1) + (code.endsWith("7") ? "8" : "7");
  assertStringIncludes(
    await say(world, groupCode(code).slice(0, -1)),
    "не хватает одного знака: их 19",
  );
  assertStringIncludes(await say(world, code.slice(2)), "не хватает 2 знаков: их 18");
  assertStringIncludes(await say(world, `${code}7`), "один лишний знак: всего их 21");
  assertStringIncludes(await say(world, code.replace(/^./, "U")), "Знака «U» в кодах не бывает");
  assertEquals(await say(world, wrong), text("code_mistyped", {}));
  const blank = await drawQr("https://example.org/menu");
  const { buyer } = world;
  const under = await world.answers(buyer, () => buyer.photo(blank, { caption: code.slice(1) }));
  assertStringIncludes(allWords(under), "не хватает одного знака");
  assertEquals(await checks(world), 0);
});

botTest("code mended in its message is checked, and never counted again", async (world) => {
  const { buyer } = world;
  const { code } = await issueClear(world);
  const edited = async (message_id: number, words: string) =>
    allWords(await world.answers(buyer, () => buyer.edit(message_id, words)));
  const { message_id } = await buyer.say(code.slice(1));
  await world.settled();
  assertStringIncludes(await edited(message_id, code), "Проверена 1 раз");
  assertEquals(await edited(message_id, `${groupCode(code)}!`), "");
  assertEquals(await edited(message_id, "спасибо"), "");
  assertStringIncludes(await edited(message_id, code.slice(2)), "не хватает 2 знаков");
  assertEquals(await edited(message_id, code), "");
  assertEquals(await checks(world), 1);
  const { code: other } = await issueByChat(world);
  assertMatch(await edited(message_id, `${code} ${other}`), /карта №/);
  assertEquals(await checks(world), 2);
  const qr = await drawQr(`https://t.me/amanita_bot?start=v_${code}`);
  const photo = await buyer.photo(qr);
  await world.settled();
  assertEquals(await edited(photo.message_id, code), "");
  assertMatch(await edited(photo.message_id, other), /карта №/);
  assertEquals(await checks(world), 4);
});

botTest("command in a message that is changed is not followed, and that is said", async (world) => {
  const { buyer } = world;
  const { message_id } = await buyer.say("/strat");
  await world.settled();
  const said = await world.answers(buyer, () => buyer.edit(message_id, "/start"));
  assertEquals(allWords(said), text("edit_command", {}));
});

/** The bot's question that stands last. */
const seen = (messages: { text?: string }[]) => messages.map((it) => it.text ?? "").join("\n");

botTest("answers that are changed while a card is issued change the card", async (world) => {
  const { maker } = world;
  const photo = await drawQr("https://example.org/menu");
  const other = await drawQr("https://example.org/other");
  await maker.say("/admin");
  await world.settled();
  await world.tap(maker, catalogues.ru.label("issue"));
  await world.settled();
  await maker.photo(photo);
  await world.settled();
  const name = await maker.say("Зимние море");
  await world.settled();
  const said = await world.answers(maker, () => maker.edit(name.message_id, "Зимнее море"));
  assertStringIncludes(seen(said), "Исправил название.");
  const same = await world.answers(maker, () => maker.edit(name.message_id, "Зимнее море"));
  assertEquals(same, []);
  const long = await world.answers(maker, () => maker.edit(name.message_id, "м".repeat(81)));
  assertMatch(seen(long), /80/);
  // A voice with words under it is as good as a text.
  const caption = "Холст, масло";
  const description = await maker.voice(new Uint8Array(100), { caption });
  await world.settled();
  await world.answers(maker, () => maker.edit(description.message_id, "Холст, темпера"));
  await maker.photo(other);
  await approve(world);
  await world.settled();
  const [issued] = await world.facts("CardIssued");
  assertEquals([issued?.data.name, issued?.data.description], ["Зимнее море", "Холст, темпера"]);
  for (const { message_id } of [name, description]) {
    const late = await world.answers(maker, () => maker.edit(message_id, "Поздно"));
    assertEquals(allWords(late), text("edit_late", {}));
  }
  assertEquals((await world.facts("CardIssued")).length, 1);
});

botTest("reason that is changed before it is confirmed is what buyers read", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await world.forge(maker, "1:withdraw:1");
  await world.settled();
  const reason = await maker.say("Украли");
  await world.settled();
  const asked = await world.answers(maker, () => maker.edit(reason.message_id, "Потеряна"));
  assertStringIncludes(seen(asked), "Потеряна");
  await world.answers(maker, () => world.tap(maker, catalogues.ru.label("confirm_withdrawal")));
  const [withdrawn] = await world.facts("CardWithdrawn");
  assertEquals(withdrawn?.data.reason, "Потеряна");
});
