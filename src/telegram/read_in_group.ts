/** One message in a group as an input: only what is meant for this bot is heard. */
import { z } from "zod";
import { readCodes } from "../../events/code.ts";
import type { Input } from "../../machines/flow/input.ts";
import {
  besideOf,
  type CommandReader,
  type Message,
  readCommand,
  readPicture,
  textOf,
} from "./read_message.ts";

/** What tells whether a message in a group is meant for the bot. */
export const Addressed = z.object({
  caption: z.string().optional(),
  reply_to_message: z.object({ from: z.object({ id: z.int() }).optional() }).optional(),
  via_bot: z.object({ id: z.int() }).optional(),
  forward_origin: z.unknown().optional(),
});
export type Addressed = z.infer<typeof Addressed>;

/**
 * A start, a command that names this bot, a right code; and in answer to the bot or with its name
 * any command and any attempt at a code. Null for talk that is none of the bot's business, and for
 * what a person only passes on.
 */
export function readInGroup(message: Message & Addressed, bot: CommandReader): Input | null {
  const { via_bot, forward_origin, reply_to_message } = message;
  if (via_bot || forward_origin !== undefined) return null;
  const said = textOf(message.text ?? message.caption ?? "");
  const isAnswer = reply_to_message?.from?.id === bot.id;
  const command = readCommand(said, bot, (name) => isAnswer || name === "start");
  if (command) return withoutRights(command, bot);
  if (said.startsWith("/")) return null;
  const isAddressed = isAnswer || names(said, bot);
  if (isAddressed && message.photo) return readPicture(message);
  const more = besideOf(message);
  const read = readCodes([said, ...more.links ?? []]);
  return read && (isAddressed || "codes" in read) ? { kind: "text", text: said, ...more } : null;
}

/** What gives a right is spent on nobody in a group, where all see it: it is a bare start. */
function withoutRights(input: Input, { secretStarts }: CommandReader): Input {
  if (input.kind !== "command") return input;
  const [, beginning = ""] = /^([a-z]+)_/.exec(input.argument) ?? [];
  return secretStarts.has(beginning) ? { ...input, argument: "" } : input;
}

const names = (said: string, { username }: CommandReader): boolean =>
  new RegExp(`@${username}(?![a-z0-9_])`, "i").test(said);
