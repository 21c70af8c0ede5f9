import { assertEquals } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import { kitEffects } from "../../machines/flow/kit_effects.ts";
import { flowParts } from "../../src/flows/all_flows.ts";
import { openShelf } from "../telegram/shelf.ts";

Deno.test("every effect that flows show has a renderer, and only one", () => {
  const { kit } = openShelf();
  const rendered = flowParts.flatMap(({ renderers }) => renderers?.(kit) ?? []);
  const ofKit: readonly string[] = kitEffects.map(({ type }) => type);
  const shown = [...charts.current.effects.values()]
    .filter(({ kind, type }) => kind === "send" && !ofKit.includes(type));
  assertEquals(
    rendered.map(({ type }) => type).toSorted(),
    shown.map(({ type }) => type).toSorted(),
  );
});
