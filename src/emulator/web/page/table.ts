/// <reference lib="dom" />
/** Which phones lie on the table: side by side, or the one in hand where only one fits. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Messenger } from "../live/messenger.ts";
import type { PhoneState } from "../live/phone_state.ts";

export interface Table {
  /** Those in sight. */
  phones: PhoneState[];
  /** Lays a phone on the table and takes it in hand, with a chat on its screen. */
  bring: (phone: PhoneState, chat?: number) => void;
  putAway: (phone: PhoneState) => void;
}

const KEY = "phones";
/** Where only one phone fits. */
const NARROW = "(max-width: 760px)";
/** How many lie there at first. */
const FIRST = 2;

export function useTable(messenger: Messenger): Table {
  const [ids, setIds] = useState<readonly number[] | null>(read);
  const [inHand, setInHand] = useState<number | null>(null);
  const isNarrow = useMedia(NARROW);
  const all = [...messenger.phones.values()];
  const known = ids?.flatMap((id) => messenger.phones.get(id) ?? []) ?? [];
  const laid = known.length > 0 ? known : all.slice(0, FIRST);
  const held = all.find(({ person }) => person.id === inHand) ?? laid[0];
  useEffect(() => {
    if (ids) sessionStorage.setItem(KEY, ids.join());
  }, [ids]);
  const acts = useMemo(() => ({
    bring(phone: PhoneState, chat?: number) {
      const { id } = phone.person;
      setIds((now) => {
        const there = now ?? [...messenger.phones.keys()].slice(0, FIRST);
        return there.includes(id) ? there : [...there, id];
      });
      setInHand(id);
      if (chat !== undefined) messenger.show(phone, chat);
      // Once it is drawn.
      setTimeout(() =>
        document.querySelector(`.phone[data-person="${id}"]`)?.scrollIntoView({
          behavior: "smooth",
          inline: "nearest",
          block: "nearest",
        })
      );
    },
    putAway(phone: PhoneState) {
      setIds((now) =>
        (now ?? [...messenger.phones.keys()].slice(0, FIRST)).filter((id) => id !== phone.person.id)
      );
    },
  }), [messenger]);
  return { phones: isNarrow ? (held ? [held] : []) : laid, ...acts };
}

function read(): readonly number[] | null {
  const kept = sessionStorage.getItem(KEY);
  return kept ? kept.split(",").map(Number) : null;
}

function useMedia(query: string): boolean {
  const media = useMemo(() => matchMedia(query), [query]);
  const [fits, setFits] = useState(media.matches);
  useEffect(() => {
    const note = () => setFits(media.matches);
    media.addEventListener("change", note);
    // It may have changed before anybody listened.
    note();
    return () => media.removeEventListener("change", note);
  }, [media]);
  return fits;
}
