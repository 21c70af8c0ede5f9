/** What a person can do with a message. */
import type { Message } from "grammy/types";
import { Acts } from "../live/acts.ts";
import type { Messenger } from "../live/messenger.ts";
import { askBefore } from "../parts/ask_before.tsx";
import type { InChat, MenuItem, OnPhone } from "../parts/surroundings.ts";
import { words } from "../live/words.ts";

const EMOJIS = ["👍", "❤", "🔥", "🎉", "😁", "🤔", "👎"];

export interface MenuTarget {
  messenger: Messenger;
  onPhone: OnPhone;
  chat: InChat;
  /** One, or an album's. */
  messages: readonly Message[];
  own: boolean;
  anchor: HTMLElement;
  /** Asks to which chat of this phone it goes. */
  choose: (title: string, chosen: (chat: number) => void) => void;
}

export function messageMenu(target: MenuTarget): MenuItem[] {
  const { messenger, onPhone, chat, messages, own, anchor, choose } = target;
  const { phone } = onPhone;
  const [first] = messages;
  if (!first) return [];
  const acts = new Acts(messenger, phone, first.chat.id);
  const worded = messages.find((message) => message.text ?? message.caption);
  const said = worded?.text ?? worded?.caption ?? "";
  const items: (MenuItem | false)[] = [
    { label: words.reply, drawing: "reply", act: () => chat.reply(first) },
    {
      label: words.react,
      drawing: "smile",
      act: () => onPhone.openMenu(anchor, reactions(acts, first.message_id)),
    },
    own && said !== "" && !first.via_bot && {
      label: words.edit,
      drawing: "edit",
      act: () => chat.edit(worded ?? first),
    },
    said !== "" && {
      label: words.copyText,
      drawing: "copy",
      act: () =>
        navigator.clipboard.writeText(said).then(
          () => messenger.note(phone, words.copied),
          () => messenger.note(phone, words.notCopied),
        ),
    },
    {
      label: words.forward,
      drawing: "forward",
      act: () => choose(words.forwardWhere, (to) => void acts.forward(first, to)),
    },
    own && {
      label: words.remove,
      drawing: "trash",
      act: () => askToRemove(onPhone, messages, acts),
    },
    {
      label: words.whatBotSees,
      detail: words.callsAndUpdates,
      drawing: "braces",
      act: () => messenger.trace.show({ chat: first.chat.id, message: first.message_id }),
    },
  ];
  return items.filter((item) => item !== false);
}

function askToRemove({ cover }: OnPhone, messages: readonly Message[], acts: Acts): void {
  const many = messages.length > 1;
  const asked = {
    title: many ? words.removeManyTitle(messages.length) : words.removeTitle,
    words: many ? words.removeManyWords : words.removeWords,
    deed: words.remove,
  };
  askBefore(cover, asked, () => void removeAll(messages, acts));
}

async function removeAll(messages: readonly Message[], acts: Acts): Promise<void> {
  for (const { message_id } of messages) await acts.remove(message_id);
}

function reactions(acts: Acts, message_id: number): MenuItem[] {
  return [
    ...EMOJIS.map((emoji) => ({ label: emoji, act: () => acts.react(message_id, emoji) })),
    {
      label: words.takeReaction,
      drawing: "close" as const,
      act: () => acts.react(message_id, null),
    },
  ];
}
