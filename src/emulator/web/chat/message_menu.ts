/** What a person can do with a message. */
import type { Message } from "grammy/types";
import { Acts } from "../live/acts.ts";
import type { Messenger } from "../live/messenger.ts";
import type { InChat, MenuItem, OnPhone } from "../parts/surroundings.ts";

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
  const words = worded?.text ?? worded?.caption ?? "";
  const items: (MenuItem | false)[] = [
    { label: "Ответить", drawing: "reply", act: () => chat.reply(first) },
    {
      label: "Реакция",
      drawing: "smile",
      act: () => onPhone.openMenu(anchor, reactions(acts, first.message_id)),
    },
    own && words !== "" && !first.via_bot && {
      label: "Изменить",
      drawing: "edit",
      act: () => chat.edit(worded ?? first),
    },
    words !== "" && {
      label: "Копировать текст",
      drawing: "copy",
      act: () =>
        navigator.clipboard.writeText(words).then(
          () => messenger.note(phone, "Скопировано"),
          () => messenger.note(phone, "Браузер не дал скопировать"),
        ),
    },
    {
      label: "Переслать",
      drawing: "forward",
      act: () => choose("Куда переслать?", (to) => void acts.forward(first, to)),
    },
    own && {
      label: "Удалить",
      drawing: "trash",
      act: async () => {
        for (const { message_id } of messages) await acts.remove(message_id);
      },
    },
    {
      label: "Что видит бот",
      detail: "вызовы и обновления",
      drawing: "braces",
      act: () => messenger.trace.show({ chat: first.chat.id, message: first.message_id }),
    },
  ];
  return items.filter((item) => item !== false);
}

function reactions(acts: Acts, message_id: number): MenuItem[] {
  return [
    ...EMOJIS.map((emoji) => ({ label: emoji, act: () => acts.react(message_id, emoji) })),
    { label: "Убрать реакцию", drawing: "close" as const, act: () => acts.react(message_id, null) },
  ];
}
