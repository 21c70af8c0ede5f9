/** A chat and what is felt in it, as one phone shows them. */
import type { User } from "grammy/types";
import type { MemberStatus, WorldChat } from "./chat.ts";

/** A chat as one phone shows it, without its messages. */
export interface ChatView {
  id: number;
  kind: WorldChat["kind"];
  title: string;
  username?: string;
  members: { user: User; status: MemberStatus }[];
  pinned: number[];
  /** Whether this person may write here. */
  can_write: boolean;
  migrated_to?: number;
}

/** One emoji below a message. */
export interface ReactionView {
  emoji: string;
  count: number;
  /** Whether it is this person's too. */
  mine: boolean;
}
