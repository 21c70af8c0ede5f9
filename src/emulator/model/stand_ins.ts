/** The users that stand in `from` where a chat speaks: older bots expect somebody there. */
import type { User } from "grammy/types";

/** An administrator who speaks as the group. */
export const anonymousAdministrator: User = {
  id: 1087968824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
};

/** Somebody who speaks as a channel. */
export const speakingChannel: User = {
  id: 136817688,
  is_bot: true,
  first_name: "Channel",
  username: "Channel_Bot",
};

/** Telegram itself, which brings a channel's posts into the group where they are discussed. */
export const telegram: User = { id: 777000, is_bot: false, first_name: "Telegram" };
