/** What the bot says about itself: commands by scope and language, name, descriptions. */
import type { BotCommand, BotCommandScope } from "grammy/types";
import type { CommandList } from "../model/bot.ts";
import { isAdministrator, isInside, isShared, type WorldChat } from "../model/chat.ts";
import { integerOf, isRecord } from "../model/json_value.ts";
import type { Person } from "../model/person.ts";
import { badRequest } from "../model/refusal.ts";
import { characters } from "../schema/validate.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { chatNamed } from "./place.ts";

const commands_max = 100;

export function setMyCommands(world: World, call: Call): true {
  const given = call.records("commands") ?? [];
  if (given.length > commands_max) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  replaceList(world, call, given.map(command));
  return true;
}

export function deleteMyCommands(world: World, call: Call): true {
  replaceList(world, call, []);
  return true;
}

export function getMyCommands(world: World, call: Call): BotCommand[] {
  return findList(world, scopeOf(world, call), call.text("language_code"))?.commands ?? [];
}

/**
 * The commands that a person's phone offers in a chat, by default the bot's: the closest scope that
 * has a list; in each, the person's language before none.
 */
export function commandsFor(
  world: World,
  person: Person,
  chat: WorldChat = world.privateChat(person.id),
): BotCommand[] {
  if (isShared(chat) && !isInside(chat.members.get(world.bot.id))) return [];
  for (const scope of scopesOf(chat, person.id)) {
    for (const language of [person.language_code, ""]) {
      const list = findList(world, scope, language);
      if (list !== undefined) return list.commands;
    }
  }
  return [];
}

/** From the closest to the widest. A channel has no commands. */
function scopesOf(chat: WorldChat, user_id: number): BotCommandScope[] {
  const chat_id = chat.id;
  if (chat.kind === "private") {
    return [{ type: "chat", chat_id }, { type: "all_private_chats" }, { type: "default" }];
  }
  if (chat.kind === "direct" || chat.kind === "channel") return [];
  const rules = isAdministrator(chat.members.get(user_id));
  return [
    { type: "chat_member", chat_id, user_id },
    ...rules ? [{ type: "chat_administrators", chat_id } as const] : [],
    { type: "chat", chat_id },
    ...rules ? [{ type: "all_chat_administrators" } as const] : [],
    { type: "all_group_chats" },
    { type: "default" },
  ];
}

/** setMyName, setMyDescription, setMyShortDescription: `field` is the param that carries it. */
export function setProfile(world: World, call: Call, field: string): true {
  world.profile.set(`${field}:${call.text("language_code")}`, call.text(field));
  world.changed();
  return true;
}

/** getMyName and the like: what was set for this very language, as `{[field]: text}`. */
export function getProfile(world: World, call: Call, field: string): Record<string, string> {
  const unset = field === "name" ? world.bot.first_name : "";
  return { [field]: world.profile.get(`${field}:${call.text("language_code")}`) || unset };
}

/** What an empty chat says of the bot, in the person's language where the bot knows it; "" if not. */
export function descriptionFor(world: World, { language_code }: Person): string {
  return world.profile.get(`description:${language_code}`) || world.profile.get("description:") ||
    "";
}

function command(given: Record<string, unknown>): BotCommand {
  const name = typeof given.command === "string" ? given.command.replace(/^\//, "") : "";
  const description = typeof given.description === "string" ? given.description.trim() : "";
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest("BOT_COMMAND_INVALID");
  if (description === "" || characters(description) > 256) {
    throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
  }
  return { command: name, description };
}

function replaceList(world: World, call: Call, commands: BotCommand[]): void {
  const scope = scopeOf(world, call);
  const language_code = call.text("language_code");
  const phones = [...world.people.values()].flatMap((person) =>
    world.chatsOf(person.id).map((chat) => {
      return { person, chat, before: commandsFor(world, person, chat) };
    })
  );
  const others = world.commands.filter((list) => !isFor(list, scope, language_code));
  world.commands = commands.length === 0 ? others : [...others, { scope, language_code, commands }];
  for (const { person, chat, before } of phones) {
    const commands = commandsFor(world, person, chat);
    if (JSON.stringify(commands) === JSON.stringify(before)) continue;
    world.phoneEvents.emit({ name: "commands", person: person.id, commands, chat: chat.id });
  }
  world.changed();
}

function findList(world: World, scope: BotCommandScope, language: string) {
  return world.commands.find((list) => isFor(list, scope, language));
}

function isFor(list: CommandList, scope: BotCommandScope, language: string): boolean {
  return list.language_code === language && JSON.stringify(list.scope) === JSON.stringify(scope);
}

function scopeOf(world: World, call: Call): BotCommandScope {
  const given = call.params.scope;
  if (given === undefined) return { type: "default" };
  const type = isRecord(given) ? given.type : undefined;
  switch (type) {
    case "default":
    case "all_private_chats":
    case "all_group_chats":
    case "all_chat_administrators":
      return { type };
    case "chat":
      return { type, chat_id: chatIdOf(world, given) };
    case "chat_administrators":
      return { type, chat_id: chatIdOf(world, given) };
    case "chat_member": {
      const user_id = isRecord(given) ? integerOf(given.user_id) ?? 0 : 0;
      if (!world.people.has(user_id)) throw badRequest("user not found");
      return { type, chat_id: chatIdOf(world, given), user_id };
    }
    default:
      throw badRequest("can't parse BotCommandScope: Unallowed BotCommandScope type specified");
  }
}

function chatIdOf(world: World, scope: unknown): number {
  return chatNamed(world, isRecord(scope) ? String(scope.chat_id ?? "") : "").id;
}
