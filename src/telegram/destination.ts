/** Where a message goes: its chat, and there a topic and the message that it answers. */
import type { Place } from "../../events/envelope.ts";

/** Where in its chat a dialogue speaks. */
export type Address = Pick<Place, "thread" | "reply">;

/** The parameters of every call that sends something new. */
export function destinationOf(chat_id: number, { thread, reply }: Address) {
  return {
    chat_id,
    ...thread !== undefined && { message_thread_id: thread },
    ...reply !== undefined && {
      // The message may be gone by now, which is no reason to say nothing.
      reply_parameters: { message_id: reply, allow_sending_without_reply: true },
    },
  };
}

/** The address in the chat that a dialogue has today: ids of a chat that it left say nothing there. */
export function addressIn(
  chat: number,
  { group = chat, thread, reply }: Place,
): Address {
  if (group !== chat) return {};
  return { ...thread !== undefined && { thread }, ...reply !== undefined && { reply } };
}
