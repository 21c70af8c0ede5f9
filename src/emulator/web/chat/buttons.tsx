/// <reference lib="dom" />
/** What the words and the buttons of a message do when they are touched. */
import type { Message } from "grammy/types";
import { Acts } from "../live/acts.ts";
import { useFollow, useInlineShare } from "./crossing.tsx";
import { InlineKeyboard } from "./keyboards.tsx";
import type { TextActions } from "./rich_text.tsx";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { words } from "../live/words.ts";

/** Of the words. */
export function useTextActions(): TextActions {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const follow = useFollow();
  return {
    say: (text) => void new Acts(messenger, phone, state.view.id).say(text),
    follow,
    copy: (text) =>
      void navigator.clipboard.writeText(text).then(
        () => messenger.note(phone, words.copied),
        () => messenger.note(phone, words.notCopied),
      ),
  };
}

/** The rows under a message. */
export function Buttons({ message }: { message: Message }) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { follow, copy } = useTextActions();
  const share = useInlineShare();
  const { message_id, chat } = message;
  return (
    <InlineKeyboard
      message={message}
      actions={{
        tap: (data) => void new Acts(messenger, phone, chat.id).tap(message_id, data),
        isBusy: (data) => phone.taps.isBusy(message_id, data),
        follow,
        copy,
        ask: share,
        note: (text) => messenger.note(phone, text),
      }}
    />
  );
}
