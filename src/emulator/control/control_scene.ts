/** What the control API sets up around the people: chats, the clock, faults, rates, dumps. */
import { isShared } from "../model/chat.ts";
import type { Fault } from "../model/fault.ts";
import type { NewPerson } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import { createChat, createDirect } from "../people/create_chat.ts";
import { chatView } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import { dumpOf, load } from "./dump.ts";
import type { Given } from "./given.ts";

type Setting = (world: World, given: Given) => unknown;

/** By method and path. */
export const settings: ReadonlyMap<string, Setting> = new Map<string, Setting>(Object.entries({
  "GET state": stateOf,
  "POST people": (world, given) => world.addPerson(newPerson(world, given)),
  "POST chats": newChat,
  "GET clock": clockOf,
  "POST clock": (world, given) => {
    world.advance(given.integer("advance_ms"));
    return clockOf(world);
  },
  "GET rates": ({ rates }) => ({ on: rates.on }),
  "POST rates": ({ rates }, given) => ({ on: rates.on = given.flag("on") }),
  "GET faults": ({ faults }) => ({ faults: faults.all() }),
  "POST faults": ({ faults }, given) => (faults.add(newFault(given)), {}),
  "DELETE faults": (world) => {
    world.faults.clear();
    world.updates.release();
    return {};
  },
  "POST redeliver": ({ updates }, given) => {
    const update_id = given.integer("update_id");
    if (updates.redeliver(update_id)) return {};
    throw new PersonError(`Cannot find update ${update_id}`, 404);
  },
  "POST forget_files": (world) => {
    world.files.forget();
    world.changed();
    return {};
  },
  "POST bot": (world, given) => {
    const privacy = given.flagIf("privacy");
    const inline = given.flagIf("inline");
    world.setBot({
      ...privacy !== undefined && { can_read_all_group_messages: !privacy },
      ...inline !== undefined && { supports_inline_queries: inline },
    });
    return world.bot;
  },
  "GET dump": (world) => dumpOf(world),
  "POST load": async (world, given) => {
    await load(world, given.fields);
    return {};
  },
}));

function stateOf(world: World) {
  const shared = [...world.chats.values()].filter(isShared);
  return {
    bot: world.bot,
    people: [...world.people.values()],
    chats: shared.map((chat) => chatView(world, chat, 0)),
    clock: clockOf(world),
    rates: world.rates.on,
    faults: world.faults.all(),
  };
}

function clockOf(world: World) {
  const now_ms = world.now_ms();
  return { now_ms, offset_ms: now_ms - Date.now() };
}

function newPerson(world: World, given: Given): NewPerson {
  const id = given.integerIf("id");
  if (id !== undefined && (id < 1 || world.chats.has(id))) {
    throw new PersonError(`Cannot add a person with the id ${id}: it is taken, or none`);
  }
  const optional = (name: string) => {
    const text = given.textIf(name);
    return text === undefined ? {} : { [name]: text };
  };
  const first_name = given.text("first_name").trim();
  if (first_name === "") throw new PersonError("Cannot add a person without a first name");
  return {
    first_name,
    ...optional("last_name"),
    ...optional("username"),
    ...optional("language_code"),
    ...id !== undefined && { id },
  };
}

function newChat(world: World, given: Given) {
  const { person } = world.privateChat(given.integer("creator"));
  const kind = given.word("kind", ["group", "supergroup", "channel", "direct"] as const);
  const members = given.integers("members");
  if (kind === "direct") {
    const other = world.privateChat(members[0] ?? 0);
    return chatView(world, createDirect(world, person, other.person), person.id);
  }
  const chat = createChat(world, person, {
    kind,
    title: given.text("title"),
    username: given.textIf("username"),
    members,
    bot: given.wordIf("bot", ["member", "administrator"] as const),
  });
  return chatView(world, chat, person.id);
}

const fault_kinds: readonly Fault["kind"][] = [
  "status",
  "delay",
  "hang",
  "cut_before",
  "cut_after",
  "duplicate",
  "reorder",
];

function newFault(given: Given): Fault {
  const number = (name: "chat_id" | "status" | "retry_after" | "delay_ms") => {
    const value = given.integerIf(name);
    return value === undefined ? {} : { [name]: value };
  };
  const times = given.integerIf("times") ?? 1;
  if (times < 1) throw new PersonError(`Cannot set a fault ${times} times`);
  return {
    method: given.textIf("method") ?? "*",
    times,
    kind: given.word("kind", fault_kinds),
    ...number("chat_id"),
    ...number("status"),
    ...number("retry_after"),
    ...number("delay_ms"),
  };
}
