import { z } from "zod";
import type { Action, Input } from "./input.ts";

/** What a button may carry, by name: words and numbers. */
export type ButtonFields = Readonly<Record<string, z.ZodType<string | number>>>;

/** One kind of button: its name, and the schema of what it does. */
export interface ButtonDefinition<
  Name extends string = string,
  Fields extends ButtonFields = ButtonFields,
> {
  readonly name: Name;
  readonly fields: Fields;
  /** What a tap on it says; undefined for any other input. */
  read(input: Input): DataOf<Fields> | undefined;
  /** The action with these data; buttons outlive their moment, so it says all that it needs. */
  action(data: DataOf<Fields>): Action;
}

/** What a button of these fields carries. */
export type DataOf<Fields extends ButtonFields> = {
  readonly [Name in keyof Fields]: z.infer<Fields[Name]>;
};

/**
 * Defines a button, whose data are carried as `1:<name>:<field>:…`. A released button is frozen:
 * its name, its fields and their order are under messages of years ago.
 */
export function defineButton<Name extends string, const Fields extends ButtonFields>(
  name: Name,
  fields: Fields,
): ButtonDefinition<Name, Fields> {
  const schema = z.strictObject(fields);
  return {
    name,
    fields,
    read(input) {
      if (input.kind !== "tap" || input.action?.do !== name) return undefined;
      const { do: _, ...data } = input.action;
      return schema.safeParse(data).data as DataOf<Fields> | undefined;
    },
    action: (data) => ({ do: name, ...data }),
  };
}

/** A button under a message: the key of its label, and what it does. */
export type Button = {
  readonly label: string;
  readonly action: Action;
};

/** Rows of buttons. */
export type Buttons = readonly (readonly Button[])[];
