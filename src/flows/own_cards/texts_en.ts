import { corrected, ofBatch, ofMaker } from "../issue_card/phrases_en.ts";
import {
  byPeople,
  checks as writeChecks,
  formatNumber,
  people,
  times,
} from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

type RefusedPhoto = Parameters<typeof ru.captions.photo_left_out>[0];

const photo = ({ number, which }: RefusedPhoto): string =>
  `${which === "original" ? "the photo of the item" : "the photo in the package"} of card ` +
  `No.\u00a0${number}`;

const REPLACE_IT = "You can replace it: “My cards”, this card, “Correct”.";

const numbers = ({ number, last, copies }: Parameters<typeof ru.batch_label>[0]): string =>
  `No.\u00a0${number}${last - number + 1 === copies ? "–" : "…"}${last}`;

export const en: typeof ru = {
  notes: {
    own_card_missing: "There is no such card among yours",
  },
  labels: {
    list: "My cards",
    previous: "◀",
    next: "▶",
    active: "Active",
    withdrawn: "Withdrawn",
  },
  captions: {
    qr: ({ code }) =>
      `<code>${code}</code>\n\nPrint the QR code with this code on the package. Please do not ` +
      "forward them: whoever knows the code can copy it.",

    own: (card) =>
      `Card No.\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      corrected(card) +
      (card.active ? "" : `⛔️ Withdrawn: ${isolateDirection(card.reason ?? "no reason given")}\n`) +
      (card.checks === 0
        ? "Not checked yet."
        : `Checked ${times(card.checks)} by ${byPeople(card.people)}${ofMaker(card)}.`) +
      (card.published || !card.active
        ? ""
        : "\nBy its number only you can see it for now: others " +
          "will once a buyer has checked it or you have shared it."),

    list: ({ active, total, page, pages, lines, query }) => {
      const title = `<b>${active ? "My cards" : "Withdrawn cards"}</b>` +
        (query === "" ? "" : `, search for “${isolateDirection(query)}”`);
      if (lines.length === 0 && query !== "") return `${title}\n\nNothing found.`;
      if (lines.length === 0) {
        return `${title}\n\nThere are no ${active ? "active" : "withdrawn"} cards.`;
      }
      const place = pages > 1 ? `, page ${page} of ${pages}` : "";
      return `${title}: ${formatNumber(total)}${place}\n\n${lines.join("\n")}`;
    },

    list_line: ({ number, name, edition, checks, people: checkers, by_maker }) =>
      `No.\u00a0${number} ${isolateDirection(name)}` +
      (edition === null ? "" : `, ${edition.edition} of ${edition.editions}`) + " — " +
      (checks === 0
        ? "not checked yet"
        : `${writeChecks(checks)}, ${people(checkers)}${ofMaker({ by_maker })}`),

    batch_line: (batch) =>
      `${numbers(batch)} ${isolateDirection(batch.name)} · batch of ${
        formatNumber(batch.editions)
      }` +
      (batch.copies < batch.editions ? `, ${formatNumber(batch.copies)} of them here` : "") +
      ` — ${batch.checks === 0 ? "not checked yet" : writeChecks(batch.checks)}`,

    copies: ({ name, editions, page, pages, lines }) =>
      `<b>${isolateDirection(name)} · batch of ${formatNumber(editions)}</b>` +
      `${pages > 1 ? `, page ${page} of ${pages}` : ""}\n\n${lines.join("\n")}`,

    copy_line: (copy) =>
      `${copy.edition} of ${copy.editions} · No.\u00a0${copy.number} — ` +
      (copy.active ? "" : "⛔️ withdrawn, ") +
      (copy.checks === 0
        ? "not checked yet"
        : `${writeChecks(copy.checks)}, ${people(copy.people)}${ofMaker(copy)}`),

    photo_as_file: (refused) =>
      `⚠️ Telegram does not show ${photo(refused)} and lets it through only as a file. Those who ` +
      `check the card will get it so too. ${REPLACE_IT}`,

    photo_left_out: (refused) =>
      `⚠️ Telegram does not take ${photo(refused)}: I show the card without it. Those who check ` +
      `the card will not see it either. ${REPLACE_IT}`,

    qr_as_file: ({ number }) =>
      `⚠️ Telegram did not show the picture with the QR code of card No.\u00a0${number}: it came as ` +
      "a file.",

    qr_left_out: ({ number }) =>
      `⚠️ Telegram did not take the picture with the QR code of card No.\u00a0${number}. The ` +
      "card's code is above, and the QR code is on its label too: the button “Label”.",

    pictures_forbidden: ({ number }) =>
      `Photos are not allowed in this chat: card No.\u00a0${number} is shown without pictures.`,
  },
  files: { qr: (number) => `qr-code-${number}.png` },
  /** Plain: on a card's button in a list. */
  card_label: (number) => `No.\u00a0${number}`,
  batch_label: (range) => numbers(range),
};
