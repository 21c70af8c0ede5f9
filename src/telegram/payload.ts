/** What a send task carries: an effect to show, and the fact that it is of. */
import { z } from "zod";
import { CardNumber } from "../../events/card.ts";
import { Tapped } from "./codec.ts";

const CardId = z.string().min(1);

const effect = <Type extends string, Params extends z.ZodType>(type: Type, params: Params) =>
  z.object({ type: z.literal(type), params });

/** An effect shown to a person: the sends of machines/effects.ts and the answer to a tap. */
export const Shown = z.discriminatedUnion("type", [
  effect(
    "say",
    z.object({
      text: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
      slot: z.string().optional(),
      buttons: z.array(z.array(z.object({ label: z.string(), action: Tapped }))).optional(),
    }),
  ),
  effect("showCommands", z.object({})),
  effect("toast", z.object({ text: z.string() })),
  effect("clear", z.object({ slot: z.string() })),
  effect("showIssued", z.object({ card: CardId })),
  effect("showVerdict", z.object({ card: CardId })),
  effect("showShared", z.object({ number: CardNumber })),
  effect("showList", z.object({ page: z.int().nonnegative() })),
  effect("showOwnCard", z.object({ card: CardId })),
  effect("showInvitation", z.object({ token: z.string(), until: z.number() })),
  effect("showWelcome", z.object({})),
  effect("showMakers", z.object({})),
  effect("showMaker", z.object({ maker: z.string() })),
  effect("showMenu", z.object({})),
  effect("showFound", z.object({ query: z.string() })),
  effect("showProgress", z.object({ done: z.int().nonnegative(), of: z.int().positive() })),
  effect("showBatch", z.object({ batch: CardId })),
  effect("sendLabels", z.object({ card: CardId, of: z.enum(["card", "batch"]) })),
  effect("showHistory", z.object({ card: CardId })),
  effect("sendTables", z.object({})),
  effect("showStats", z.object({})),
  effect("answerTap", z.object({ query: z.string().min(1), text: z.string().nullable() })),
]);
export type Shown = z.infer<typeof Shown>;

/** `fact` is the uuid of the fact that led here, or "" where none did. */
export const SendPayload = z.object({ effect: Shown, fact: z.string() });
export type SendPayload = z.infer<typeof SendPayload>;
