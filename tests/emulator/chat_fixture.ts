/** A world with a chat of every kind in it, and something to do in each. */
import type { PersonHandle } from "@amanita/emulator";
import { InputFile } from "grammy";
import type { Message } from "grammy/types";
import type { EmulatorFixture } from "./given_emulator.ts";
import { plainPicture } from "./picture_of.ts";

export interface ChatFixture extends EmulatorFixture {
  /** Anna's group, with Boris and the bot. */
  group: number;
  /** Anna's supergroup, where the bot is an administrator; public as @mushroom_talk. */
  supergroup: number;
  /** Anna's channel, which the bot administers. */
  channel: number;
  /** Boris's group that has become a supergroup. */
  migrated: { from: number; to: number };
  /** Boris's supergroup, which the bot was thrown out of. */
  lost: number;
  /** Has blocked the bot. */
  blocker: PersonHandle;
  /** Has deleted the account. */
  gone: PersonHandle;
  picture: Uint8Array;
  /** The bot's own messages to Anna. */
  text: Message;
  photo: Message.PhotoMessage;
  document: Message.DocumentMessage;
  /** What Anna said to the bot. */
  said: Message;
  /** Anna's message of three days ago, and the bot's. */
  old: Message;
  oldOwn: Message;
  /** Anna's taps and inline queries, not answered yet. */
  tap(): Promise<string>;
  ask(): Promise<string>;
}

const day_ms = 24 * 60 * 60 * 1000;

export async function makeChatFixture(given: EmulatorFixture): Promise<ChatFixture> {
  const { anna, boris, api, emulator } = given;
  const { id: bot } = emulator.bot;
  const old = await anna.say("long ago");
  const oldOwn = await api.sendMessage(anna.id, "long ago");
  emulator.advance(3 * day_ms);
  const blocker = emulator.addPerson({ first_name: "Вера" });
  await blocker.start();
  blocker.block();
  const gone = emulator.addPerson({ first_name: "Глеб" });
  await gone.start();
  gone.deactivate();
  const members = [boris.id];
  const group = await anna.create({ kind: "group", title: "Грибники", members, bot: "member" });
  const supergroup = await anna.create({
    kind: "supergroup",
    title: "Разговоры",
    username: "mushroom_talk",
    members,
    bot: "administrator",
  });
  const channel = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  const from = await boris.create({ kind: "group", title: "Старая", bot: "member" });
  const to = await boris.in(from).migrate();
  const lost = await boris.create({ kind: "supergroup", title: "Чужая", bot: "member" });
  await boris.in(lost).expel(bot);
  const picture = await plainPicture(60, 40);
  const reply_markup = { inline_keyboard: [[{ text: "Да", callback_data: "yes" }]] };
  const text = await api.sendMessage(anna.id, "Да?", { reply_markup });
  return {
    ...given,
    ...{ group, supergroup, channel, migrated: { from, to }, lost, blocker, gone, picture },
    ...{ text, old, oldOwn, said: await anna.say("hi") },
    photo: await api.sendPhoto(anna.id, new InputFile(picture, "p.png"), { caption: "one" }),
    document: await api.sendDocument(anna.id, new InputFile(picture, "d.png")),
    tap: () => anna.tap(text.message_id, "yes"),
    ask: () => anna.in(group).ask("mushroom"),
  };
}
