// @ts-check
/// <reference lib="dom" />
/** @import { BotCommand, Message, ReplyKeyboardMarkup } from "grammy/types" */
/** @import { Person } from "./control.js" */

/**
 * What happens in a person's chat while the page is open.
 * @typedef {{ name: "message" | "edited", person: number, message: Message }
 *   | { name: "deleted", person: number, message_ids: number[] }
 *   | { name: "toast", person: number, text: string, alert: boolean }
 *   | { name: "answered", person: number, callback_query_id: string, message_id: number }
 *   | { name: "typing", person: number, action: string }
 *   | { name: "commands", person: number, commands: BotCommand[] }
 *   | { name: "keyboard", person: number, keyboard: ReplyKeyboardMarkup | null }} ChatEvent
 */
/** @typedef {ChatEvent | { name: "person", person: Person }} LiveEvent */

/** @type {readonly LiveEvent["name"][]} */
const NAMES = [
  "message",
  "edited",
  "deleted",
  "toast",
  "answered",
  "typing",
  "commands",
  "keyboard",
  "person",
];

/** How soon to connect again, in milliseconds. */
const RETRY = 1000;

/**
 * Listens to the server for as long as the page lives, connecting again whenever it breaks.
 * @param {{ opened: () => void, lost: () => void, happened: (event: LiveEvent) => void }} tell
 *   `opened` is called on every connection: what was missed must be read anew
 */
export function listen(tell) {
  const source = new EventSource("/control/events");
  source.addEventListener("open", () => tell.opened());
  source.addEventListener("error", () => {
    source.close();
    tell.lost();
    setTimeout(() => listen(tell), RETRY);
  });
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      // The stream speaks JSON objects only; the name says which.
      tell.happened({ name, ...JSON.parse(event.data) });
    });
  }
}
