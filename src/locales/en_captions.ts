/** What stands under photos and in lists. Telegram HTML; what people wrote comes escaped. */
import { byPeople, cards, checks as writeChecks, people, times, written } from "./en_counts.ts";
import { isolated } from "./isolated.ts";
import type { Catalogue } from "./ru.ts";

type Shown<Caption extends keyof Catalogue["captions"]> = Parameters<
  Catalogue["captions"][Caption]
>[0];

export const captions: Catalogue["captions"] = {
  issued: ({ number, name, description }) =>
    `The card is ready: No.\u00a0${number}\n<b>${name}</b>\n\n${description}`,

  batch: ({ editions, numbers, name, description }) =>
    `The batch is ready: ${cards(editions)}, ${numbers.map(numberRange).join(", ")}\n` +
    `<b>${name}</b>\n\n${description}`,
  batch_controls: () => "You can print the labels with the codes all at once.",
  progress: ({ done, of }) =>
    done < of
      ? `Issuing the batch: ${written(done)} of ${written(of)}…`
      : `The batch is issued: ${written(done)} of ${written(of)}.`,

  qr: ({ code }) =>
    `<code>${code}</code>\n\nPrint the QR code with this code on the package. Please do not ` +
    "forward them: whoever knows the code can copy it.",

  own: (card) =>
    `Card No.\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n${card.description}\n\n` +
    corrected(card) +
    (card.active ? "" : `⛔️ Withdrawn: ${isolated(card.reason ?? "no reason given")}\n`) +
    (card.checks === 0
      ? "Not checked yet."
      : `Checked ${times(card.checks)} by ${byPeople(card.people)}.`),

  genuine: (card) =>
    `✅ <b>The code is genuine</b>: card No.\u00a0${card.number}${
      ofBatch(card)
    }\n<b>${card.name}</b>\n\n` +
    `${card.description}\n\n${corrected(card)}${madeBy(card)}\n${checked(card)}\n\n` +
    "Compare the item with the photo: a printed QR code can be copied.",

  withdrawn: (card) =>
    `⛔️ <b>THE CARD IS WITHDRAWN</b>: No.\u00a0${card.number}${
      ofBatch(card)
    }\n<b>${card.name}</b>\n\n` +
    "The maker no longer stands by this card.\n" +
    `<b>Reason:</b> ${isolated(card.reason ?? "none given")}\n` +
    `${corrected(card)}${madeBy(card)}\n${
      checked(card)
    }\n\nIf somebody is selling you the item, ask them about that.`,

  controls: () => "You can share the card: others will see it, but the code stays with you.",

  shared: (card) =>
    `Card No.\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n${card.description}\n\n` +
    `${corrected(card)}${madeBy(card)}\n` +
    (card.active ? "" : "⛔️ <b>The maker has withdrawn this card</b>\n") +
    "\nThis only shows the card. To check the item, scan the code on its package.",
  shared_missing: ({ number }) =>
    `There is no card No.\u00a0${number}. To check an item, scan the code on its package.`,
  share: ({ number, name }) => `Card No.\u00a0${number}: ${name}`,

  list: ({ active, total, page, pages, lines, query }) => {
    const title = `<b>${active ? "My cards" : "Withdrawn cards"}</b>` +
      (query === "" ? "" : `, search for “${isolated(query)}”`);
    if (lines.length === 0 && query !== "") return `${title}\n\nNothing found.`;
    if (lines.length === 0) {
      return `${title}\n\nThere are no ${active ? "active" : "withdrawn"} cards.`;
    }
    const place = pages > 1 ? `, page ${page} of ${pages}` : "";
    return `${title}: ${written(total)}${place}\n\n${lines.join("\n")}`;
  },
  list_line: ({ number, name, edition, checks, people: checkers }) =>
    `No.\u00a0${number} ${isolated(name)}` +
    (edition === null ? "" : `, ${edition.edition} of ${edition.editions}`) + " — " +
    (checks === 0 ? "not checked yet" : `${writeChecks(checks)}, ${people(checkers)}`),

  stats: (stats) =>
    "<b>Statistics</b>\n\n" +
    `${cards(stats.cards)} in all, active: ${written(stats.active)}\n` +
    `Checks: ${written(stats.checks)}\n` +
    `Checked by: ${people(stats.people)}\n` +
    `Today: ${writeChecks(stats.today)}\n` +
    `Last 7 days: ${writeChecks(stats.last_7_days)}` +
    (stats.top.length === 0 ? "" : `\n\n<b>Checked most often</b>\n${stats.top.join("\n")}`),
  stats_line: ({ number, name, checks }) =>
    `No.\u00a0${number} ${isolated(name)} — ${writeChecks(checks)}`,

  invitation: ({ url, until }) =>
    `<b>Invitation for a maker</b>\n${url}\n\nForward the link to one person: it works once, ` +
    `until ${until}.`,
  makers: ({ lines }) =>
    "<b>Makers</b>\n\n" +
    (lines.length === 0 ? "Nobody yet: invite the first one." : lines.join("\n")),
  makers_line: ({ name, cards: count }) => `${isolated(name)} — ${cards(count)}`,
  maker: (known) =>
    `<b>${isolated(known.name)}</b>\nMaker since ${known.joined_at}\nIssued: ${cards(known.cards)}`,
  maker_gone: () => "This person is no longer a maker.",

  offered: (card) =>
    `<b>${card.name}</b>\nCard No.\u00a0${card.number}\n${madeBy(card)}` +
    (card.active ? "" : "\n⛔️ <b>The maker has withdrawn this card</b>"),
  offer: ({ number, maker }) =>
    `No.\u00a0${number}` + (maker === null ? "" : ` · ${isolated(maker)}`),
};

/** ", edition 3 of 24". */
function ofBatch({ edition }: Pick<Shown<"genuine">, "edition">): string {
  return edition === null ? "" : `, edition ${edition.edition} of ${edition.editions}`;
}

function corrected({ corrected }: Pick<Shown<"genuine">, "corrected">): string {
  return corrected === null ? "" : `The card was changed on ${corrected}\n`;
}

function numberRange({ from, upto }: { from: number; upto: number }): string {
  return from === upto ? `No.\u00a0${from}` : `No.\u00a0${from}–${upto}`;
}

function madeBy({ maker }: Pick<Shown<"genuine">, "maker">): string {
  return `Maker: ${maker === null ? "name no longer kept" : isolated(maker)}`;
}

function checked(
  { check, people: checkers, first_at }: Pick<Shown<"genuine">, "check" | "people" | "first_at">,
): string {
  return check === 1
    ? `Checked once: this is the first check, ${first_at}`
    : `Checked ${times(check)} by ${byPeople(checkers)}, first ${first_at}`;
}
