// @ts-check
/// <reference lib="dom" />
/** @import { BotCommand, Message, ReplyKeyboardMarkup } from "grammy/types" */

/** @typedef {{ id: number, username: string, first_name: string }} Bot */
/**
 * @typedef {{ id: number, first_name: string, last_name?: string, username?: string,
 *   language_code: string, blocked: boolean }} Person
 */
/**
 * A private chat with the bot as one person sees it.
 * @typedef {{ messages: Message[], commands: BotCommand[], keyboard: ReplyKeyboardMarkup | null }}
 *   PrivateChat
 */
/** @typedef {"sticker" | "voice" | "location" | "contact" | "video"} OtherKind */

/** The server refused a request: `status` is HTTP's, `text` what a scanned code said, if any. */
export class ControlError extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {string} [text]
   */
  constructor(status, message, text) {
    super(message);
    this.name = "ControlError";
    this.status = status;
    this.text = text;
  }
}

/**
 * @template T
 * @param {string} path
 * @param {unknown} [body] JSON, or a form with files; absent means a reading
 * @returns {Promise<T>} rejects with a ControlError when refused, a TypeError when unreachable
 */
async function request(path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/control/${path}`, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(body === undefined || form ? {} : { headers: { "content-type": "application/json" } }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ControlError(response.status, answer.error ?? response.statusText, answer.text);
  }
  return answer;
}

/** The people's side of the server: what a person can see and do. */
export const control = {
  /** @returns {Promise<{ bot: Bot, people: Person[] }>} */
  state: () => request("state"),
  /** @param {number} person @returns {Promise<PrivateChat>} */
  chat: (person) => request(`people/${person}/messages`),
  /** @param {{ first_name: string, last_name?: string }} person @returns {Promise<Person>} */
  addPerson: (person) => request("people", { language_code: "ru", ...person }),
  /**
   * @param {number} person
   * @param {string} text
   * @param {number} [reply_to]
   * @returns {Promise<{ message: Message }>}
   */
  say: (person, text, reply_to) =>
    request(`people/${person}/say`, reply_to ? { text, reply_to } : { text }),
  /**
   * @param {number} person
   * @param {readonly File[]} files
   * @param {"photo" | "document"} as
   * @param {string} caption
   * @returns {Promise<{ messages: Message[] }>}
   */
  upload(person, files, as, caption) {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    form.append("as", as);
    if (caption) form.append("caption", caption);
    return request(`people/${person}/photo`, form);
  },
  /** @param {number} person @param {OtherKind} kind @returns {Promise<{ message: Message }>} */
  other: (person, kind) => request(`people/${person}/other`, { kind }),
  /**
   * @param {number} person
   * @param {number} message_id
   * @param {string} data
   * @returns {Promise<{ callback_query_id: string }>}
   */
  tap: (person, message_id, data) => request(`people/${person}/tap`, { message_id, data }),
  /**
   * @param {number} person
   * @param {string} file_id
   * @returns {Promise<{ text: string, message: Message }>}
   */
  scan: (person, file_id) => request(`people/${person}/scan`, { file_id }),
  /** @param {number} person @param {boolean} blocked @returns {Promise<unknown>} */
  block: (person, blocked) => request(`people/${person}/${blocked ? "block" : "unblock"}`, {}),
  /** @param {string} file_id @returns {string} where the file's bytes are */
  fileUrl: (file_id) => `/control/file/${encodeURIComponent(file_id)}`,
};
