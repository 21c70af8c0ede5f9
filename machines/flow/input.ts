/** What a person can do in a dialogue, checked at the edge, free of Telegram. */
import { z } from "zod";
import { TelegramFile } from "../../events/photo.ts";

/** What a button does: its name, and what that needs to know. Flows define them: see `button.ts`. */
export const Action = z.object({ do: z.string() }).catchall(z.union([z.string(), z.number()]));
export type Action = z.infer<typeof Action>;

/** What is known of any message that came; a chart never needs it. */
const message = {
  /** Its number in its chat. */
  message: z.int().positive().exactOptional(),
  /** It had come before, and says something else now. */
  edited: z.literal(true).exactOptional(),
};

/** What a message says beside its own words. */
const beside = {
  /** Links to a code, under its words or on its buttons. */
  links: z.array(z.string()).exactOptional(),
  /** What the person chose out of another message to answer. */
  quote: z.string().exactOptional(),
};

/** A picture or a file that came, with the album it came in and the words under it. */
const sent = {
  file: TelegramFile,
  album: z.string().nullable(),
  caption: z.string().exactOptional(),
  ...message,
  ...beside,
};

/** One thing that a person did. `action` is null for a button that nobody knows any more. */
export const Input = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("command"),
    name: z.string(),
    argument: z.string(),
    ...message,
  }),
  z.strictObject({ kind: z.literal("text"), text: z.string(), ...message, ...beside }),
  z.strictObject({ kind: z.literal("photo"), ...sent }),
  z.strictObject({ kind: z.literal("image_file"), ...sent }),
  z.strictObject({ kind: z.literal("tap"), action: Action.nullable() }),
  z.strictObject({
    kind: z.literal("other"),
    what: z.string(),
    caption: z.string().exactOptional(),
    ...message,
    ...beside,
  }),
]);
export type Input = z.infer<typeof Input>;

/** The words of a message: its text, or what stands under what was sent. */
export function wordsOf(input: Input): string | undefined {
  if (input.kind === "text") return input.text;
  return "caption" in input ? input.caption : undefined;
}

/** Its number, where it is a message and that is known. */
export function messageOf(input: Input): number | undefined {
  return "message" in input ? input.message : undefined;
}

/** For a fact that keeps which message it was heard in: nothing where that is not known. */
export function withMessage(input: Input): { message?: number } {
  const message = messageOf(input);
  return message === undefined ? {} : { message };
}

/** Whether it is a message that had come before. */
export const isEdited = (input: Input): boolean => "edited" in input && input.edited === true;
