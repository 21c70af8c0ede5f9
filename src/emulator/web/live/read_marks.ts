/** How far each chat was read, kept for as long as the browser's tab lives. */
const KEY = "read";

export class ReadMarks {
  readonly #marks: Map<string, number>;

  constructor() {
    this.#marks = new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  }

  get(person: number, chat: number): number | undefined {
    return this.#marks.get(`${person}:${chat}`);
  }

  set(person: number, chat: number, message_id: number): void {
    this.#marks.set(`${person}:${chat}`, message_id);
    sessionStorage.setItem(KEY, JSON.stringify([...this.#marks]));
  }
}
