/// <reference lib="dom" />
/** One chat on a phone's screen: header, messages, text field. Takes pictures that are dropped. */
import { useMemo, useState } from "preact/hooks";
import { Acts } from "../live/acts.ts";
import { Avatar } from "../parts/avatar.tsx";
import { ChatHeader, PinnedBar } from "./chat_header.tsx";
import { Composer } from "./composer.tsx";
import { fieldOf, type Purpose } from "./composer_parts.tsx";
import { Conversation } from "./conversation.tsx";
import type { ChatState } from "../live/phone_state.ts";
import { NoticePlace } from "../parts/notice_place.tsx";
import { ChatProvider, type InChat, useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { UploadSheet } from "./upload.tsx";
import { words } from "../live/words.ts";

/** How long a message is lit up that the reader was led to. */
const lit_ms = 1500;

export function ChatView({ state }: { state: ChatState }) {
  const { messenger } = useAround();
  const { phone, cover } = usePhone();
  const [purpose, setPurpose] = useState<Purpose>({ is: "new" });
  const [lit, setLit] = useState<number | null>(null);
  const inChat = useMemo<InChat>(() => ({
    state,
    reply: (message) => setPurpose({ is: "reply", message }),
    edit: (message) => setPurpose({ is: "edit", message }),
    show: (message_id) => {
      setLit(message_id);
      setTimeout(() => setLit(null), lit_ms);
    },
  }), [state]);
  const upload = (files: readonly File[]) => {
    if (files.length === 0) return;
    const acts = new Acts(messenger, phone, state.view.id);
    const reply_to = purpose.is === "reply" ? purpose.message.message_id : undefined;
    cover(
      <UploadSheet
        chosen={files}
        done={(sending) => {
          cover(null);
          if (!sending) return;
          const { as, caption, duration } = sending;
          setPurpose({ is: "new" });
          void acts.upload(sending.files, as, {
            caption,
            ...reply_to !== undefined && { reply_to },
            ...duration !== undefined && { duration },
          });
        }}
      />,
    );
  };
  const { over, handlers } = useGivenFiles(upload);
  const isBlocked = state.view.kind === "private" && phone.person.blocked;
  const isEmpty = state.loaded && state.messages.length === 0 && state.view.kind === "private";
  return (
    <ChatProvider value={inChat}>
      <div class={over ? "chat drop" : "chat"} data-drop={words.dropHere} {...handlers}>
        <ChatHeader />
        <PinnedBar />
        <NoticePlace />
        {isEmpty && !isBlocked ? <Welcome /> : <Conversation lit={lit} />}
        {isBlocked
          ? <Unblock />
          : <Composer purpose={purpose} setPurpose={setPurpose} upload={upload} />}
      </div>
    </ChatProvider>
  );
}

/** A chat in which nothing was said yet begins with one big button. */
function Welcome() {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const { bot } = messenger;
  const start = () => void new Acts(messenger, phone, phone.person.id).say("/start");
  return (
    <div class="welcome">
      <div class="told" role="group" aria-label={bot.first_name} tabIndex={0}>
        <Avatar id={bot.id} name={bot.first_name} kind="huge bot" />
        <strong>{bot.first_name}</strong>
        {state.description && <p class="description">{state.description}</p>}
        <p>{words.welcome}</p>
      </div>
      <button type="button" class="start" onClick={start}>{words.start}</button>
    </div>
  );
}

function Unblock() {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const unblock = () => void new Acts(messenger, phone, phone.person.id).block(false);
  return (
    <button type="button" id={fieldOf(phone.person.id)} class="unblock" onClick={unblock}>
      {words.unblockBot}
    </button>
  );
}

/** Files that are dragged over the chat and dropped on it, or pasted into it. */
function useGivenFiles(take: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      const inside = relatedTarget instanceof Node && currentTarget instanceof Node &&
        currentTarget.contains(relatedTarget);
      if (!inside) setOver(false);
    },
    onPaste: (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(Array.from(event.dataTransfer?.files ?? []));
    },
  };
  return { over, handlers };
}
