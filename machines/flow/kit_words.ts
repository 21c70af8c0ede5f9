/** What the kit itself says, whatever the flows are. */
import { z } from "zod";
import { defineWords } from "./words.ts";

export const kitWords = defineWords({
  texts: {
    /** Said by the runtime where the handling of an update failed. */
    apology: { reference: z.string() },
    /** Said at the edge where an answer takes long. */
    taking_longer: {},
    /** Said at the edge where the bot comes into a group or a channel. */
    added_to_group: {},
    added_to_channel: { username: z.string() },
    /** Said in private before what could not be said where it was asked. */
    answered_here: {},
    /** Said by every chart where an input fits nothing; made of the flows' hints and refusals. */
    input_refused: { kind: z.string(), expected: z.string(), reason: z.string().nullable() },
  },
});
