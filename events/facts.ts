import type { z } from "zod";
import type { FactDefinition } from "./fact.ts";
import * as subjects from "./subjects.ts";

type Subjects = typeof subjects;
type Definition = Extract<Subjects[keyof Subjects], FactDefinition>;

/** A fact as `hears`, an ask or a job proposes it and as the log keeps it. */
export type Fact = z.infer<Definition["schema"]>;

const isDefinition = (value: unknown): value is FactDefinition =>
  typeof value === "object" && value !== null && "upcasts" in value;

/** Every kind of fact there is, by name: a reader of the log asks here what a row means. */
export const facts: ReadonlyMap<string, FactDefinition> = new Map(
  Object.values<unknown>(subjects)
    .filter(isDefinition)
    .map((definition) => [definition.type, definition]),
);
