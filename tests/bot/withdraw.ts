/** A maker withdraws their newest card, button by button. */
import { catalogues } from "../../src/flows/catalogues.ts";
import type { BotWorld } from "./bot_world.ts";

const { label } = catalogues.ru;

/** Withdraws the card on top of the list; `confirming`, if given, chooses the moment of the last tap. */
export async function withdraw(
  world: BotWorld,
  reason: string,
  confirming: (confirm: () => Promise<unknown>) => Promise<void> = async (confirm) =>
    void await confirm(),
): Promise<void> {
  const { maker } = world;
  await maker.say("/admin");
  await world.settled();
  await world.answers(maker, () => world.tap(maker, label("list")));
  const [row] = await world.sql<{ number: number }[]>`
    select max(number) as number from cards where active`;
  for (const button of [`№\u00a0${row?.number}`, label("withdraw")]) {
    await world.answers(maker, () => world.tap(maker, button));
  }
  await world.answers(maker, () => maker.say(reason));
  await confirming(() => world.tap(maker, label("confirm_withdrawal")));
  await world.settled();
}
