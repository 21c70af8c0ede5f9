import type { Engine } from "./engine.ts";
import {
  concat,
  frame,
  type Group,
  GroupReader,
  isRequest,
  QUERY,
  STARTUP,
  SYNC,
  TERMINATE,
} from "./frames.ts";

interface Session {
  id: number;
  reader: GroupReader;
  pending: Group[];
  /** Its client is gone: what it left open is to be closed. */
  gone: boolean;
  /** Its last group awaits a Sync. */
  unsynced: boolean;
  prepared: Set<string>;
}

/** Enough for one message to another thread. */
const pieceBytes = 256 * 1024;

/**
 * When nobody is left: no trace of anybody's session. Postgres may have set a timer of 10 s to
 * report statistics, which it never takes back, only hastens: so it does both at once.
 */
const farewells = [
  "discard all",
  "set statement_timeout = '1ms'",
  "select pg_stat_force_next_flush()",
  "reset statement_timeout",
];

/**
 * Many clients on the engine's one backend. A client has the engine to itself from its first frame
 * until Postgres is ready for the next query outside of a transaction; the others wait in line.
 */
export class Bridge {
  #engine: Engine;
  #answer: (session: number, bytes: Uint8Array | null) => void;
  #sessions = new Map<number, Session>();
  #line: Session[] = [];
  #owner: Session | undefined;
  #running: Promise<void> | undefined;

  /** `answer` gets Postgres's bytes for a session; null says that the session is over. */
  constructor(engine: Engine, answer: (session: number, bytes: Uint8Array | null) => void) {
    this.#engine = engine;
    this.#answer = answer;
  }

  /** Takes what a client sent; null: it is gone. Rejects when the engine is broken. */
  async receive(id: number, bytes: Uint8Array | null): Promise<void> {
    const session = this.#sessions.get(id) ?? this.#open(id, bytes);
    if (session === undefined || session.gone) return;
    if (bytes === null) {
      session.gone = true;
      session.pending = [];
    } else {
      const groups = session.reader.read(bytes);
      if (groups.length === 0) return;
      session.pending.push(...groups);
    }
    if (!this.#line.includes(session)) this.#line.push(session);
    await (this.#running ??= this.#run());
  }

  /** Resolves when nothing is being run. */
  async settled(): Promise<void> {
    await this.#running;
  }

  #open(id: number, bytes: Uint8Array | null): Session | undefined {
    if (bytes === null) return; // it was over already
    const session = {
      id,
      reader: new GroupReader(),
      pending: [],
      gone: false,
      unsynced: false,
      prepared: new Set<string>(),
    };
    this.#sessions.set(id, session);
    return session;
  }

  async #run(): Promise<void> {
    await undefined; // until `#running` is this
    try {
      for (let session = this.#next(); session !== undefined; session = this.#next()) {
        const group = session.pending.shift();
        if (group === undefined || this.#isLast(group)) await this.#finish(session);
        else await this.#step(session, group);
      }
    } finally {
      // With the last look at the line: who came just after would wait for a run that is over.
      this.#running = undefined;
    }
  }

  /** The owner if it has something to do, else the first in line that has. */
  #next(): Session | undefined {
    const hasWork = ({ pending, gone }: Session) => pending.length > 0 || gone;
    if (this.#owner !== undefined) return hasWork(this.#owner) ? this.#owner : undefined;
    for (let first = this.#line.shift(); first !== undefined; first = this.#line.shift()) {
      if (this.#sessions.has(first.id) && hasWork(first)) return first;
    }
  }

  #isLast(group: Group): boolean {
    return group.last === TERMINATE || (group.last === STARTUP && isRequest(group));
  }

  async #step(session: Session, group: Group): Promise<void> {
    this.#owner = session;
    let pieces: Uint8Array[] = [];
    let size = 0;
    const send = () => {
      if (size > 0) this.#answer(session.id, concat(pieces));
      pieces = [];
      size = 0;
    };
    await this.#engine.run(group.bytes, (piece) => {
      pieces.push(piece);
      size += piece.length;
      if (size >= pieceBytes) send();
    });
    send();
    for (const name of group.prepares) session.prepared.add(name);
    session.unsynced = group.last !== STARTUP && group.last !== QUERY && group.last !== SYNC;
    if (session.unsynced || this.#engine.inTransaction()) return;
    this.#owner = undefined;
    if (session.pending.length > 0 || session.gone) this.#line.push(session);
  }

  /** Leaves the engine as if the session had never been. */
  async #finish(session: Session): Promise<void> {
    const discard = () => {};
    if (this.#owner === session) {
      if (this.#engine.inTransaction()) await this.#engine.run(frame("Q", "rollback"), discard);
      this.#owner = undefined;
    }
    this.#sessions.delete(session.id);
    if (this.#sessions.size > 0) await this.#forget(session.prepared, discard);
    else for (const query of farewells) await this.#engine.run(frame("Q", query), discard);
    this.#answer(session.id, null);
  }

  /** All clients share the backend's prepared statements, so nobody else would drop these. */
  async #forget(prepared: ReadonlySet<string>, discard: () => void): Promise<void> {
    if (prepared.size === 0) return;
    const closes = [...prepared].map((name) => frame("C", `S${name}`));
    await this.#engine.run(concat([...closes, frame("S")]), discard);
  }
}
