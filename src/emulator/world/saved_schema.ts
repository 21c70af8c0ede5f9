/** What a saved world must look like, whoever wrote it; ids become names of files and addresses. */
import { z } from "zod";
import { checkObject } from "../schema/validate.ts";
import { clock_offset_max_ms } from "./clock.ts";

/** What an id may be made of, so that no path leaves its folder. */
const id_text = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, "expected letters, digits, - and _");
const number_text = z.string().regex(/^\d{1,20}$/, "expected digits");
const integer = z.int();
const word = z.string().max(100);
const entry = <Value extends z.ZodType>(value: Value) => z.tuple([integer, value]);
const flag = z.boolean();

const person = z.looseObject({
  id: integer.positive(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: word,
  blocked: flag,
  deactivated: z.literal(true).optional(),
});

const message = z.looseObject({
  message_id: integer.positive(),
  date: integer,
  chat: z.looseObject({ id: integer, type: word }),
});

const topic = z.object({ thread: integer, name: z.string(), closed: flag });

const chat_base = {
  id: integer,
  messages: z.array(message),
  pinned: z.array(integer),
  reactions: z.array(entry(z.array(entry(z.array(z.looseObject({ type: word })))))),
  keyboards: z.array(entry(z.looseObject({ keyboard: z.array(z.array(z.unknown())) }))),
  topics: z.array(topic).optional(),
};

const member = z.object({
  user: z.looseObject({ id: integer, is_bot: flag, first_name: z.string() }),
  status: z.enum(["creator", "administrator", "member", "left", "kicked"]),
});

const chat = z.discriminatedUnion("kind", [
  z.looseObject({ ...chat_base, kind: z.literal("private"), started: flag }),
  z.looseObject({ ...chat_base, kind: z.literal("direct"), people: z.tuple([integer, integer]) }),
  z.looseObject({
    ...chat_base,
    kind: z.enum(["group", "supergroup", "channel"]),
    title: z.string(),
    username: z.string().optional(),
    description: z.string().optional(),
    members: z.array(entry(member)),
    bot_posts: z.array(integer),
    permissions: z.record(word, flag).optional(),
    migrated_to: integer.optional(),
    general_closed: flag.optional(),
    discussed_in: integer.optional(),
  }),
]);

const file = z.looseObject({
  file_id: id_text,
  file_unique_id: id_text,
  kind: z.enum(["Photo", "Document", "Sticker", "VoiceNote", "Video", "Audio", "Animation"]),
  mime_type: z.string().max(255),
  file_size: integer.nonnegative(),
  file_name: z.string().optional(),
  photo: id_text.optional(),
  file_path: z.string().regex(
    /^[a-z]+\/file_\d{1,15}(?:\.[A-Za-z0-9]{1,8})?$/,
    "expected a place like photos/file_1.jpg",
  ),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits").optional(),
  refused: flag.optional(),
  duration: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  performer: z.string().optional(),
  title: z.string().optional(),
});

const tap = z.looseObject({
  id: number_text,
  person: integer,
  chat: integer,
  message_id: integer,
  at: z.number(),
  answered: flag,
  toast: z.object({ text: z.string(), alert: flag, url: z.string().optional() }).optional(),
});

const inline_query = z.looseObject({
  id: number_text,
  person: integer,
  chat: integer,
  query: z.string(),
  offset: z.string(),
  at: z.number(),
  answer: z.looseObject({
    results: z.array(z.looseObject({ id: z.string(), type: word })),
    next_offset: z.string(),
    button: z.looseObject({ text: z.string() }).optional(),
  }).optional(),
});

const command = z.object({ command: z.string(), description: z.string() }).loose();

const webhook = z.object({
  url: z.url({ protocol: /^https?$/, error: "expected an http(s) address" }),
  secret_token: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, "expected letters, digits").optional(),
  max_connections: integer.min(1).max(100),
  ip_address: z.string().optional(),
  has_custom_certificate: flag,
});

const saved = z.looseObject({
  version: z.literal(2),
  token: z.string().regex(/^\d{1,16}:[A-Za-z0-9_-]{1,128}$/, "expected a token of a bot"),
  bot: z.looseObject({
    id: integer.positive(),
    username: z.string(),
    first_name: z.string(),
    can_read_all_group_messages: flag,
    supports_inline_queries: flag,
    can_join_groups: flag,
    has_topics_enabled: flag.optional(),
  }),
  clock_offset_ms: z.number().min(-clock_offset_max_ms).max(clock_offset_max_ms),
  people: z.array(person),
  chats: z.array(chat),
  taps: z.array(tap),
  inline_queries: z.array(inline_query),
  inline_messages: z.array(z.tuple([id_text, z.object({ chat: integer, message_id: integer })])),
  commands: z.array(z.object({
    scope: z.looseObject({ type: word }),
    language_code: word,
    commands: z.array(command),
  })),
  profile: z.array(z.tuple([z.string(), z.string()])),
  files: z.array(file),
  updates: z.array(z.looseObject({ update_id: integer.nonnegative() })),
  allowed_updates: z.array(word),
  webhook: webhook.optional(),
});

/** What is wrong with a saved world, in words that name the field; null where nothing is. */
export function savedTrouble(value: unknown): string | null {
  const checked = saved.safeParse(value);
  if (!checked.success) return troubleOf(checked.error);
  const { chats, people } = checked.data;
  const known = new Set(people.map(({ id }) => id));
  for (const [at, it] of chats.entries()) {
    const named = it.kind === "private" ? [it.id] : it.kind === "direct" ? it.people : [];
    const nobody = named.find((id) => !known.has(id));
    if (nobody !== undefined) return `chats.${at}: nobody is ${nobody}`;
  }
  return null;
}

/** What the Bot API's field table says against the messages and updates of a saved world. */
export function contentTrouble(
  world: { chats: readonly { messages: readonly unknown[] }[]; updates: readonly unknown[] },
): string | null {
  for (const [at, { messages }] of world.chats.entries()) {
    for (const [place, it] of messages.entries()) {
      const [wrong] = checkObject("Message", it);
      if (wrong !== undefined) return `chats.${at}.messages.${place}: ${wrong}`;
    }
  }
  for (const [at, it] of world.updates.entries()) {
    const [wrong] = checkObject("Update", it);
    if (wrong !== undefined) return `updates.${at}: ${wrong}`;
  }
  return null;
}

/** The first thing that is wrong, with the name of its field. */
export function troubleOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "it is wrong";
  const field = issue.path.map(String).join(".") || "it";
  return `${field}: ${issue.message.replace(/^Invalid input: /, "").slice(0, 200)}`;
}
