/// <reference lib="dom" />
/** Whom the chat on the screen is with, the way back to the list, and what is pinned. */
import { Acts } from "../live/acts.ts";
import { ChatAvatar } from "../parts/avatar.tsx";
import { Count } from "../parts/count.tsx";
import { Icon } from "../parts/icon.tsx";
import { askBefore } from "../parts/ask_before.tsx";
import {
  type MenuItem,
  type OnPhone,
  useAround,
  useChat,
  usePhone,
} from "../parts/surroundings.ts";
import { doing, summary } from "../live/wording.ts";
import { words } from "../live/words.ts";

const KINDS = {
  private: words.bot,
  direct: words.direct,
  group: words.group,
  supergroup: words.supergroup,
  channel: words.channel,
};

export function ChatHeader() {
  const { messenger } = useAround();
  const { phone, openMenu, cover } = usePhone();
  const { state } = useChat();
  const { id, kind, title, members } = state.view;
  const isPrivate = kind === "private";
  const isShared = !isPrivate && kind !== "direct";
  const status = isShared ? `${KINDS[kind]}, ${words.members(members.length)}` : KINDS[kind];
  const elsewhere = phone.unread;
  const acts = new Acts(messenger, phone, id);
  const { blocked } = phone.person;
  const items: MenuItem[] = [
    isPrivate
      ? {
        label: blocked ? words.unblockBot : words.blockBot,
        drawing: "block",
        act: () => acts.block(!blocked),
      }
      : { label: words.leave, drawing: "back", act: () => askToLeave(cover, title, acts) },
    {
      label: words.whatBotSees,
      detail: words.callsAndUpdates,
      drawing: "braces",
      act: () => messenger.trace.show(null),
    },
  ];
  return (
    <header class="chat-header">
      <div class="back">
        <button
          type="button"
          class="tool"
          title={words.allChats}
          aria-label={words.allChats}
          onClick={() => messenger.show(phone, null)}
        >
          <Icon name="back" />
        </button>
        <Count of={elsewhere} />
      </div>
      <ChatAvatar view={state.view} size="medium" />
      <div class="peer">
        <h2>{title}</h2>
        <span class={state.doing ? "status doing" : "status"} role="status">
          {state.doing ? `${doing(state.doing.action)}…` : status}
        </span>
      </div>
      <button
        type="button"
        class="tool"
        title={words.more}
        aria-label={words.chatActions}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => openMenu(currentTarget, items)}
      >
        <Icon name="more" />
      </button>
    </header>
  );
}

function askToLeave(cover: OnPhone["cover"], title: string, acts: Acts): void {
  const asked = { title: words.leaveTitle(title), words: words.leaveWords, deed: words.leave };
  askBefore(cover, asked, () => void acts.leave());
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
        <strong>{words.pinned}</strong>
        <span>{summary(pinned)}</span>
      </span>
    </button>
  );
}
