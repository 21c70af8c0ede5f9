/** What every part of the page may reach: the messenger, and whose phones are to be seen. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Messenger } from "../live/messenger.ts";
import type { ChatState, PhoneState } from "../live/phone_state.ts";

export interface Surroundings {
  messenger: Messenger;
  /** Brings a phone into sight, with a chat on its screen. */
  bring: (phone: PhoneState, chat?: number) => void;
  /** Shows pictures over the whole window. */
  look: (pictures: readonly Picture[], at: number, phone: PhoneState) => void;
}

/** A picture to look at: its file, and what to say of it. */
export interface Picture {
  file_id: string;
  caption: string;
}

/** What the parts of one phone share. */
export interface OnPhone {
  phone: PhoneState;
  /** Lays something over the phone that must be answered first; null takes it away. */
  cover: (sheet: ComponentChildren | null) => void;
  openMenu: (anchor: HTMLElement, items: readonly MenuItem[]) => void;
}

/** One line of a menu. */
export interface MenuItem {
  label: string;
  detail?: string;
  drawing?: import("./icon.tsx").IconName;
  act: () => unknown;
}

/** What the parts of one chat share. */
export interface InChat {
  state: ChatState;
  reply: (message: import("grammy/types").Message) => void;
  edit: (message: import("grammy/types").Message) => void;
  /** Scrolls to a message and lights it up. */
  show: (message_id: number) => void;
}

const Around = createContext<Surroundings | null>(null);
const Phone = createContext<OnPhone | null>(null);
const InsideChat = createContext<InChat | null>(null);

export const AroundProvider = Around.Provider;
export const PhoneProvider = Phone.Provider;
export const ChatProvider = InsideChat.Provider;

export function useAround(): Surroundings {
  return demand(useContext(Around), "page");
}

export function usePhone(): OnPhone {
  return demand(useContext(Phone), "phone");
}

export function useChat(): InChat {
  return demand(useContext(InsideChat), "chat");
}

/** Draws again whenever the messenger knows something new. */
export function useMessenger(messenger: Messenger): void {
  const [, draw] = useState(0);
  useEffect(() => messenger.listen(() => draw((times) => times + 1)), [messenger]);
}

function demand<T>(value: T | null, place: string): T {
  if (value === null) throw new Error(`Cannot draw this outside of a ${place}`);
  return value;
}
