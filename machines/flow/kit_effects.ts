/** Effects of every flow: words, notes, timers, and facts for other dialogues. */
import { z } from "zod";
import type { Fact } from "../../events/facts.ts";
import { TimerFired } from "../../events/dialogue.ts";
import { Action } from "./input.ts";
import { defineJob, defineSend } from "./effect.ts";

/** Messages under one name, so that later ones can clear them away. */
export const Slot = z.string();

/** Say the text of this key. In a `slot`, it is cleared away with the slot. */
export const say = defineSend("say", {
  text: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).exactOptional(),
  slot: Slot.exactOptional(),
  buttons: z.array(z.array(z.object({ label: z.string(), action: Action }).readonly()).readonly())
    .readonly().exactOptional(),
});

/** Answer the tap that led here with a short note over the chat. */
export const toast = defineSend("toast", { text: z.string() });

/** Clear away what was said in this slot. */
export const clear = defineSend("clear", { slot: Slot });

/** Wait. TimerFired. */
export const startTimer = defineJob("startTimer", { after_ms: z.number() }, [TimerFired]);

/** Append a fact to another dialogue, once. */
export const tell = {
  type: "tell",
  kind: "tell",
  params: z.object({ stream: z.string(), fact: z.custom<Fact>() }),
  answers: [],
} as const;

/** All of the above; every flow may name them. */
export const kitEffects = [say, toast, clear, startTimer, tell] as const;
