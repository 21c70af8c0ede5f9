import { cards } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    owner_refused: () => "Only the owner of the bot can do that.",
    maker_dismissed: () =>
      "Done: this person is no longer a maker. The cards they issued stay valid.",
    dismissal_learned: () =>
      "The owner of the bot has removed you from the makers. Your cards stay valid, but you " +
      "cannot issue new ones.",
  },
  labels: {
    makers: "Makers",
    invite: "Invite a maker",
    dismiss: "Remove from makers",
  },
  notes: { owners_only: "This part is for the bot's owner" },
  captions: {
    invitation: ({ url, until }) =>
      `<b>Invitation for a maker</b>\n${url}\n\nForward the link to one person: it works once, ` +
      `until ${until}.`,

    makers: ({ lines, total, page, pages }) =>
      "<b>Makers</b>" + (pages > 1 ? `, ${total} in all, page ${page} of ${pages}` : "") + "\n\n" +
      (lines.length === 0 ? "Nobody yet: invite the first one." : lines.join("\n")),

    makers_line: ({ name, cards: count }) => `${isolateDirection(name)} — ${cards(count)}`,

    maker: (known) =>
      `<b>${isolateDirection(known.name)}</b>\nMaker since ${known.joined_at}\n` +
      `Issued: ${cards(known.cards)}`,

    maker_gone: () => "This person is no longer a maker.",
  },
  /** What came of following an invitation; Telegram HTML. */
  welcomes: {
    joined: "You are a maker now and can issue cards. The maker’s menu: /admin",
    used: "This invitation has already been used. Ask whoever sent it for a new one.",
    expired: "This invitation has expired. Ask whoever sent it for a new one.",
    unknown: "There is no such invitation. Please check that you copied the whole link.",
  },
  /** Whoever's name is not kept any more. */
  nameless: "No name",
};
