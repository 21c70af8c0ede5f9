/** The raw calls and updates that the drawer shows: of one message, or the newest of all. */
import { type ApiCall, control, type TracedUpdate } from "./control.ts";

/** One line of the drawer. */
export type TraceEntry =
  & { n: number }
  & (
    | { call: ApiCall; update?: never }
    | { update: TracedUpdate; call?: never }
  );

/** A message whose calls and updates are looked at. */
export interface TraceFocus {
  chat: number;
  message: number;
}

const KEPT = 300;

export class TraceLog {
  isOpen = false;
  focus: TraceFocus | null = null;
  /** In the order in which they happened. */
  entries: readonly TraceEntry[] = [];
  readonly #changed: () => void;
  #reading = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Opens on a message, or on everything. */
  async show(focus: TraceFocus | null): Promise<void> {
    const reading = ++this.#reading;
    this.isOpen = true;
    this.focus = focus;
    this.entries = [];
    this.#changed();
    const { calls, updates } = await control.trace(focus).catch(() => ({ calls: [], updates: [] }));
    if (reading !== this.#reading) return;
    const read: TraceEntry[] = [
      ...calls.filter(isWorthSeeing).map((call) => ({ n: call.n, call })),
      ...updates.map((update) => ({ n: update.n, update })),
    ];
    const newer = this.entries.filter(({ n }) => !read.some((entry) => entry.n === n));
    this.entries = [...read, ...newer].sort((a, b) => a.n - b.n).slice(-KEPT);
    this.#changed();
  }

  close(): void {
    this.#reading++;
    this.isOpen = false;
    this.entries = [];
    this.#changed();
  }

  call(call: ApiCall): void {
    if (isWorthSeeing(call)) this.#put({ n: call.n, call }, call);
  }

  /** An update comes again whenever its state changes. */
  update(update: TracedUpdate): void {
    this.#put({ n: update.n, update }, update);
  }

  #put(entry: TraceEntry, of: { chats?: number[]; messages?: number[] }): void {
    if (!this.isOpen) return;
    const { focus } = this;
    if (focus && !(of.chats?.includes(focus.chat) && of.messages?.includes(focus.message))) return;
    const others = this.entries.filter(({ n }) => n !== entry.n);
    this.entries = [...others, entry].sort((a, b) => a.n - b.n).slice(-KEPT);
    this.#changed();
  }
}

/** A poll that goes well is told of by the updates it brings. */
function isWorthSeeing({ method, ok }: ApiCall): boolean {
  return !ok || method.toLowerCase() !== "getupdates";
}
