/**
 * What was decided outside the chart when a fact was: it stands in the fact's row beside its data,
 * and its hash holds it. An envelope has a version; whatever that lacks is not known. Rows that were
 * written before there were envelopes have none.
 */
import { z } from "zod";
import { sensitive } from "./sensitive.ts";

const number = <Schema extends z.ZodType>(schema: Schema) => sensitive(schema, "number");

/**
 * Where a dialogue spoke, beside its stream's name; absent is what nobody told. Chats that are a
 * person's own have positive ids: those are sealed with their person, and refused here.
 */
export const Place = z.strictObject({
  /** The group's id at Telegram, where it is not the one in the name of the stream any more. */
  group: number(z.int().negative()).optional(),
  /** The topic. */
  thread: number(z.int().positive()).optional(),
  /** The message that was answered. */
  reply: number(z.int().positive()).optional(),
});
export type Place = z.infer<typeof Place>;

const Placed = z.looseObject({ place: Place });

/** The place in what a task carries; undefined where it tells none. */
export function placeIn(payload: unknown): Place | undefined {
  return Placed.safeParse(payload).data?.place;
}

/** What the person might do, and the language that the bot spoke to them before this. */
export const Circumstances = z.strictObject({
  rights: z.strictObject({ admin: z.boolean(), owner: z.boolean() }),
  locale: sensitive(z.string().regex(/^[a-z]{2,3}$/), "keep"),
});
export type Circumstances = z.infer<typeof Circumstances>;

/** The second version; the first is to have none. */
export const Envelope = z.strictObject({
  v: z.literal(2),
  ...Circumstances.shape,
  place: Place.optional(),
});
export type Envelope = z.infer<typeof Envelope>;

/** The newest version that this program knows. */
export const ENVELOPE_VERSION = 2;

/** The envelope of what is decided now. */
export function envelopeOf(circumstances: Circumstances, place?: Place): Envelope {
  return { v: ENVELOPE_VERSION, ...circumstances, ...place && { place } };
}

const Versioned = z.looseObject({ v: z.int() });

/** What is wrong with the envelope of a row; null where it is as it must be, or where there is none. */
export function faultOfEnvelope(envelope: unknown): string | null {
  if (envelope === null) return null;
  const { data: read } = Versioned.safeParse(envelope);
  if (read && read.v > ENVELOPE_VERSION) {
    return `its envelope has version ${read.v}, this program knows up to ${ENVELOPE_VERSION}. ` +
      "Run a newer one";
  }
  const [issue] = Envelope.safeParse(envelope).error?.issues ?? [];
  return issue ? `its envelope is not as it must be (${issue.path.join(".") || "it"})` : null;
}
