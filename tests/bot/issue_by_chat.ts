/** A maker issues cards as people do it, button by button. */
import type { PersonHandle } from "@amanita/emulator";
import { assert, assertExists } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import type { BotWorld } from "./bot_world.ts";

export interface IssuedCard {
  card: string;
  number: number;
  code: string;
  /** What its maker saw at the end, newest last: the photos, then the QR picture. */
  shown: Message[];
}

export interface IssueWishes {
  by?: PersonHandle;
  name?: string;
  description?: string;
  /** With a second photo, of the package. */
  packaged?: boolean;
}

/** Opens the wizard: the maker is asked for a photo. */
export async function beginIssue(world: BotWorld, by = world.maker): Promise<Message[]> {
  await by.say("/admin");
  await world.settled();
  return await world.answers(by, () => world.tap(by, catalogues.ru.label("issue")));
}

/** Issues one card through the wizard. */
export async function issueByChat(world: BotWorld, wishes: IssueWishes = {}): Promise<IssuedCard> {
  const { by = world.maker, name = "Зимнее море", packaged = false } = wishes;
  const { description = "Холст, масло" } = wishes;
  await beginIssue(world, by);
  if (packaged) await by.album([await plainPicture(60, 40), await plainPicture(40, 60)]);
  else await by.photo(await plainPicture(60, 40));
  await by.say(name);
  if (packaged) return await finished(world, by, () => by.say(description));
  await by.say(description);
  await world.settled();
  return await finished(world, by, () => world.tap(by, catalogues.ru.label("skip")));
}

/** Goes through the wizard up to what is shown: the card of which the maker says no more. */
export async function orderCard(world: BotWorld): Promise<void> {
  const { maker } = world;
  await beginIssue(world);
  await maker.photo(await plainPicture(60, 40));
  await maker.say("Зимнее море");
  await maker.say("Холст, масло");
  await world.settled();
  await world.answers(maker, () => world.tap(maker, catalogues.ru.label("skip")));
}

/** Does the wizard's last step, approves what is shown, and answers the card that came of it. */
export async function finished(
  world: BotWorld,
  by: PersonHandle,
  act: () => Promise<unknown>,
): Promise<IssuedCard> {
  await world.answers(by, act);
  const shown = (await world.answers(by, () => approve(world, by))).filter(({ photo }) =>
    photo !== undefined
  );
  const [row] = await world.sql<{ card: string; number: number; code: string }[]>`
    select card, number, code from cards order by number desc limit 1`;
  assertExists(row, "No card was issued");
  assert(shown.length > 0, "The card was not shown");
  return { ...row, shown };
}

/** Taps the button that issues what is shown, once it is shown. */
export async function approve(world: BotWorld, by = world.maker): Promise<void> {
  await world.settled();
  await world.tap(by, catalogues.ru.label("approve"));
}

/** The text or caption of a message. */
export const words = ({ text, caption }: Message): string => text ?? caption ?? "";

/** The words of several, one after the other. */
export const allWords = (messages: readonly Message[]): string => messages.map(words).join("\n");

/** A text of the catalogue as a phone shows it: without the markup. */
export const shownText = (html: string): string => html.replace(/<[^>]+>/g, "");

/** The bytes of a picture as the chat holds it, at its largest. */
export function pictureOf(phone: PersonHandle, message: Message | undefined): Uint8Array {
  const file_id = message?.photo?.at(-1)?.file_id;
  assertExists(file_id, "There is no picture");
  return phone.file(file_id);
}
