/** The people's side of the server, as the page calls it. */
import type {
  BotCommand,
  InlineQueryResult,
  InlineQueryResultsButton,
  Message,
  ReplyKeyboardMarkup,
} from "grammy/types";
import type { ChatView, ReactionView } from "../../model/chat_view.ts";
import type { ApiCall, TracedUpdate } from "../../model/traffic.ts";
import type { NewPerson, Person } from "../../model/person.ts";
import type { PhoneReason } from "../../model/person_error.ts";

export type { ApiCall, ChatView, NewPerson, Person, ReactionView, TracedUpdate };

export interface Bot {
  id: number;
  username: string;
  first_name: string;
}

/** A chat as one person sees it. */
export interface SeenChat {
  messages: Message[];
  commands: BotCommand[];
  keyboard: ReplyKeyboardMarkup | null;
  /** What the bot says of itself; "" when nothing. */
  description: string;
  view: ChatView;
  /** By message id. */
  reactions: Record<string, ReactionView[]>;
}

export interface Trace {
  calls: ApiCall[];
  updates: TracedUpdate[];
}

export interface InlineAnswer {
  /** Null until the bot has answered. */
  results: InlineQueryResult[] | null;
  button?: InlineQueryResultsButton;
}

/** `direct` is a chat of two people without the bot. */
export interface NewChat {
  kind: ChatView["kind"];
  title?: string;
  creator: number;
  members: number[];
  bot?: "member" | "administrator";
}

/** What a file is sent as. */
export type FileKind = "photo" | "document" | "voice" | "audio" | "video";

export interface Upload {
  files: readonly File[];
  as: FileKind;
  caption?: string;
  chat: number;
  reply_to?: number;
  /** Seconds. */
  duration?: number;
}

/** The server refused; the message is the server's, in English. */
export class ControlError extends Error {
  /** HTTP's. */
  readonly status: number;
  /** What a scanned code said, if any. */
  readonly text: string | undefined;
  readonly reason: PhoneReason | undefined;

  constructor(status: number, refusal: { error?: string; text?: string; reason?: PhoneReason }) {
    super(refusal.error ?? String(status));
    this.name = "ControlError";
    this.status = status;
    this.text = refusal.text;
    this.reason = refusal.reason;
  }
}

/** Rejects with a ControlError when refused, with a TypeError when the server is away. */
async function request<T>(path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const response = await fetch(`/control/${path}`, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(body === undefined || form ? {} : { headers: { "content-type": "application/json" } }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ControlError(response.status, answer);
  return answer;
}

/** What a person can see and do; `act` names what they do and says in which chat. */
export const control = {
  state: () => request<{ bot: Bot; people: Person[] }>("state"),
  chats: (person: number) => request<{ chats: { view: ChatView }[] }>(`people/${person}/chats`),
  chat: (person: number, chat: number) =>
    request<SeenChat>(`people/${person}/messages?chat=${chat}`),
  addPerson: (person: NewPerson) => request<Person>("people", person),
  addChat: (chat: NewChat) => request<ChatView>("chats", chat),
  act: <T>(person: number, act: string, body: Record<string, unknown>) =>
    request<T>(`people/${person}/${act}`, body),
  upload(person: number, { files, as, caption, chat, reply_to, duration }: Upload) {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    form.append("as", as);
    form.append("chat", String(chat));
    if (caption) form.append("caption", caption);
    if (reply_to !== undefined) form.append("reply_to", String(reply_to));
    if (duration !== undefined) form.append("duration", String(duration));
    return request<{ messages: Message[] }>(`people/${person}/photo`, form);
  },
  inlineAnswer: (id: string) => request<InlineAnswer>(`inline/${id}`),
  /** Of a message, or of everything. */
  trace: (of: { chat: number; message: number } | null) =>
    request<Trace>(of ? `trace?chat=${of.chat}&message=${of.message}` : "trace"),
  /** The text of the QR code on a picture; null when there is none. */
  qr: (file_id: string) => request<{ text: string | null }>(`qr/${encodeURIComponent(file_id)}`),
  fileUrl: (file_id: string) => `/control/file/${encodeURIComponent(file_id)}`,
};
