/** The whole path of an update without Telegram: input → chart → append → projections → outbox row. */
import { v7 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/flow/input.ts";
import { asksOf } from "../../src/app/dialogues.ts";
import { inlineProjection } from "../../src/projections/projection.ts";
import { openReaders } from "../../src/projections/readers.ts";
import { projections } from "../../src/flows/projections.ts";
import { openEngine } from "../../src/runtime/engine.ts";
import { openStreams } from "../../src/runtime/streams.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { openSnapshots } from "../../src/store/snapshots.ts";

/** Applies inputs durably; nothing is sent, so that Telegram is no part of the figure. */
export interface WholePath {
  /** An update that has a number may come again, and changes nothing then. */
  apply(person: string, input: Input, number?: number): Promise<void>;
  /** Codes of the cards there are. */
  issue(count: number): Promise<string[]>;
}

export function openWholePath({ sql }: Database): WholePath {
  const failed = (error: unknown) => {
    throw error;
  };
  const log = openLog(sql, projections.map(inlineProjection), crypto.randomUUID());
  const snapshots = openSnapshots(sql);
  const streams = openStreams({ log, snapshots, charts, onCacheTrouble: (_, e) => failed(e) });
  let updates = 0;
  const engine = openEngine({
    log,
    streams,
    charts,
    ask: asksOf({
      read: openReaders({ sql }),
      isMaker: () => Promise.resolve(true),
      sealedNames: () => Promise.resolve("s1.names"),
      seal: (_person, text) => Promise.resolve(text),
      open: (_person, words) => Promise.resolve(words),
      newId: v7,
    }),
    circumstances: () => Promise.resolve({ rights: { admin: true, owner: false }, locale: "ru" }),
    deliver: () => {},
    seal: (_person, words) => Promise.resolve(words),
    unseal: () => Promise.resolve(null),
    sealFailure: () => Promise.resolve(""),
    onFailure: (_reference, _stream, error) => failed(error),
    onLoss: (_cause, error) => failed(error),
    onUnavailable: failed,
    newId: v7,
    newReference: v7,
    signal: new AbortController().signal,
  });

  async function apply(person: string, input: Input, number?: number): Promise<void> {
    const handled = await engine.handle({
      cause: `update:1:${number ?? ++updates}`,
      stream: dialogueStream(person),
      person,
      input,
      at: Date.now(),
      query: null,
    });
    const is_repeated = number !== undefined && handled === "duplicate";
    if (handled !== "applied" && !is_repeated) throw new Error(`An update was ${handled}`);
  }

  return {
    apply,
    async issue(count) {
      const file = { file_id: "f", unique_id: "u", size: 1 };
      await Promise.all(Array.from({ length: count }, async (_, i) => {
        const maker = crypto.randomUUID();
        const stream = dialogueStream(maker);
        await apply(maker, { kind: "tap", action: { do: "issue" } });
        await apply(maker, { kind: "photo", file, album: null });
        const fact = { type: "PhotoKept", callId: "2:0", sha256: "0".repeat(64) } as const;
        await engine.answer({ cause: v7(), correlation: "", stream, fact, at: Date.now() });
        await apply(maker, { kind: "text", text: `Card ${i}` });
        await apply(maker, { kind: "text", text: "What a bench needs" });
        await apply(maker, { kind: "tap", action: { do: "skip" } });
        await apply(maker, { kind: "tap", action: { do: "approve" } });
      }));
      const rows = await sql<{ code: string }[]>`select code from cards`;
      return rows.map(({ code }) => code);
    },
  };
}
