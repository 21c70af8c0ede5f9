/** Puts the rooms together: the one place that knows them all, for `main`, `dev` and `replay retry`. */
import type { Api } from "grammy";
import { v7 } from "uuid";
import { charts } from "../machines/charts.ts";
import type { Effect } from "../machines/effects.ts";
import { openAsks } from "./cards/answer_asks.ts";
import { openJobs } from "./cards/answer_jobs.ts";
import { mintCode } from "./cards/mint_code.ts";
import { drawQr } from "./cards/qr.ts";
import { ru } from "./locales/ru.ts";
import { logOf } from "./log.ts";
import { openCards, type Scan } from "./projections/cards.ts";
import { openGalleries } from "./projections/galleries.ts";
import { inline } from "./projections/projection.ts";
import { projections } from "./projections/projections.ts";
import { openStats } from "./projections/stats.ts";
import { type Delivery, openDelivery } from "./runtime/delivery.ts";
import { type Engine, openEngine } from "./runtime/engine.ts";
import { openPresence } from "./runtime/presence.ts";
import { openStreams } from "./runtime/streams.ts";
import { openLeases } from "./store/leases.ts";
import { openLog } from "./store/log.ts";
import type { MasterKey } from "./store/master_key.ts";
import type { Database } from "./store/open_database.ts";
import { openOutboxTable } from "./store/outbox.ts";
import { openPeople, type People } from "./store/people.ts";
import { openPhotos } from "./store/photos.ts";
import { openSnapshots } from "./store/snapshots.ts";
import { stampBot, stampKey } from "./store/stamps.ts";
import { openDownload } from "./telegram/download.ts";
import { openIngest, readStream } from "./telegram/ingest.ts";
import { introduce, type Myself } from "./telegram/introduce.ts";
import { openPager } from "./telegram/pager.ts";
import { poll } from "./telegram/poll.ts";
import { openSender } from "./telegram/send.ts";
import type { Sources } from "./telegram/sources.ts";

/** What a bot is made of. */
export interface BotParts {
  database: Database;
  master: MasterKey;
  api: Api;
  /** Needed for files only. */
  token: string;
  api_root: string;
  myself: Myself;
  admin_ids: readonly number[];
  time_zone: string;
  adopt: boolean;
}

/** A bot that is put together; `run` makes it work. */
export interface Bot {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly people: People;
  /** When Telegram last had an update or an empty poll for us, in ms. */
  polled_at(): number | null;
  /** Works until `stop`; rejects where Telegram refuses the token. */
  run(): Promise<void>;
  /** Ends within a few seconds; what is committed but not sent yet stays for the next start. */
  stop(): Promise<void>;
}

/** Seen updates are kept for longer than Telegram keeps them (24 h), then forgotten: ids may restart. */
const SEEN_DAYS = 3;
const PRUNE_MS = 3_600_000;
const GRACE_MS = 2_500;

/** Puts a bot together on a migrated database. Throws `ForeignDatabase` for one that is not its own. */
export async function openBot(parts: BotParts): Promise<Bot> {
  const { database: { sql, kind }, master, api, myself } = parts;
  const log = logOf("runtime");
  await stampKey(sql, master.fingerprint);
  await stampBot(sql, myself.id, parts.adopt);
  // Nobody else can have the folder open, so whoever held a lease there is dead.
  if (kind === "embedded") await sql`delete from leases`;

  const owner = crypto.randomUUID();
  const stopping = new AbortController();
  const people = openPeople(sql, master.key);
  const photos = openPhotos(sql);
  const cards = openCards(sql);
  const galleries = openGalleries(sql);
  const stats = openStats(sql);
  const table = openOutboxTable(sql);
  const eventLog = openLog(sql, projections.map(inline), owner);
  const admins = new Set(parts.admin_ids);
  const personOf = (stream: string): string => {
    const read = readStream(stream);
    if (read) return read.person;
    throw new Error(`Cannot tell who ${stream} is: it is no dialogue`);
  };

  const asks = openAsks({
    byCode: cards.byCode,
    byNumber: cards.byNumber,
    sealedNames: async (person) => (await people.find(person))?.sealed_names ?? null,
    newId: v7,
  });
  const ask = (effect: Effect, { stream }: { stream: string }) => {
    switch (effect.type) {
      case "findCode":
        return asks.findCode(effect.params, personOf(stream));
      case "findOwnCard":
        return asks.findOwnCard(effect.params, personOf(stream));
      case "restoreCard":
        return asks.restoreCard(effect.params, personOf(stream));
      case "issueCard":
        return asks.issueCard(effect.params, personOf(stream));
      default:
        throw new Error(`Cannot answer ${effect.type}: nobody answers this ask`);
    }
  };

  const download = openDownload({ api, token: parts.token, root: parts.api_root });
  const work = (effect: Effect, _task: unknown, signal: AbortSignal) => {
    const jobs = openJobs({
      download: (file_id) => download(file_id, signal),
      keep: photos.keep,
    });
    switch (effect.type) {
      case "checkPhoto":
        return jobs.checkPhoto(effect.params);
      case "readCode":
        return jobs.readCode(effect.params);
      default:
        throw new Error(`Cannot do ${effect.type}: nobody does this job`);
    }
  };

  const engine = openEngine({
    log: eventLog,
    charts,
    ask,
    streams: openStreams({
      log: eventLog,
      snapshots: openSnapshots(sql),
      charts,
      onCacheTrouble: (stream, error) =>
        log.warn("Snapshot of {stream} is of no use: {error}", { stream, error: String(error) }),
    }),
    deliver: (tasks, assigned) => delivery.offer(tasks, assigned),
    sealFailure: (incoming) => people.seal(incoming.person, JSON.stringify(incoming)),
    onFailure: (reference, stream, error) =>
      log.error("Update failed, reference {reference}, in {stream}: {error}", {
        reference,
        stream,
        error: describe(error),
      }),
    onUnavailable: (error, again_ms) =>
      log.warn("{error} Trying again in {again_ms} ms.", { error: error.message, again_ms }),
    newId: v7,
    newReference: () => mintCode().slice(0, 8),
    signal: stopping.signal,
  });

  const sources: Sources = {
    async viewer(stream) {
      const read = readStream(stream);
      const known = read && await people.find(read.person);
      if (!read || !known || known.telegram_id === null) return null;
      const { person, telegram_id, language } = known;
      const chat = read.group ?? telegram_id;
      return { person, chat, admin: read.group === null && admins.has(telegram_id), language };
    },
    card: cards.byId,
    cardByNumber: cards.byNumber,
    scan: async (fact) => (delivery.assigned(fact) as Scan | undefined) ?? await cards.scan(fact),
    gallery: galleries.page,
    stats: () => stats.read(Date.now(), parts.time_zone),
    namesOf: people.namesOf,
    slot: table.slot,
    photo: photos.read,
    fileId: (sha256) => photos.fileId(myself.id, sha256),
    keepFileId: (sha256, file_id) => photos.keepFileId(myself.id, sha256, file_id),
    dropFileId: (sha256) => photos.dropFileId(myself.id, sha256),
    drawQr,
  };
  const sender = openSender({
    api,
    bot: myself,
    sources,
    time_zone: parts.time_zone,
    catalogue: ru,
  });
  const delivery = openDelivery({
    table,
    owner,
    send: sender.send,
    work,
    answer: engine.answer,
    onUnreachable: (stream) => people.setReachable(personOf(stream), false),
    onTrouble: ({ effect }, error) =>
      log.error("Task {effect} failed: {error}", { effect, error: describe(error) }),
    now: Date.now,
  });

  const pager = openPager({
    api,
    catalogue: ru,
    async makerOf(telegram_id) {
      return admins.has(telegram_id) ? await people.personOf(telegram_id) : null;
    },
    gallery: galleries.page,
  });
  const ingest = openIngest({
    bot: myself,
    meet: (senders) => people.meet(senders),
    handle: engine.handle,
    turn: (turn) => pager.turn(turn, stopping.signal),
    setReachable: people.setReachable,
    isAdmin: (telegram_id) => admins.has(telegram_id),
    now: Date.now,
  });

  const onTrouble = (error: unknown) =>
    log.warn("Cannot keep the lease: {error}", { error: describe(error) });
  const presence = openPresence(openLeases(sql), owner, onTrouble);
  let polled_at: number | null = null;
  let polling: Promise<void> | null = null;
  let pruner: ReturnType<typeof setInterval> | undefined;

  const prune = () =>
    sql`delete from seen_updates where at < now() - ${SEEN_DAYS} * interval '1 day'`
      .then(() => undefined, onTrouble);

  return {
    engine,
    delivery,
    people,
    polled_at: () => polled_at,
    async run() {
      await prune();
      pruner = setInterval(prune, PRUNE_MS);
      await presence.start();
      await delivery.start();
      const introduced = introduce({
        api,
        signal: stopping.signal,
        admins: parts.admin_ids,
        catalogue: ru,
      });
      polling = poll({
        api,
        handle: ingest,
        mayPoll: async () => {
          const may = await presence.mayPoll();
          polled_at = Date.now();
          return may;
        },
        signal: stopping.signal,
      });
      await Promise.all([polling, introduced]);
    },
    async stop() {
      stopping.abort(new Error("The process is ending"));
      clearInterval(pruner);
      await polling?.catch(() => undefined);
      await delivery.stop(GRACE_MS);
      await eventLog.idle();
      await presence.stop();
    },
  };
}

/** An error as a log line tells it: with its stack, where it has one. */
function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
