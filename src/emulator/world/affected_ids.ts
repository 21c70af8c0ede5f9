/** Which chats, messages and queries a call, an answer or an update is about. */
import { integerOf, isRecord } from "../model/json_value.ts";

/** The chats and messages that a call or an update is about. */
export interface AffectedIds {
  chats: number[];
  messages: number[];
  /** Ids of callback and inline queries. */
  queries: string[];
}

/** Looks into params, answers and the content of updates; what they quote does not count. */
export function affectedIdsOf(...values: readonly unknown[]): AffectedIds {
  const chats = new Set<number>();
  const messages = new Set<number>();
  const queries = new Set<string>();
  const add = (to: Set<number>, value: unknown) => {
    const id = integerOf(value);
    if (id !== undefined) to.add(id);
  };
  const look = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isRecord(value)) return;
    const { chat, message, message_ids } = value;
    add(chats, value.chat_id);
    add(messages, value.message_id);
    if (Array.isArray(message_ids)) message_ids.forEach((id) => add(messages, id));
    if (isRecord(chat)) add(chats, chat.id);
    for (const name of ["callback_query_id", "inline_query_id"]) {
      const id = value[name];
      if (typeof id === "string") queries.add(id);
    }
    // A query itself: its message is what was tapped.
    if (isRecord(value.from) && typeof value.id === "string") {
      queries.add(value.id);
      if (message === undefined) add(chats, value.from.id);
      look(message);
    }
  };
  values.forEach(look);
  return { chats: [...chats], messages: [...messages], queries: [...queries] };
}
