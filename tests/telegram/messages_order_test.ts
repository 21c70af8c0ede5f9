/** An effect that is several messages: which comes first. */
import { assertEquals } from "@std/assert";
import type { Message } from "grammy/types";
import { type GivenSender, senderTest } from "./given_sender.ts";
import { aCard, CARD } from "./render_fakes.ts";

/** Each message shortly: "photo 60x40", "file cards.xlsx", or the first line of its text. */
function brief({ photo, document, text, caption }: Message): string {
  const shown = photo?.at(-1);
  if (shown) return `photo ${shown.width}x${shown.height}${caption === undefined ? "" : " +"}`;
  return document ? `file ${document.file_name}` : (text ?? "").split("\n")[0] ?? "";
}

async function sentFor({ send, anna }: GivenSender, type: string, params: unknown = {}) {
  const before = anna.messages().length;
  await send(JSON.parse(JSON.stringify({ type, params })));
  return anna.messages().slice(before).map(brief);
}

/** The lines of a history below its title and the card's name. */
const changesIn = ({ seen }: GivenSender): string[] =>
  (seen().at(-1) ?? "").split("\n").filter((line) => line !== "").slice(2);

const daysOf = (lines: string[]) => lines.map((line) => /\d+ (?:ноября|декабря)/.exec(line)?.[0]);

// The fake photos: the card's own is 60 wide and 40 high, that of its package stands upright.
const album = ["photo 60x40 +", "photo 40x60"];
const qr = "photo 720x720 +";
const ofBatch = { packaged: "box", batch: CARD, edition: 1, editions: 2 };

senderTest("a card comes before its package, and the words are under the card", async (given) => {
  given.fakes.cards.set(CARD, aCard(ofBatch));
  assertEquals((await sentFor(given, "showIssued", { card: CARD })).slice(0, 2), album);
  assertEquals((await sentFor(given, "showOwnCard", { card: CARD })).slice(0, 2), album);
  assertEquals((await sentFor(given, "showVerdict", { card: CARD })).slice(0, 2), album);
  assertEquals(await sentFor(given, "showShared", { number: 17 }), album);
  assertEquals((await sentFor(given, "showBatch", { batch: CARD })).slice(0, 2), album);
});

senderTest("what can be done with a card comes after its photos", async (given) => {
  given.fakes.cards.set(CARD, aCard(ofBatch));
  assertEquals(await sentFor(given, "showIssued", { card: CARD }), [...album, qr]);
  assertEquals(await sentFor(given, "showOwnCard", { card: CARD }), [...album, qr]);
  const controls = (sent: string[]) => sent.slice(2).map((one) => one.startsWith("photo"));
  assertEquals(controls(await sentFor(given, "showVerdict", { card: CARD })), [false]);
  assertEquals(controls(await sentFor(given, "showBatch", { batch: CARD })), [false]);
});

senderTest(
  "a card's history is a picture of its days, then all changes in words",
  async (given) => {
    given.fakes.history = {
      days: [{ day: "2026-11-20", checks: 1 }],
      changes: [
        { change: "restored", detail: null, at: Date.UTC(2026, 10, 22) },
        { change: "withdrawn", detail: "Украдена", at: Date.UTC(2026, 10, 21) },
      ],
    };
    const sent = await sentFor(given, "showHistory", { card: CARD });
    assertEquals(sent.map((one) => one.split(" ")[0]), ["photo", "История"]);
    assertEquals(daysOf(changesIn(given)), ["19 ноября", "21 ноября", "22 ноября"]);
  },
);

senderTest("a long history begins with its newest page", async (given) => {
  given.fakes.history = {
    days: [{ day: "2026-11-20", checks: 0 }],
    changes: Array.from({ length: 20 }, (_, i) => ({
      change: "restored",
      detail: null,
      at: Date.UTC(2026, 11, 30 - i),
    })),
  };
  await sentFor(given, "showHistory", { card: CARD });
  const lines = changesIn(given);
  const newest = Array.from({ length: 15 }, (_, i) => `${16 + i} декабря`);
  assertEquals(daysOf(lines), newest);
});

senderTest("a maker's cards come before the checks of them", async (given) => {
  assertEquals(await sentFor(given, "sendTables"), ["file cards.xlsx", "file checks.xlsx"]);
});
