/// <reference lib="dom" />
/** Whom the chat on the screen is with, the way back to the list, and what is pinned. */
import { Acts } from "../live/acts.ts";
import { ChatAvatar } from "../parts/avatar.tsx";
import { Icon } from "../parts/icon.tsx";
import { type MenuItem, useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { counted, doing, summary } from "../live/wording.ts";

const KINDS = {
  private: "бот",
  direct: "личный чат",
  group: "группа",
  supergroup: "супергруппа",
  channel: "канал",
};

export function ChatHeader() {
  const { messenger } = useAround();
  const { phone, openMenu } = usePhone();
  const { state } = useChat();
  const { id, kind, title, members } = state.view;
  const isPrivate = kind === "private";
  const isShared = !isPrivate && kind !== "direct";
  const people = counted(members.length, "участник", "участника", "участников");
  const status = isShared ? `${KINDS[kind]}, ${people}` : KINDS[kind];
  const elsewhere = phone.unread;
  const acts = new Acts(messenger, phone, id);
  const { blocked } = phone.person;
  const items: MenuItem[] = [
    isPrivate
      ? {
        label: blocked ? "Разблокировать бота" : "Заблокировать бота",
        drawing: "block",
        act: () => acts.block(!blocked),
      }
      : { label: "Выйти", drawing: "back", act: () => acts.leave() },
    {
      label: "Что видит бот",
      detail: "вызовы и обновления",
      drawing: "braces",
      act: () => messenger.trace.show(null),
    },
  ];
  return (
    <header class="chat-header">
      <button
        type="button"
        class="tool back"
        title="Все чаты"
        aria-label="Все чаты"
        onClick={() => messenger.show(phone, null)}
      >
        <Icon name="back" />
        {elsewhere > 0 && <span class="count">{elsewhere}</span>}
      </button>
      <ChatAvatar view={state.view} size="medium" />
      <div class="peer">
        <strong>{title}</strong>
        <span class={state.doing ? "status doing" : "status"} role="status">
          {state.doing ? `${doing(state.doing.action)}…` : status}
        </span>
      </div>
      <button
        type="button"
        class="tool"
        title="Ещё"
        aria-label="Действия с чатом"
        aria-haspopup="menu"
        onClick={({ currentTarget }) => openMenu(currentTarget, items)}
      >
        <Icon name="more" />
      </button>
    </header>
  );
}

/** The newest pinned message, which leads to itself. */
export function PinnedBar() {
  const { state, show } = useChat();
  const newest = state.view.pinned.at(-1);
  const pinned = state.messages.find(({ message_id }) => message_id === newest);
  if (!pinned) return null;
  return (
    <button type="button" class="pinned" onClick={() => show(pinned.message_id)}>
      <Icon name="pin" />
      <span class="quote">
        <strong>Закреплено</strong>
        <span>{summary(pinned)}</span>
      </span>
    </button>
  );
}
