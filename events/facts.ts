import type { z } from "zod";
import * as batch from "./batch.ts";
import * as card from "./card.ts";
import * as correction from "./correction.ts";
import * as dialogue from "./dialogue.ts";
import type { FactDefinition } from "./fact.ts";
import * as gallery from "./gallery.ts";
import * as maker from "./maker.ts";
import * as photo from "./photo.ts";

type Exports =
  & typeof batch
  & typeof card
  & typeof correction
  & typeof dialogue
  & typeof gallery
  & typeof maker
  & typeof photo;
type Definition = Extract<Exports[keyof Exports], FactDefinition>;

/** A fact as `hears`, an ask or a job proposes it and as the log keeps it. */
export type Fact = z.infer<Definition["schema"]>;
export type FactType = Fact["type"];

const isDefinition = (value: unknown): value is FactDefinition =>
  typeof value === "object" && value !== null && "upcasts" in value;

const subjects = {
  ...batch,
  ...card,
  ...correction,
  ...dialogue,
  ...gallery,
  ...maker,
  ...photo,
};

/** Every kind of fact there is, by name: a reader of the log asks here what a row means. */
export const facts: ReadonlyMap<string, FactDefinition> = new Map(
  Object.values<unknown>(subjects)
    .filter(isDefinition)
    .map((definition) => [definition.type, definition]),
);
