/// <reference lib="dom" />
/** One line of a conversation: a message, or an album as one bubble with one caption. */
import type { Message } from "grammy/types";
import { useEffect, useRef } from "preact/hooks";
import { Acts } from "../live/acts.ts";
import { Avatar } from "../parts/avatar.tsx";
import { useChooseChat } from "./crossing.tsx";
import { Buttons, useTextActions } from "./buttons.tsx";
import { Icon } from "../parts/icon.tsx";
import { hasMedia, isAlbum, Media, pictureOf } from "./media.tsx";
import { messageMenu } from "./message_menu.ts";
import { CodeActions } from "./code_actions.tsx";
import { RichText } from "./rich_text.tsx";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { clock, fullName, serviceWords, summary } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** More of a quoted message does not fit into its line. */
const QUOTED = 80;

/** `messages` are at least one; `isLit` where the reader was led to it. */
export function Bubble({ messages, isLit }: { messages: readonly Message[]; isLit: boolean }) {
  const { phone } = usePhone();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLit) line.current?.scrollIntoView({ block: "center", behavior: "smooth" });
  }, [isLit]);
  const [first] = messages;
  if (!first) return null;
  const service = serviceWords(first);
  if (service !== null) {
    return (
      <li class="service">
        <span>{service}</span>
      </li>
    );
  }
  const own = first.from?.id === phone.person.id && first.chat.type !== "channel";
  const isGroup = first.chat.type === "group" || first.chat.type === "supergroup";
  const name = authorOf(first);
  return (
    <li
      ref={line}
      class={`${own ? "own" : "their"}${isLit ? " lit" : ""}`}
      data-message={first.message_id}
    >
      {isGroup && !own && <Avatar id={first.from?.id ?? 0} name={name} />}
      <div class="column">
        <Body messages={messages} author={isGroup && !own ? name : null} />
        <Buttons message={messages.at(-1) ?? first} />
        <Reactions message={first} />
        <CodeActions
          pictures={messages.flatMap((message) => pictureOf(message) ?? [])}
        />
      </div>
      <Beside messages={messages} own={own} />
    </li>
  );
}

function authorOf({ from, sender_chat, chat }: Message): string {
  return sender_chat?.title ?? (from ? fullName(from) : chat.title ?? "");
}

function Body({ messages, author }: { messages: readonly Message[]; author: string | null }) {
  const [first] = messages;
  if (!first) return null;
  const shown = messages.some(hasMedia);
  const said = worded(messages);
  const stamp = stampOf(messages);
  const kinds = [
    "bubble",
    shown && first.photo || first.video || first.animation ? "pictured" : "",
    shown && !said && (first.photo ?? isAlbum(messages)) ? "bare" : "",
    first.sticker || first.dice ? "stuck" : "",
  ];
  return (
    <div class={kinds.filter((kind) => kind).join(" ")}>
      {author && <strong class="author">{author}</strong>}
      <Origin message={first} />
      <Quote message={first} />
      {shown && <Media messages={messages} />}
      {said && <Words message={said} stamp={stamp} />}
      {!shown && !said && <p class="words" data-stamp={stamp}>{summary(first)}</p>}
      <Stamp messages={messages} />
    </div>
  );
}

/** The message whose words stand for the album; several captions show none, as on phones. */
function worded(messages: readonly Message[]): Message | null {
  const found = messages.filter((message) => message.text ?? message.caption);
  return found.length === 1 ? found[0] ?? null : null;
}

/** Where the message comes from: another message, or a bot that was asked inline. */
function Origin({ message }: { message: Message }) {
  const { forward_origin: origin, via_bot } = message;
  const from = !origin
    ? null
    : origin.type === "user"
    ? fullName(origin.sender_user)
    : origin.type === "hidden_user"
    ? origin.sender_user_name
    : (origin.type === "chat" ? origin.sender_chat : origin.chat).title ?? "";
  return (
    <>
      {from !== null && (
        <p class="origin">
          {words.forwardedFrom} <strong>{from}</strong>
        </p>
      )}
      {via_bot && (
        <p class="origin">
          {words.via} <strong>@{via_bot.username}</strong>
        </p>
      )}
    </>
  );
}

function Quote({ message }: { message: Message }) {
  const { show } = useChat();
  const origin = message.reply_to_message;
  if (!origin) return null;
  const quoted = (message.quote?.text ?? summary(origin)).slice(0, QUOTED);
  return (
    <div class="quote">
      <strong>{authorOf(origin)}</strong>
      <button
        type="button"
        aria-label={words.showMessage(quoted)}
        onClick={() => show(origin.message_id)}
      >
        {quoted}
      </button>
    </div>
  );
}

/** `stamp` is what the last line leaves room for. */
function Words({ message, stamp }: { message: Message; stamp: string }) {
  const actions = useTextActions();
  const entities = message.entities ?? message.caption_entities ?? [];
  return (
    <p class="words" data-stamp={stamp}>
      <RichText
        text={message.text ?? message.caption ?? ""}
        entities={entities}
        actions={actions}
      />
    </p>
  );
}

function Stamp({ messages }: { messages: readonly Message[] }) {
  const date = dateOf(messages);
  return (
    <span class="stamp">
      {isEdited(messages) && <span class="edited">{words.edited}</span>}
      <time dateTime={new Date(date * 1000).toISOString()}>{clock(date)}</time>
    </span>
  );
}

/** The stamp's text. */
function stampOf(messages: readonly Message[]): string {
  const time = clock(dateOf(messages));
  return isEdited(messages) ? `${words.edited} ${time}` : time;
}

function dateOf(messages: readonly Message[]): number {
  return messages.at(-1)?.date ?? 0;
}

function isEdited(messages: readonly Message[]): boolean {
  return messages.some((message) => message.edit_date);
}

/** How others felt about it. */
function Reactions({ message }: { message: Message }) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const counts = state.reactions.get(message.message_id) ?? [];
  if (counts.length === 0) return null;
  const acts = new Acts(messenger, phone, state.view.id);
  const { message_id } = message;
  return (
    <div class="reactions">
      {counts.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={mine}
          aria-label={words.reaction(emoji, count)}
          onClick={() => void acts.react(message_id, mine ? null : emoji)}
        >
          {emoji} {count > 1 && count}
        </button>
      ))}
    </div>
  );
}

/** What can be done with a message, at its side. */
function Beside({ messages, own }: { messages: readonly Message[]; own: boolean }) {
  const { messenger } = useAround();
  const onPhone = usePhone();
  const chat = useChat();
  const choose = useChooseChat();
  const [first] = messages;
  if (!first) return null;
  const short = summary(first).slice(0, 60);
  const open = (anchor: HTMLElement) =>
    onPhone.openMenu(
      anchor,
      messageMenu({ messenger, onPhone, chat, messages, own, anchor, choose }),
    );
  return (
    <div class="beside">
      <button
        type="button"
        class="answer"
        title={words.reply}
        aria-label={words.replyTo(short)}
        onClick={() => chat.reply(first)}
      >
        <Icon name="reply" />
      </button>
      <button
        type="button"
        class="answer"
        title={words.moreActions}
        aria-label={words.actionsWith(short)}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => open(currentTarget)}
      >
        <Icon name="more" />
      </button>
    </div>
  );
}
