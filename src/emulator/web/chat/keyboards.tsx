/// <reference lib="dom" />
/** The buttons under a message, and the keyboard that stands in for the phone's own. */
import type { InlineKeyboardButton, KeyboardButton, Message } from "grammy/types";
import type { ReplyKeyboardMarkup } from "grammy/types";
import { Icon, type IconName } from "../parts/icon.tsx";
import { words } from "../live/words.ts";

/** What touching a button does. */
export interface ButtonActions {
  tap: (data: string) => void;
  isBusy: (data: string) => boolean;
  follow: (url: string) => void;
  copy: (text: string) => void;
  /** Begins an inline query: in this chat, or in one to be chosen. */
  ask: (query: string, here: boolean) => void;
  note: (text: string) => void;
}

/** The rows under a message; null when it has none. */
export function InlineKeyboard(
  { message, actions }: { message: Message; actions: ButtonActions },
) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return (
    <div class="inline-keyboard" role="group" aria-label={words.buttons}>
      {rows.map((row, i) => (
        <div class="row" key={i}>
          {row.map((button, j) => <InlineKey key={j} button={button} actions={actions} />)}
        </div>
      ))}
    </div>
  );
}

function InlineKey(
  { button, actions }: { button: InlineKeyboardButton; actions: ButtonActions },
) {
  const { act, drawing, title } = meaningOf(button, actions);
  const data = "callback_data" in button ? button.callback_data : null;
  const style = "style" in button && typeof button.style === "string" ? button.style : undefined;
  return (
    <button
      type="button"
      title={title}
      data-style={style}
      aria-busy={data !== null && actions.isBusy(data) ? "true" : undefined}
      onClick={act}
    >
      <span>{button.text}</span>
      {drawing && <Icon name={drawing} />}
    </button>
  );
}

interface Meaning {
  act: () => void;
  drawing?: IconName;
  title?: string;
}

function meaningOf(button: InlineKeyboardButton, actions: ButtonActions): Meaning {
  if ("callback_data" in button) return { act: () => actions.tap(button.callback_data) };
  if ("url" in button) {
    return { act: () => actions.follow(button.url), drawing: "link", title: button.url };
  }
  if ("copy_text" in button) {
    return { act: () => actions.copy(button.copy_text.text), drawing: "copy" };
  }
  if ("switch_inline_query_current_chat" in button) {
    return { act: () => actions.ask(button.switch_inline_query_current_chat, true) };
  }
  if ("switch_inline_query" in button) {
    return { act: () => actions.ask(button.switch_inline_query, false), drawing: "forward" };
  }
  if ("switch_inline_query_chosen_chat" in button) {
    const query = button.switch_inline_query_chosen_chat.query ?? "";
    return { act: () => actions.ask(query, false), drawing: "forward" };
  }
  return { act: () => actions.note(words.deadButton) };
}

/** `press` is told the button's text, or what it asks for. */
export function ReplyKeyboard(
  { markup, press }: {
    markup: ReplyKeyboardMarkup;
    press: (text: string, request: "contact" | "location" | null) => void;
  },
) {
  return (
    <div class="reply-keyboard" role="group" aria-label={words.keyboard}>
      {markup.keyboard.map((row, i) => (
        <div class="row" key={i}>
          {row.map((button, j) => {
            const text = typeof button === "string" ? button : button.text;
            return (
              <button key={j} type="button" onClick={() => press(text, requestOf(button))}>
                {text}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function requestOf(button: string | KeyboardButton): "contact" | "location" | null {
  if (typeof button === "string") return null;
  if ("request_contact" in button) return "contact";
  return "request_location" in button ? "location" : null;
}
