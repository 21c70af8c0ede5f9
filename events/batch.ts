/** Facts of a batch: one description and one set of photos for many cards, each with its own code. */
import { z } from "zod";
import { CardId, Description, Name, Person } from "./card.ts";
import { Code } from "./code.ts";
import { CallId, fact } from "./fact.ts";
import { MessageNumber } from "./message.ts";
import { Sha256 } from "./photo.ts";
import { sensitive } from "./sensitive.ts";

/** How many cards a batch may have. */
export const BATCH_MIN = 2;
export const BATCH_MAX = 500;

const BatchId = sensitive(z.uuid(), "uuid");

/** How many cards a batch has. */
export const Copies = z.int().min(BATCH_MIN).max(BATCH_MAX);

/** A maker began to issue a batch; `preview` is as in `IssueBegun`, and each step names the batch. */
export const BatchBegun = fact("BatchBegun", { preview: z.literal(true).exactOptional() });

/** They said of how many cards. */
export const CopiesChosen = fact("CopiesChosen", {
  copies: Copies,
  message: MessageNumber.exactOptional(),
});

/** They mended the message with the number. */
export const CopiesEdited = fact("CopiesEdited", { copies: Copies });

/** The next cards of the batch are due. */
export const BatchContinued = fact("BatchContinued", { callId: CallId });

/**
 * Some cards of a batch exist, each with its code and its place `edition` of `editions`; `published`
 * is as in `CardIssued`.
 */
export const EditionsIssued = fact("EditionsIssued", {
  callId: CallId,
  batch: BatchId,
  editions: Copies,
  name: Name,
  description: Description,
  original: Sha256,
  packaged: Sha256.nullable(),
  maker: Person,
  cards: z.array(z.strictObject({ card: CardId, code: Code, edition: z.int().positive() })).min(1)
    .max(BATCH_MAX),
  published: z.literal(true).exactOptional(),
});

/** The maker who began the batch may not issue cards any more: the rest is not issued. */
export const BatchStopped = fact("BatchStopped", { callId: CallId });

/** They were asked to wait, because a batch of theirs is still being issued. */
export const BatchAwaited = fact("BatchAwaited", {});
