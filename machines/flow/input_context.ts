/** How a flow says what it makes of what a person did. */
import type { Fact } from "../../events/facts.ts";
import type { ButtonDefinition, ButtonFields, DataOf } from "./button.ts";
import type { Input } from "./input.ts";

/** What a dialogue remembers, by the keys of its flows: plain JSON without a word about who it is. */
export type Memory = { readonly [key: string]: unknown };

/** What a person may do right now, in a private chat; elsewhere nobody has any. */
export interface Rights {
  /** Issue cards: true for a maker, and for an owner as well. */
  admin: boolean;
  /** Name makers. */
  owner: boolean;
}

/** An input together with all that is decided outside a chart: the time and the person's rights. */
export interface InputContext<Known = Memory> extends Rights {
  input: Input;
  /** By the app's clock, in ms. */
  at: number;
  /** What the dialogue remembers. */
  context: Known;
}

/** Of the right kind but wrong in itself: becomes InputRefused with this reason. */
export interface Refusal<Reason extends string = string, Expects extends string = string> {
  refused: Reason;
  /** What it was taken for, where the state waits for something else first. */
  expects?: Expects;
}

/** What a state makes of an input: a fact, a refusal with a reason, or nothing, for the state above. */
export type HearResult<Reason extends string = string, Expects extends string = string> =
  | Fact
  | Refusal<Reason, Expects>
  | undefined;

/** What one state makes of inputs and, for an input that does not fit, what it waits for. */
export type InputHandler<
  Known = Memory,
  Expects extends string = string,
  Reason extends string = string,
> = {
  expects?: Expects;
  // A method, so that a flow may look at its own part of what is remembered only.
  hears(inputContext: InputContext<Known>): HearResult<Reason, Expects>;
  /** The same for a message that had come before and was changed: nothing unless given. */
  hearsEdit?(inputContext: InputContext<Known>): HearResult<Reason, Expects>;
};

/** What is made of a tap on a button, in any state that does not hear it itself. */
export interface TapListener {
  readonly button: string;
  hears(inputContext: InputContext): HearResult;
}

/** Hears taps on `button`. */
export function onTap<Fields extends ButtonFields, Known = Memory>(
  button: ButtonDefinition<string, Fields>,
  hears: (inputContext: InputContext<Known>, data: DataOf<Fields>) => HearResult,
): { readonly button: string; hears(inputContext: InputContext<Known>): HearResult } {
  return {
    button: button.name,
    hears(inputContext) {
      const data = button.read(inputContext.input);
      return data && hears(inputContext, data);
    },
  };
}

/** What is heard beside every state, by what it is called: no two flows may hear the same. */
export interface GlobalInputs {
  /** By the command's name; `start` is heard by its payload's beginning instead. */
  readonly commands?: Readonly<Record<string, Listener>>;
  /** `/start <beginning>_…`, by the beginning; "" is a start with no payload that anybody knows. */
  readonly starts?: Readonly<Record<string, StartListener>>;
  /** Beginnings whose payload is a secret: past the edge, it is known by its sha256. */
  readonly secret_starts?: readonly string[];
  readonly taps?: readonly TapListener[];
  /** What is made of a changed message of which no state makes anything. */
  hearsEdit?(inputContext: InputContext): HearResult;
}

interface Listening {
  hears(inputContext: InputContext, argument: string): HearResult;
}
/** What is made of a command and what stands behind it. */
export type Listener = Listening["hears"];
/** The same for a start's payload; undefined where it is none after all. */
export type StartListener = Listening["hears"];

type Hears<Known, Rest extends readonly unknown[]> = (
  inputContext: InputContext<Known>,
  ...rest: Rest
) => HearResult;

/** For makers only: a person without the right is told so, and nothing else happens. */
export function forMakers<Known, Rest extends readonly unknown[], Answer extends HearResult>(
  hears: (inputContext: InputContext<Known>, ...rest: Rest) => Answer,
): (inputContext: InputContext<Known>, ...rest: Rest) => Answer | { type: "AdminRefused" } {
  return (inputContext, ...rest) => {
    const heard = hears(inputContext, ...rest);
    return heard !== undefined && !inputContext.admin ? { type: "AdminRefused" } : heard;
  };
}

/** For owners only. */
export function forOwners<Known, Rest extends readonly unknown[]>(
  hears: Hears<Known, Rest>,
): Hears<Known, Rest> {
  return (inputContext, ...rest) => {
    const heard = hears(inputContext, ...rest);
    if (heard === undefined || inputContext.owner) return heard;
    return { type: inputContext.admin ? "OwnerRefused" : "AdminRefused" };
  };
}

/** Whether a text has nothing to see in it: spaces and invisible marks only. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cc}\p{Cf}]/u.test(text);
}
