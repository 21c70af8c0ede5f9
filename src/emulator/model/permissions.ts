/** What the members of a group may send. */
import type { ChatPermissions, Message } from "grammy/types";
import { isAdministrator, type Member, type WorldChat } from "./chat.ts";

/** Everything, unless a group says otherwise. */
export const allPermissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_change_info: true,
  can_invite_users: true,
  can_pin_messages: true,
  can_manage_topics: true,
} as const satisfies ChatPermissions;

/** The kinds of messages that can be forbidden, with what refusals call them. */
const kinds: readonly [keyof Message, keyof typeof allPermissions, string][] = [
  // An animation is a document too.
  ["animation", "can_send_other_messages", "animations"],
  ["text", "can_send_messages", "text messages"],
  ["photo", "can_send_photos", "photos"],
  ["document", "can_send_documents", "documents"],
  ["video", "can_send_videos", "videos"],
  ["audio", "can_send_audios", "music"],
  ["voice", "can_send_voice_notes", "voice notes"],
];

/** What the chat forbids this member of what they want to send: "photos"; undefined: nothing. */
export function forbiddenTo(
  chat: WorldChat,
  member: Member | undefined,
  content: Partial<Message>,
): string | undefined {
  if (chat.kind !== "group" && chat.kind !== "supergroup") return undefined;
  if (isAdministrator(member)) return undefined;
  const [, permission, name] = kinds.find(([field]) => content[field] !== undefined) ?? [];
  return permission !== undefined && chat.permissions?.[permission] === false ? name : undefined;
}
