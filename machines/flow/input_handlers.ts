/** From an input to a fact: the innermost state that makes something of it decides. */
import type { AnyStateMachine, AnyStateNode, StateValue } from "xstate";
import type { Fact } from "../../events/facts.ts";
import { uniqueEntries } from "./unique_entries.ts";
import type { Flow } from "./flow.ts";
import { isEdited } from "./input.ts";
import type { HearResult, InputContext, InputHandler } from "./input_context.ts";

/**
 * What the chart's states make of inputs, as their `meta` says; where none makes anything of one,
 * that too is a fact, saying what the dialogue waits for.
 */
export function openInputHandlers(
  machine: AnyStateMachine,
): (state: StateValue, inputContext: InputContext) => Fact {
  const handlers = new Map(handlersBelow(machine.root));
  return (state, inputContext) => {
    const handling = activePaths(state).map((path) => handlers.get(path))
      .filter((handler) => handler !== undefined);
    const { input } = inputContext;
    const edited = isEdited(input);
    const heard = firstOf(
      handling,
      (handler) => edited ? handler.hearsEdit?.(inputContext) : handler.hears(inputContext),
    );
    if (heard && "type" in heard) return heard;
    // Telegram tells of many changes, and of most of them there is nothing to say.
    if (edited && heard === undefined) return { type: "EditIgnored" };
    return {
      type: "InputRefused",
      kind: input.kind === "other" ? input.what : input.kind,
      expected: heard?.expects ?? firstOf(handling, ({ expects }) => expects) ?? NOTHING,
      reason: heard?.refused ?? null,
    };
  };
}

/** Where no state says what it waits for. */
const NOTHING = "nothing";

function handlersBelow(node: AnyStateNode): [path: string, handler: InputHandler][] {
  const below = Object.values<AnyStateNode>(node.states).flatMap(handlersBelow);
  return node.meta ? [[node.path.join("."), node.meta], ...below] : below;
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** "flow.issuing.name", "flow.issuing", "flow", "checking.ready", … "answering": region by region. */
export function activePaths(state: StateValue): string[] {
  if (typeof state === "string") return [state];
  return Object.entries(state).flatMap(([key, inner = {}]) => [
    ...activePaths(inner).map((path) => `${key}.${path}`),
    key,
  ]);
}

/**
 * What is heard beside every state: a command, a start with a payload, a tap, each by its name. So
 * their order makes no difference; throws where two flows would hear the same.
 */
export function hearGlobally(flows: readonly Flow[]): InputHandler {
  const commands = uniqueEntries(
    "command",
    flows,
    ({ everywhere }) => Object.entries(everywhere?.commands ?? {}),
    // Heard by its payload's beginning instead.
    [["start", () => undefined]],
  );
  const starts = uniqueEntries(
    "start",
    flows,
    ({ everywhere }) => Object.entries(everywhere?.starts ?? {}),
  );
  const taps = uniqueEntries(
    "tap on",
    flows,
    ({ everywhere }) => (everywhere?.taps ?? []).map((it) => [it.button, it.hears] as const),
  );

  function hearStart(inputContext: InputContext, argument: string): HearResult {
    const [, beginning = ""] = /^([a-z]+)_/.exec(argument) ?? [];
    return starts.get(beginning)?.(inputContext, argument.slice(beginning.length + 1)) ??
      starts.get("")?.(inputContext, argument);
  }

  return {
    hears(inputContext) {
      const { input } = inputContext;
      if (input.kind === "tap") return taps.get(input.action?.do ?? "")?.(inputContext);
      if (input.kind !== "command") return undefined;
      const { name, argument } = input;
      return name === "start"
        ? hearStart(inputContext, argument)
        : commands.get(name)?.(inputContext, argument);
    },
    hearsEdit: (inputContext) =>
      firstOf(flows, ({ everywhere }) => everywhere?.hearsEdit?.(inputContext)),
  };
}
