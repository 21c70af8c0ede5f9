/** What the control API sets up around the people: chats, the clock, faults, rates, dumps. */
import { isShared } from "../model/chat.ts";
import type { Fault } from "../model/fault.ts";
import type { NewPerson } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import { createChat, createDirect } from "../people/create_chat.ts";
import { forgeUpdate } from "../world/forge_update.ts";
import { chatView } from "../world/view_chat.ts";
import type { World } from "../world/world.ts";
import { dumpOf, load } from "./dump.ts";
import type { ControlBody } from "./control_body.ts";

type Setting = (world: World, body: ControlBody) => unknown;

/** By method and path. */
export const settings: ReadonlyMap<string, Setting> = new Map<string, Setting>(Object.entries({
  "GET state": stateOf,
  "POST people": (world, body) => world.addPerson(newPerson(world, body)),
  "POST chats": newChat,
  "GET clock": clockOf,
  "POST clock": (world, body) => {
    world.advance(body.integer("advance_ms"));
    return clockOf(world);
  },
  "GET rates": ({ rates }) => ({ on: rates.on }),
  "POST rates": ({ rates }, body) => ({ on: rates.on = body.flag("on") }),
  "GET faults": ({ faults }) => ({ faults: faults.all() }),
  "POST faults": ({ faults }, body) => (faults.add(newFault(body)), {}),
  "DELETE faults": (world) => {
    world.faults.clear();
    world.updates.release();
    return {};
  },
  "POST forge": (world, { fields }) => (forgeUpdate(world, fields.update), {}),
  "POST redeliver": ({ updates }, body) => {
    const update_id = body.integer("update_id");
    if (updates.redeliver(update_id)) return {};
    throw new PersonError(`Cannot find update ${update_id}`, 404);
  },
  "POST forget_files": (world) => {
    world.files.forget();
    world.changed();
    return {};
  },
  "POST bot": (world, body) => {
    const privacy = body.flagIf("privacy");
    const inline = body.flagIf("inline");
    const topics = body.flagIf("topics");
    world.setBot({
      ...topics !== undefined && { has_topics_enabled: topics },
      ...privacy !== undefined && { can_read_all_group_messages: !privacy },
      ...inline !== undefined && { supports_inline_queries: inline },
    });
    return world.bot;
  },
  "GET dump": (world) => dumpOf(world),
  "POST load": async (world, body) => {
    await load(world, body.fields);
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

function newPerson(world: World, body: ControlBody): NewPerson {
  const id = body.integerIf("id");
  if (id !== undefined && (id < 1 || world.chats.has(id))) {
    throw new PersonError(`Cannot add a person with the id ${id}: it is taken, or none`);
  }
  const optional = (name: string) => {
    const text = body.textIf(name);
    return text === undefined ? {} : { [name]: text };
  };
  const first_name = body.text("first_name").trim();
  if (first_name === "") throw new PersonError("Cannot add a person without a first name");
  return {
    first_name,
    ...optional("last_name"),
    ...optional("username"),
    ...optional("language_code"),
    ...id !== undefined && { id },
  };
}

function newChat(world: World, body: ControlBody) {
  const { person } = world.privateChat(body.integer("creator"));
  const kind = body.word("kind", ["group", "supergroup", "channel", "direct"] as const);
  const members = body.integers("members");
  if (kind === "direct") {
    const other = world.privateChat(members[0] ?? 0);
    return chatView(world, createDirect(world, person, other.person), person.id);
  }
  const chat = createChat(world, person, {
    kind,
    title: body.text("title"),
    username: body.textIf("username"),
    forum: body.flagIf("forum"),
    members,
    bot: body.wordIf("bot", ["member", "administrator"] as const),
  });
  return chatView(world, chat, person.id);
}

const fault_kinds: readonly Fault["kind"][] = [
  "status",
  "answer",
  "delay",
  "hang",
  "cut_before",
  "cut_after",
  "duplicate",
  "reorder",
];

function newFault(body: ControlBody): Fault {
  const number = (name: "chat_id" | "status" | "retry_after" | "delay_ms") => {
    const value = body.integerIf(name);
    return value === undefined ? {} : { [name]: value };
  };
  const text = (name: "description" | "file" | "body") => {
    const value = body.textIf(name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    method: body.textIf("method") ?? "*",
    times: body.integerIf("times") ?? 1,
    kind: body.word("kind", fault_kinds),
    ...number("chat_id"),
    ...number("status"),
    ...text("description"),
    ...text("file"),
    ...text("body"),
    ...number("retry_after"),
    ...number("delay_ms"),
  };
}
