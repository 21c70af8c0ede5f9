import { assert, assertEquals } from "@std/assert";
import { dialogue, flows } from "../../machines/dialogue.ts";
import { readAttempts } from "../../src/replay/walk/read_attempts.ts";
import { begin } from "../../src/runtime/step.ts";
import { everyAction, everyInput } from "../machines/every_input.ts";

const read = (input: unknown) => {
  const [attempt] = readAttempts(JSON.stringify({ input, admin: true, owner: true }), "fork");
  assert(attempt && "input" in attempt);
  return attempt.input;
};

Deno.test("fork takes every button of every flow as it is written under messages", () => {
  const buttons = flows.flatMap(({ buttons = [] }) => buttons);
  for (const action of everyAction) {
    const input = read({ kind: "tap", action });
    const data = buttons.map((button) => button.read(input)).filter((it) => it !== undefined);
    const { do: _, ...carried } = action;
    assertEquals(data, [carried], action.do);
  }
  assertEquals(new Set(everyAction.map((it) => it.do)).size, buttons.length);
});

Deno.test("fork takes every other input, and the dialogue makes of it what it would", () => {
  const { value, context } = begin(dialogue.machine);
  const hear = (input: ReturnType<typeof read>) =>
    dialogue.hear(value, { input, at: 1000, admin: true, owner: true, context });
  for (const input of everyInput) {
    assertEquals(read(input), input);
    assertEquals(hear(read(input)), hear(input));
  }
});
