/** Reading of the frames that a client of Postgres sends. */

const code = (letter: string) => letter.charCodeAt(0);

const PARSE = code("P");
export const SYNC = code("S");
export const QUERY = code("Q");
export const TERMINATE = code("X");
/** A client's first frame has no letter; this stands for it. */
export const STARTUP = 0;

/** Query, Sync, Flush, CopyDone, CopyFail, FunctionCall, Terminate: what makes Postgres answer. */
const ending = new Set([..."QSHcfFX"].map(code));

/** Frames that go to the engine together. */
export interface Group {
  bytes: Uint8Array;
  /** Letter of the last frame. */
  last: number;
  /** Prepared statements named in it. */
  prepares: string[];
}

/** Cuts a stream of bytes into groups, each ending with a frame that makes Postgres answer. */
export class GroupReader {
  #rest: Uint8Array = new Uint8Array(0);
  #started = false;

  /** The groups that `bytes` complete. */
  read(bytes: Uint8Array): Group[] {
    const all = this.#rest.length === 0 ? bytes : concat([this.#rest, bytes]);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    const groups: Group[] = [];
    let prepares: string[] = [];
    let from = 0;
    for (let at = 0;;) {
      const lead = this.#started ? 1 : 0;
      if (at + lead + 4 > all.length) break;
      const next = at + lead + view.getInt32(at + lead);
      if (next > all.length) break;
      const letter = this.#started ? view.getUint8(at) : STARTUP;
      if (letter === PARSE) prepares.push(text(all, at + 5));
      this.#started = true;
      at = next;
      if (letter !== STARTUP && !ending.has(letter)) continue;
      groups.push({ bytes: all.subarray(from, at), last: letter, prepares });
      prepares = [];
      from = at;
    }
    this.#rest = all.subarray(from);
    return groups;
  }
}

/** Whether a first frame asks to cancel another connection's query (or for TLS), not to begin. */
export function isRequest({ bytes }: Group): boolean {
  const version = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(4);
  return version >> 16 === 1234;
}

/** A frame: its letter, then strings, each ended by NUL. */
export function frame(letter: string, ...strings: string[]): Uint8Array {
  const body = new TextEncoder().encode(strings.map((string) => `${string}\0`).join(""));
  const bytes = new Uint8Array(5 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, code(letter));
  view.setInt32(1, 4 + body.length);
  bytes.set(body, 5);
  return bytes;
}

/** All of `pieces` in one array; a single piece as it is. */
export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function text(bytes: Uint8Array, from: number): string {
  return new TextDecoder().decode(bytes.subarray(from, bytes.indexOf(0, from)));
}
