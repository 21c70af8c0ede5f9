/// <reference lib="dom" />
/** The messages of one chat, kept at the end unless the reader scrolled up. */
import type { Message } from "grammy/types";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bubble } from "./bubble.tsx";
import { Count } from "../parts/count.tsx";
import { fieldOf } from "./composer_parts.tsx";
import { Icon } from "../parts/icon.tsx";
import { useMessageStops } from "./message_stops.ts";
import { SkipLink } from "../parts/skip_link.tsx";
import { unreadIn } from "../live/phone_state.ts";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { dayName } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** How far from the end a reader may be and still be reading the end, in CSS pixels. */
const NEAR_END = 80;
/** Lines that are drawn at once; more on demand. */
const SHOWN = 150;

/** `lit` is the message that the reader was led to. */
export function Conversation({ lit }: { lit: number | null }) {
  const { phone } = usePhone();
  const { state } = useChat();
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const { away, toEnd } = useEnd(viewport, list);
  useMessageStops(list);
  const [shown, setShown] = useState(SHOWN);
  const [fresh] = useState({ after: state.read, upTo: state.messages.at(-1)?.message_id ?? 0 });
  const groups = groupsOf(state.messages);
  const drawn = groups.slice(-shown);
  const unread = unreadIn(state, phone.person.id);
  const earlier = groups.length - drawn.length;
  return (
    <div class="conversation">
      <SkipLink to={fieldOf(phone.person.id)} label={words.skipToField} />
      <div
        class="viewport"
        ref={viewport}
        tabIndex={0}
        role="log"
        aria-live="polite"
        aria-label={words.messages}
      >
        <ol class="messages" ref={list}>
          {earlier > 0 && (
            <li class="service">
              <button
                type="button"
                onClick={() => {
                  setShown(shown + SHOWN);
                  // The button may be gone then, and the focus with it.
                  viewport.current?.focus();
                }}
              >
                {words.showEarlier(earlier)}
              </button>
            </li>
          )}
          {drawn.map((group, i) => (
            <Line
              key={keyOf(group[0])}
              group={group}
              before={drawn[i - 1]?.at(-1)}
              lit={lit}
              fresh={fresh}
            />
          ))}
          {state.doing && <Dots />}
        </ol>
      </div>
      {away && (
        <button
          type="button"
          class="jump"
          title={words.toEnd}
          aria-label={unread > 0 ? words.toEndUnread(unread) : words.toEnd}
          onClick={toEnd}
        >
          <Count of={unread} />
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

interface LineProps {
  group: readonly Message[];
  before: Message | undefined;
  lit: number | null;
  /** What was new when the chat was opened; what comes later is read as it comes. */
  fresh: { after: number; upTo: number };
}

function Line({ group, before, lit, fresh }: LineProps) {
  const { phone } = usePhone();
  const [first] = group;
  if (!first) return null;
  const day = dayName(first.date);
  const isNewDay = !before || dayName(before.date) !== day;
  const isFirstUnread = before !== undefined && before.message_id <= fresh.after &&
    first.message_id > fresh.after && first.message_id <= fresh.upTo && fresh.after > 0 &&
    first.from?.id !== phone.person.id;
  return (
    <>
      {isNewDay && (
        <li class="day">
          <span>{day}</span>
        </li>
      )}
      {isFirstUnread && (
        <li class="fresh">
          <span>{words.newMessages}</span>
        </li>
      )}
      <Bubble messages={group} isLit={group.some(({ message_id }) => message_id === lit)} />
    </>
  );
}

function Dots() {
  return (
    <li class="their" aria-hidden="true">
      <div class="bubble dots">
        <i />
        <i />
        <i />
      </div>
    </li>
  );
}

/** Messages of one album, side by side in the chat, are one line. */
function groupsOf(messages: readonly Message[]): Message[][] {
  const groups: Message[][] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const album = message.media_group_id;
    if (album !== undefined && last?.[0]?.media_group_id === album) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function keyOf(message: Message | undefined): string {
  return message?.media_group_id ?? String(message?.message_id);
}

/** Keeps a reader of the end at the end, whatever grows, and marks what they see as read. */
function useEnd(
  viewport: RefObject<HTMLDivElement>,
  list: RefObject<HTMLOListElement>,
): { away: boolean; toEnd: () => void } {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const [away, setAway] = useState(false);
  const atEnd = useRef(true);
  const scrolledTo = useRef(0);
  const jump = () => {
    const { current } = viewport;
    if (current) current.scrollTop = current.scrollHeight;
  };
  const last = state.messages.at(-1);
  useLayoutEffect(() => {
    // Whoever says something wants to see it.
    if (last?.from?.id === phone.person.id) atEnd.current = true;
    if (atEnd.current) jump();
  }, [last?.message_id]);
  useEffect(() => {
    if (atEnd.current && document.visibilityState === "visible") messenger.markRead(phone, state);
  });
  useEffect(() => {
    const place = viewport.current;
    if (!place || !list.current) return;
    const note = () => {
      const near = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_END;
      // Only a reader scrolls up; a window that shrank leaves them reading the end.
      if (near || place.scrollTop < scrolledTo.current) atEnd.current = near;
      scrolledTo.current = place.scrollTop;
      setAway(!atEnd.current);
    };
    let height = place.clientHeight;
    const keep = new ResizeObserver(() => {
      // What is said above or below the messages leaves the last line that is seen where it was.
      place.scrollTop += height - place.clientHeight;
      height = place.clientHeight;
      if (atEnd.current) jump();
    });
    keep.observe(list.current);
    keep.observe(place);
    place.addEventListener("scroll", note);
    return () => {
      keep.disconnect();
      place.removeEventListener("scroll", note);
    };
  }, []);
  const toEnd = () => {
    atEnd.current = true;
    setAway(false);
    jump();
  };
  return { away, toEnd };
}
