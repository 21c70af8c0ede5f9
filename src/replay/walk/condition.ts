/** Conditions on a dialogue in CEL, a small language that can neither loop, call nor change anything. */
import { Environment } from "@marcbachmann/cel-js";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import type { WalkedFact } from "./walk_stream.ts";

/** What a condition can speak of. */
const NAMES = ["context", "state", "fact", "version", "at"];

const MEND = "Where something may be missing, has(context.some.thing) tells";

/** Whether a condition holds after a fact; throws `CannotReplay` where it cannot be asked there. */
export type Condition = (moment: WalkedFact) => boolean;

/** Understands `text`, like `context.misses.size() > 3 && state.flow == "idle"`. */
export function readCondition(text: string): Condition {
  const environment = NAMES.reduce(
    (known, name) => known.registerVariable(name, "dyn"),
    new Environment(),
  );
  const refuse = (where: string, error: unknown): never => {
    const [words = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const mend = words.startsWith("No such key") ? `. ${MEND}` : "";
    throw new CannotReplay(`Cannot ask "${text}"${where}: ${words}${mend}`, exitCodes.usage);
  };
  const ask = (() => {
    try {
      return environment.parse(text);
    } catch (error) {
      return refuse("", error);
    }
  })();
  return (moment) => {
    const where = ` of version ${moment.row.version}`;
    let answer: unknown;
    try {
      answer = ask(namesOf(moment));
    } catch (error) {
      refuse(where, error);
    }
    if (typeof answer === "boolean") return answer;
    return refuse(where, new Error(`the answer is ${typeof answer}, not true or false`));
  };
}

function namesOf({ row, fact, after }: WalkedFact): Record<string, unknown> {
  return {
    context: withIntegers(after.context),
    state: after.value,
    fact: withIntegers(fact),
    version: BigInt(row.version),
    at: BigInt(row.at),
  };
}

/** JSON knows one kind of number, CEL two that do not mix: what is whole becomes an integer. */
function withIntegers(value: unknown): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(withIntegers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withIntegers(inner)]),
  );
}
