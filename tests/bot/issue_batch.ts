/** A maker issues a batch as people do it, button by button. */
import type { PersonHandle } from "@amanita/emulator";
import { assertExists } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import type { BotWorld } from "./bot_world.ts";
import { approve } from "./issue_by_chat.ts";

const { label } = catalogues.ru;

/** One card of a batch. */
export interface Edition {
  card: string;
  number: number;
  code: string;
  edition: number;
  editions: number;
}

/** Goes through the batch's wizard up to what is shown; the batch begins once that is approved. */
export async function orderBatch(
  world: BotWorld,
  copies: number,
  { name = "Зимнее море", description = "Холст, масло" } = {},
): Promise<void> {
  const { maker } = world;
  await maker.say("/admin");
  await world.settled();
  await world.answers(maker, () => world.tap(maker, label("batch")));
  for (
    const step of [
      () => maker.say(`${copies}`),
      async () => maker.photo(await plainPicture(60, 40)),
    ]
  ) {
    await world.answers(maker, step);
  }
  await world.answers(maker, () => maker.say(name));
  await world.answers(maker, () => maker.say(description));
  await world.answers(maker, () => world.tap(maker, label("skip")));
}

/** Issues a batch; answers its cards and what its maker was shown since the last step. */
export async function issueBatch(
  world: BotWorld,
  copies: number,
  wishes: { name?: string; description?: string } = {},
): Promise<{ cards: Edition[]; shown: Message[] }> {
  await orderBatch(world, copies, wishes);
  const shown = await world.answers(world.maker, () => approve(world));
  return { cards: await editionsOf(world), shown };
}

/** All cards of batches, in the order of their numbers. */
export const editionsOf = async ({ sql }: BotWorld): Promise<Edition[]> => [
  ...await sql<Edition[]>`
    select card, number, code, edition, editions from cards where batch is not null
    order by number`,
];

/** The bytes of the file in a message. */
export function fileOf(phone: PersonHandle, message: Message | undefined): Uint8Array {
  const file_id = message?.document?.file_id;
  assertExists(file_id, "There is no file");
  return phone.file(file_id);
}

/** Opens one of the maker's own cards; answers the message with its buttons. */
export async function openCard(world: BotWorld, number: number): Promise<Message | undefined> {
  const { maker } = world;
  const shown = await world.answers(maker, () => world.forge(maker, `1:look:${number}`));
  return shown.at(-1);
}
