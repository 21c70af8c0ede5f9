/** What a flow says, by keys: every language has words for each, see src/locales. */
import { z } from "zod";
import type { Action } from "./input.ts";
import type { Button, Buttons } from "./button.ts";

/** What may go into a text, by name; everything is escaped where it is rendered. */
export type TextFields = Readonly<Record<string, z.ZodType<string | number | null>>>;

/**
 * The keys of a flow: texts with what goes into them, notes over the chat, labels of buttons, what
 * its states expect (each has a hint), and why they refuse what is of the right kind.
 */
export interface WordKeys<
  Texts extends Readonly<Record<string, TextFields>> = Readonly<Record<string, TextFields>>,
  Note extends string = string,
  Label extends string = string,
  Expects extends string = string,
  Refusal extends string = string,
> {
  readonly texts: Texts;
  readonly notes: readonly Note[];
  readonly labels: readonly Label[];
  readonly expects: readonly Expects[];
  readonly refusals: readonly Refusal[];
}

/** Where a text is said, and with which buttons. */
export interface SayOptions {
  slot?: string;
  buttons?: Buttons;
}

/** What goes into a text of these fields. */
export type ValuesOf<Fields extends TextFields> = {
  readonly [Name in keyof Fields]: z.infer<Fields[Name]>;
};

/** Defines a flow's keys, and gives what its chart names them with. */
export function defineWords<
  const Texts extends Readonly<Record<string, TextFields>> = Record<never, never>,
  Note extends string = never,
  Label extends string = never,
  Expects extends string = never,
  Refusal extends string = never,
>(
  { texts, notes = [], labels = [], expects = [], refusals = [] }: {
    texts: Texts;
    notes?: readonly Note[];
    labels?: readonly Label[];
    expects?: readonly Expects[];
    refusals?: readonly Refusal[];
  },
) {
  const keys: WordKeys<Texts, Note, Label, Expects, Refusal> = {
    ...{ texts, notes, labels, expects, refusals },
  };
  return {
    ...keys,
    /** The params of `say` for this text. */
    say<Key extends keyof Texts & string>(
      text: Key,
      values: ValuesOf<Texts[Key]>,
      saying: SayOptions = {},
    ) {
      const given: Record<string, string | number | null> = { ...values };
      return { text, ...Object.keys(given).length > 0 && { values: given }, ...saying };
    },
    /** The params of `toast` for this note. */
    note: (text: Note) => ({ text }),
    /** A button under this label. */
    button: (label: Label, action: Action): Button => ({ label, action }),
  };
}
