/** What people do in a bench: the same, step by step, for our path and for the line beside it. */
import type { Input } from "../../machines/flow/input.ts";

/** One update: the input, and the facts that it becomes, for those who insert them by hand. */
export interface Step {
  input: Input;
  facts: readonly string[];
  /** Set where the update is a check of this code. */
  code: string | null;
}

/** Gives the nth update of a bench. */
export type Workload = (n: number) => Step;

const command = (name: string, argument = ""): Input => ({ kind: "command", name, argument });

function check(code: string): Step {
  return {
    input: command("start", `v_${code}`),
    facts: ["CodePresented", "CardVerified"],
    code,
  };
}

/** Nothing but checks: each asks for a card, makes two facts and moves all three read models. */
export function checks(codes: readonly string[]): Workload {
  return (n) => check(codes[n % codes.length] ?? "");
}

/** A buyer's dialogue: hello, a check, a word that is no code, help; over and over. */
export function dialogues(codes: readonly string[]): Workload {
  const others: Step[] = [
    { input: command("start"), facts: ["Started"], code: null },
    { input: { kind: "text", text: "спасибо" }, facts: ["InputRefused"], code: null },
    { input: command("help"), facts: ["HelpAsked"], code: null },
  ];
  return (n) => others[n % 4] ?? check(codes[n % codes.length] ?? "");
}
