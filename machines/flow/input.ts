/** What a person can do in a dialogue, checked at the edge, free of Telegram. */
import { z } from "zod";
import { TelegramFile } from "../../events/photo.ts";

/** What a button does: its name, and what that needs to know. Flows define them: see `button.ts`. */
export const Action = z.object({ do: z.string() }).catchall(z.union([z.string(), z.number()]));
export type Action = z.infer<typeof Action>;

/** A picture or a file that came, with the album it came in. */
const sent = { file: TelegramFile, album: z.string().nullable() };

/** One thing that a person did. `action` is null for a button that nobody knows any more. */
export const Input = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("command"), name: z.string(), argument: z.string() }),
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
  z.strictObject({ kind: z.literal("photo"), ...sent }),
  z.strictObject({ kind: z.literal("image_file"), ...sent }),
  z.strictObject({ kind: z.literal("tap"), action: Action.nullable() }),
  z.strictObject({ kind: z.literal("other"), what: z.string() }),
]);
export type Input = z.infer<typeof Input>;
