/// <reference lib="dom" />
/** The chats of one person: with the bot, groups and channels. */
import { ChatAvatar } from "../parts/avatar.tsx";
import { Count } from "../parts/count.tsx";
import { Icon } from "../parts/icon.tsx";
import { NewChatSheet } from "./new_chat.tsx";
import { NoticePlace } from "../parts/notice_place.tsx";
import { type ChatState, unreadIn } from "../live/phone_state.ts";
import { useAround, usePhone } from "../parts/surroundings.ts";
import { shortTime, summary } from "../live/wording.ts";
import { words } from "../live/words.ts";

export function ChatList() {
  const { phone, cover } = usePhone();
  return (
    <>
      <header class="chat-header">
        <h2 class="heading">{words.chats}</h2>
        <button
          type="button"
          class="tool"
          title={words.newGroup}
          aria-label={words.newGroup}
          onClick={() => cover(<NewChatSheet done={() => cover(null)} />)}
        >
          <Icon name="plus" />
        </button>
      </header>
      <ul class="chats" aria-label={words.chats}>
        {phone.list.map((state) => <Row key={state.view.id} state={state} />)}
      </ul>
      <NoticePlace />
    </>
  );
}

function Row({ state }: { state: ChatState }) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const last = state.messages.at(-1);
  const unread = unreadIn(state, phone.person.id);
  const { id, kind, title } = state.view;
  const isGroup = kind !== "private" && kind !== "direct";
  const speaker = isGroup && last?.from && last.from.id !== phone.person.id
    ? `${last.from.first_name}: `
    : last?.from?.id === phone.person.id
    ? `${words.you}: `
    : "";
  return (
    <li>
      <button type="button" onClick={() => messenger.show(phone, id)}>
        <ChatAvatar view={state.view} size="big" />
        <span class="about">
          <strong>{title}</strong>
          <small>{last ? `${speaker}${summary(last)}` : words.noMessages}</small>
        </span>
        <span class="side">
          <time>{last ? shortTime(last.date) : ""}</time>
          <Count of={unread} />
        </span>
      </button>
    </li>
  );
}
