/// <reference lib="dom" />
/** What leads from one chat or phone to another: links, texts that are shared, inline queries. */
import { Acts } from "../live/acts.ts";
import type { ChatView } from "../live/control.ts";
import { readLink } from "../live/links.ts";
import type { PhoneState } from "../live/phone_state.ts";
import { type Choice, Sheet } from "../parts/sheet.tsx";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { words } from "../live/words.ts";

/** Follows a link as a messenger does: into the chat with our bot, to somebody else, or out. */
export function useFollow(): (url: string) => void {
  const { messenger, bring } = useAround();
  const { phone, cover } = usePhone();
  const choose = useChooseChat();
  const close = () => cover(null);
  const start = (on: PhoneState, payload: string) => {
    close();
    bring(on, on.person.id);
    void new Acts(messenger, on, on.person.id).say(payload ? `/start ${payload}` : "/start");
  };
  const others = [...messenger.phones.values()].filter((other) => other !== phone);

  const askWhere = (url: string, payload: string) => {
    const choices: Choice[] = [
      { label: words.onThisPhone, primary: true, act: () => start(phone, payload) },
      ...others.map((other) => ({
        label: words.onPhoneOf(messenger.nameOf(other.person)),
        act: () => start(other, payload),
      })),
    ];
    cover(
      <Sheet title={words.linkWhere} choices={choices} close={close}>
        <p class="shared">{url}</p>
      </Sheet>,
    );
  };
  const askShare = (text: string, payload: string | null) => {
    const passed = payload === null ? [] : others.map((other) => ({
      label: words.toPhoneOf(messenger.nameOf(other.person)),
      primary: other === others[0],
      act: () => start(other, payload),
    }));
    const send = () =>
      choose(words.shareWithWhom, (chat) => {
        bring(phone, chat);
        void new Acts(messenger, phone, chat).say(text);
      });
    cover(
      <Sheet
        title={words.share}
        choices={[...passed, { label: words.asMessage, act: send }]}
        close={close}
      >
        <p class="shared">{text}</p>
        {passed.length > 0 && <p class="why">{words.opensAtOnce}</p>}
      </Sheet>,
    );
  };

  return (url) => {
    const link = readLink(url, messenger.bot.username);
    if (!link) return messenger.note(phone, words.deadLink);
    if (link.kind === "web") globalThis.open(link.url, "_blank", "noopener,noreferrer");
    else if (link.kind === "share") askShare(link.text, link.payload);
    else if (others.length > 0) askWhere(url, link.payload);
    else start(phone, link.payload);
  };
}

/** Begins an inline query in this chat, or in one that the person chooses. */
export function useInlineShare(): (query: string, here: boolean) => void {
  const { messenger, bring } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const choose = useChooseChat();
  const begin = (chat: number, query: string) => {
    messenger.show(phone, chat, `@${messenger.bot.username} ${query}`);
    bring(phone, chat);
  };
  return (query, here) => {
    if (here) return begin(state.view.id, query);
    choose(words.shareWhere, (chat) => begin(chat, query));
  };
}

/** Asks which chat of this phone is meant, or which person, with whom a chat is begun. */
export function useChooseChat(): (title: string, chosen: (chat: number) => void) => void {
  const { messenger } = useAround();
  const { phone, cover } = usePhone();
  return (title, chosen) => {
    const chats = phone.list.filter(({ view }) => view.can_write).map(({ view }) => ({
      label: view.title,
      act: () => {
        cover(null);
        chosen(view.id);
      },
    }));
    const strangers = [...messenger.phones.values()].filter((other) =>
      other !== phone && !phone.list.some(({ view }) => isWith(view, other))
    );
    const people = strangers.map(({ person }) => ({
      label: messenger.nameOf(person),
      act: async () => {
        cover(null);
        const wanted = { kind: "direct" as const, creator: phone.person.id, members: [person.id] };
        const chat = await messenger.addChat(phone, wanted);
        if (chat) chosen(chat.id);
      },
    }));
    cover(<Sheet title={title} choices={[...chats, ...people]} close={() => cover(null)} />);
  };
}

/** Whether this is the chat with that person alone. */
function isWith({ kind, members }: ChatView, { person }: PhoneState): boolean {
  return kind === "direct" && members.some(({ user }) => user.id === person.id);
}
