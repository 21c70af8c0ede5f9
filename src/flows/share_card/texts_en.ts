import { corrected, madeBy, ofBatch } from "../issue_card/phrases_en.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    share: "Share",
    share_link: "Share by link",
    open: "Open the card",
  },
  captions: {
    shared: (card) =>
      `Card No.\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      `${corrected(card)}${madeBy(card)}\n` +
      (card.active ? "" : "⛔️ <b>The maker has withdrawn this card</b>\n") +
      "\nThis only shows the card. To check the item, scan the code on its package.",

    shared_missing: ({ number }) =>
      `I cannot show card No.\u00a0${number}: there is none, or its maker has not opened it for ` +
      "everybody yet. To check an item, scan the code on its package.",

    share: ({ number, name }) => `Card No.\u00a0${number}: ${name}`,

    offered: (card) =>
      `<b>${card.name}</b>\nCard No.\u00a0${card.number}${ofBatch(card)}\n${madeBy(card)}` +
      (card.active ? "" : "\n⛔️ <b>The maker has withdrawn this card</b>"),

    offer: ({ number, maker, edition }) =>
      `No.\u00a0${number}${ofBatch({ edition })}` +
      (maker === null ? "" : ` · ${isolateDirection(maker)}`),
  },
};
