/** Where streams stand, as a process that has them to itself remembers it. */

/** What became of an append; `known` is an update that was there before. */
export type Outcome = "appended" | "known" | "conflict";

export interface Versions {
  /** Appends at the version that is known; at one that is read where another was first. */
  append(
    stream: string,
    count: number,
    append: (version: number) => Promise<Outcome>,
  ): Promise<void>;
}

const TRIES_MAX = 50;

/** `read` answers how many facts a stream has. */
export function openVersions(read: (stream: string) => Promise<number>): Versions {
  const known = new Map<string, number>();
  return {
    async append(stream, count, append) {
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const version = known.get(stream) ?? await read(stream);
        const outcome = await append(version);
        if (outcome === "appended") known.set(stream, version + count);
        if (outcome !== "conflict") return;
        known.delete(stream);
      }
      throw new Error(`Cannot append to ${stream}: ${TRIES_MAX} conflicts in a row`);
    },
  };
}
